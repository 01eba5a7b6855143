"""CRM methods: parameters as sections 3 and 4 of the reference tell them."""

from .kinds import (
    Kind,
    boolean,
    conditions,
    day,
    fields,
    filled,
    flag,
    free,
    instant,
    integer,
    list_of,
    names,
    one_of,
    order,
    text,
)

Shape = dict[str, Kind]
"""Parameters by name; a name that ends in ``*`` is required."""

_MULTIFIELD = fields(
    {"ID": integer, "VALUE": text, "VALUE_TYPE": text, "TYPE_ID": text, "DELETE": flag}
)
_MULTI = list_of(_MULTIFIELD)
_COMMON: dict[str, Kind] = {
    "ID": integer,
    "ASSIGNED_BY_ID": integer,
    "CREATED_BY_ID": integer,
    "MODIFY_BY_ID": integer,
    "LAST_ACTIVITY_BY": integer,
    "LAST_ACTIVITY_TIME": instant,
    "DATE_CREATE": instant,
    "DATE_MODIFY": instant,
    "OPENED": flag,
    "COMMENTS": text,
    "ORIGINATOR_ID": text,
    "ORIGIN_ID": text,
    "ORIGIN_VERSION": text,
}
_REACHED: dict[str, Kind] = {
    "PHONE": _MULTI,
    "EMAIL": _MULTI,
    "WEB": _MULTI,
    "IM": _MULTI,
    "LINK": _MULTI,
    "HAS_PHONE": flag,
    "HAS_EMAIL": flag,
    "HAS_IMOL": flag,
}
_ADDRESS: dict[str, Kind] = {
    f"ADDRESS{part}": text
    for part in (
        "",
        "_2",
        "_CITY",
        "_POSTAL_CODE",
        "_REGION",
        "_PROVINCE",
        "_COUNTRY",
        "_COUNTRY_CODE",
    )
}
CONTACT: dict[str, Kind] = {
    **_COMMON,
    **_REACHED,
    **_ADDRESS,
    "NAME": text,
    "SECOND_NAME": text,
    "LAST_NAME": text,
    "HONORIFIC": text,
    "POST": text,
    "COMPANY_ID": integer,
    "COMPANY_IDS": list_of(integer),
    "TYPE_ID": text,
    "SOURCE_ID": text,
    "SOURCE_DESCRIPTION": text,
    "BIRTHDATE": day,
    "PHOTO": free,
    "EXPORT": flag,
    "LEAD_ID": integer,
}
COMPANY: dict[str, Kind] = {
    **_COMMON,
    **_REACHED,
    **_ADDRESS,
    "TITLE": text,
    "COMPANY_TYPE": text,
    "INDUSTRY": text,
    "EMPLOYEES": text,
    "REVENUE": text,
    "CURRENCY_ID": text,
    "IS_MY_COMPANY": flag,
    "LEAD_ID": integer,
}
LEAD: dict[str, Kind] = {
    **_COMMON,
    **_REACHED,
    "TITLE": text,
    "NAME": text,
    "SECOND_NAME": text,
    "LAST_NAME": text,
    "COMPANY_TITLE": text,
    "COMPANY_ID": integer,
    "CONTACT_ID": integer,
    "STATUS_ID": text,
    "STATUS_SEMANTIC_ID": text,
}
DEAL: dict[str, Kind] = {
    **_COMMON,
    "TITLE": text,
    "CATEGORY_ID": integer,
    "STAGE_ID": text,
    "STAGE_SEMANTIC_ID": text,
    "CONTACT_ID": integer,
    "COMPANY_ID": integer,
    "OPPORTUNITY": text,
    "CURRENCY_ID": text,
    "CLOSED": flag,
    "BEGINDATE": day,
    "CLOSEDATE": day,
}
_FM = fields({"id": integer, "typeId": filled, "valueType": text, "value": text}, "typeId")
_ITEM_NAMES = """
    id name secondName lastName honorific post companyId companyIds phone email phoneMobile
    phoneWork phoneMailing emailHome emailWork emailMailing hasPhone hasEmail hasImol typeId
    sourceId sourceDescription createdTime updatedTime createdBy updatedBy assignedById
    lastActivityTime lastActivityBy originatorId originId originVersion comments birthdate photo
    opened export leadId observers categoryId entityTypeId title stageId stageSemanticId contactId
    contactIds opportunity currencyId closed begindate closedate statusId companyTitle
"""
ITEM: dict[str, Kind] = dict.fromkeys(_ITEM_NAMES.split(), free)
_COMMUNICATION = fields(
    {"ENTITY_TYPE_ID": one_of(1, 3, 4), "ENTITY_ID": integer, "VALUE": filled, "TYPE": text},
    "ENTITY_TYPE_ID",
    "ENTITY_ID",
    "VALUE",
)
_WRITTEN_ACTIVITY: dict[str, Kind] = {
    "OWNER_TYPE_ID": integer,
    "OWNER_ID": integer,
    "TYPE_ID": one_of(1, 2, 4, 6),
    "SUBJECT": filled,
    "RESPONSIBLE_ID": integer,
    "COMMUNICATIONS": list_of(_COMMUNICATION, most=1, least=1),
    "START_TIME": instant,
    "END_TIME": instant,
    "COMPLETED": flag,
    "PRIORITY": one_of(1, 2, 3),
    "DESCRIPTION": text,
    "DESCRIPTION_TYPE": one_of(1, 2, 3),
    "DIRECTION": one_of(1, 2),
    "LOCATION": text,
    "NOTIFY_TYPE": one_of(0, 1, 2, 3),
    "NOTIFY_VALUE": integer,
    "ORIGINATOR_ID": text,
    "ORIGIN_ID": text,
    "FILES": list_of(fields({"fileData": list_of(text, least=2, most=2)}, "fileData")),
}
ACTIVITY_FIELDS = {
    *_WRITTEN_ACTIVITY,
    *(
        "ID PROVIDER_ID PROVIDER_TYPE_ID PROVIDER_GROUP_ID ASSOCIATED_ENTITY_ID DEADLINE STATUS "
        "CREATED AUTHOR_ID LAST_UPDATED EDITOR_ID SETTINGS RESULT_STATUS RESULT_STREAM "
        "RESULT_SOURCE_ID RESULT_MARK RESULT_VALUE RESULT_SUM RESULT_CURRENCY_ID PROVIDER_PARAMS "
        "PROVIDER_DATA AUTOCOMPLETE_RULE BINDINGS IS_INCOMING_CHANNEL"
    ).split(),
}
_OWNER = {"ownerTypeId*": integer, "ownerId*": integer}
_COLOR = one_of(*"1234567")
_PINGS = list_of(integer)
_TODO: Shape = {
    **_OWNER,
    "deadline*": instant,
    "title": text,
    "description": text,
    "responsibleId": integer,
    "parentActivityId": integer,
    "pingOffsets": _PINGS,
    "colorId": _COLOR,
    "settings": list_of(free),
}
_CARD_FIELDS = fields(
    {
        "typeId": text,
        "completed": boolean,
        "deadline": instant,
        "pingOffsets": _PINGS,
        "isIncomingChannel": boolean,
        "responsibleId": integer,
        "badgeCode": text,
        "originatorId": text,
        "originId": text,
    }
)
_BOUND = {"activityId*": integer, "entityTypeId*": integer, "entityId*": integer}
_ITEM = {"entityTypeId*": one_of(1, 2, 3, 4)}
_COMMENT: dict[str, Kind] = {
    "ENTITY_ID": integer,
    "ENTITY_TYPE": one_of("lead", "deal", "contact", "company"),
    "COMMENT": filled,
    "AUTHOR_ID": integer,
    "FILES": free,
}
_COMMENT_NAMES = {*_COMMENT, "ID", "CREATED"}


def _listing(known: dict[str, Kind] | set[str], *also: str) -> Shape:
    return {
        "select": names(known),
        "filter": conditions(known, *also),
        "order": order(known),
        "start": integer,
    }


def _family(name: str, known: dict[str, Kind]) -> dict[str, Shape]:
    written = fields(known)
    return {
        f"crm.{name}.get": {"id*": integer},
        f"crm.{name}.list": _listing(known),
        f"crm.{name}.fields": {},
        f"crm.{name}.add": {"fields*": written, "params": free},
        f"crm.{name}.update": {"id*": integer, "fields*": written, "params": free},
        f"crm.{name}.delete": {"id*": integer},
        f"crm.{name}.userfield.list": {"filter": free, "order": free},
    }


CRM: dict[str, Shape] = {
    **_family("contact", CONTACT),
    **_family("company", COMPANY),
    **_family("lead", LEAD),
    **_family("deal", DEAL),
    "crm.contact.company.items.get": {"id*": integer},
    "crm.deal.contact.items.get": {"id*": integer},
    "crm.item.list": {
        **_ITEM,
        "select": names(ITEM, "fm"),
        "filter": conditions(ITEM),
        "order": order(ITEM),
        "start": integer,
        "useOriginalUfNames": flag,
    },
    "crm.item.get": {**_ITEM, "id*": integer, "useOriginalUfNames": flag},
    "crm.item.add": {
        **_ITEM,
        "fields*": fields({**ITEM, "fm": list_of(_FM)}),
        "useOriginalUfNames": flag,
    },
    "crm.item.update": {**_ITEM, "id*": integer, "fields*": free, "useOriginalUfNames": flag},
    "crm.item.delete": {**_ITEM, "id*": integer},
    "crm.item.fields": {**_ITEM, "useOriginalUfNames": flag},
    "crm.status.list": {"filter": conditions({"ENTITY_ID"}), "order": order({"SORT", "ID"})},
    "crm.duplicate.findbycomm": {
        "type*": one_of("PHONE", "EMAIL"),
        "values*": list_of(filled, least=1, most=20),
        "entity_type*": one_of("LEAD", "CONTACT", "COMPANY"),
    },
    "crm.activity.add": {
        "fields*": fields(
            _WRITTEN_ACTIVITY,
            "OWNER_TYPE_ID",
            "OWNER_ID",
            "TYPE_ID",
            "SUBJECT",
            "COMMUNICATIONS",
            "ORIGINATOR_ID",
            "ORIGIN_ID",
        )
    },
    "crm.activity.update": {"id*": integer, "fields*": fields(_WRITTEN_ACTIVITY)},
    "crm.activity.get": {"id*": integer},
    "crm.activity.delete": {"id*": integer},
    "crm.activity.fields": {},
    "crm.activity.list": _listing(ACTIVITY_FIELDS),
    "crm.activity.binding.list": {"activityId*": integer},
    "crm.activity.binding.add": dict(_BOUND),
    "crm.activity.binding.delete": dict(_BOUND),
    "crm.activity.binding.move": {
        "activityId*": integer,
        "sourceEntityTypeId*": integer,
        "sourceEntityId*": integer,
        "targetEntityTypeId*": integer,
        "targetEntityId*": integer,
    },
    "crm.activity.todo.add": _TODO,
    "crm.activity.todo.update": {"id*": integer, **_TODO},
    "crm.activity.todo.updatedeadline": {"id*": integer, **_OWNER, "value*": instant},
    "crm.activity.todo.updatedescription": {"id*": integer, **_OWNER, "value*": text},
    "crm.activity.todo.updatecolor": {"id*": integer, **_OWNER, "colorId*": _COLOR},
    "crm.activity.todo.updateresponsibleuser": {
        "id*": integer,
        **_OWNER,
        "responsibleId*": integer,
    },
    "crm.activity.todo.fetchsettings": {"id*": integer, **_OWNER},
    "crm.activity.configurable.add": {**_OWNER, "fields*": _CARD_FIELDS, "layout*": free},
    "crm.activity.configurable.update": {"id*": integer, "fields": _CARD_FIELDS, "layout": free},
    "crm.activity.configurable.get": {"id*": integer},
    "crm.activity.badge.list": {},
    "crm.activity.badge.get": {"code*": filled},
    "crm.activity.badge.add": {
        "code*": filled,
        "title*": free,
        "value*": free,
        "type*": one_of("success", "failure", "warning", "primary", "secondary"),
    },
    "crm.timeline.comment.add": {
        "fields*": fields(_COMMENT, "ENTITY_ID", "ENTITY_TYPE", "COMMENT")
    },
    "crm.timeline.comment.update": {"id*": integer, "fields*": fields({"COMMENT": filled})},
    "crm.timeline.comment.delete": {
        "id*": integer,
        "ownerTypeId": integer,
        "ownerId": integer,
    },
    "crm.timeline.comment.get": {"id*": integer},
    "crm.timeline.comment.list": {
        "select": names(_COMMENT_NAMES),
        "filter*": conditions(_COMMENT_NAMES),
        "order": order({"ID", "CREATED", "AUTHOR_ID"}),
        "start": integer,
    },
    "crm.currency.list": {"order": free},
    "crm.enum.ownertype": {},
}
