"""All methods of the CRM under their names."""

from typing import Any, Final

from . import (
    activities,
    bindings,
    comments,
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
    **todos.METHODS,
    **bindings.METHODS,
}
