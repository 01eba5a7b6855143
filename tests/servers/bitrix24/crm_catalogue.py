"""All methods of the CRM under their names."""

from typing import Any, Final

from . import (
    activities,
    activity_extras,
    bindings,
    comments,
    configurable,
    crm_methods,
    directories,
    enums,
    items,
    links,
    todos,
    user_fields,
)

METHODS: Final[dict[str, Any]] = {
    **crm_methods.METHODS,
    **items.METHODS,
    **links.METHODS,
    **enums.METHODS,
    **directories.METHODS,
    **comments.METHODS,
    **user_fields.METHODS,
    **activities.METHODS,
    **activity_extras.METHODS,
    **configurable.METHODS,
    **todos.METHODS,
    **bindings.METHODS,
}
