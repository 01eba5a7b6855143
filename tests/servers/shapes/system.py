"""Methods of users and of the portal itself: sections 1.2 and 6 of the reference."""

from .crm import Shape
from .kinds import boolean, conditions, filled, free, integer, list_of, names, one_of, text

_USER = set(
    "ID ACTIVE NAME LAST_NAME SECOND_NAME EMAIL TIME_ZONE IS_ONLINE PERSONAL_PHOTO PERSONAL_MOBILE "
    "WORK_PHONE WORK_POSITION UF_DEPARTMENT USER_TYPE".split()
)

SYSTEM: dict[str, Shape] = {
    "batch": {"cmd*": free, "halt": one_of(0, 1)},
    "profile": {},
    "scope": {"full": boolean},
    "server.time": {},
    "method.get": {"name*": filled},
    "feature.get": {"CODE*": filled},
    "app.info": {},
    "user.current": {},
    "user.get": {
        "FILTER": conditions(_USER),
        "select": names(_USER),
        "sort": text,
        "order": one_of("ASC", "DESC"),
        "start": integer,
    },
    "department.get": {"sort": text, "order": text, "START": integer},
    "user.access": {"ACCESS*": list_of(text)},
    "user.admin": {},
    "rest.documentation.openapi": {},
}
