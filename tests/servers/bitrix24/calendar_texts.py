"""What the calendar refuses with: an empty code and a text in the portal's language."""

from typing import Final, Literal

from .errors import RestError, refused
from .world import Call, World

Language = Literal["en", "de", "ru"]

_ORDER: Final = ("en", "de", "ru")
_TEXTS: Final[dict[str, tuple[str, str, str]]] = {
    "unset": (
        'The required parameter "{name}" for the method "{method}" is not set',
        'Der erforderliche Parameter "{name}" der Methode "{method}" ist nicht angegeben',
        'Не задан обязательный параметр "{name}" для метода "{method}"',
    ),
    "unset_short": (
        "Parameter {name} is required",
        "Parameter {name} ist erforderlich",
        "Не указан параметр {name}",
    ),
    "unset_field": (
        'Field "{name}" is not specified',
        'Das Feld "{name}" wurde nicht angegeben',
        'Не заполнено поле "{name}"',
    ),
    "value": (
        'Invalid value for parameter "{name}"',
        'Ungültiger Wert des Parameters "{name}"',
        'Неверное значение параметра "{name}"',
    ),
    "section": (
        "You specified an invalid calendar section ID or the user does not have access to it",
        "Die Kalender-ID ist ungültig oder der Nutzer hat keinen Zugriff darauf",
        "Указан неверный ID секции календаря или у пользователя нет к ней доступа",
    ),
    "section_unset": (
        "Section ID is not set",
        "Die Kalender-ID wurde nicht angegeben",
        "Не задан идентификатор секции",
    ),
    "links": (
        "The list of event links to CRM must be an array",
        "Die Liste der CRM-Verknüpfungen muss ein Array sein",
        "Список привязок события к CRM должен быть массивом",
    ),
    "mode": (
        "You specified an invalid editing type for the recurring event",
        "Ungültige Bearbeitungsart des wiederkehrenden Termins",
        "Указан неверный тип редактирования повторяющегося события",
    ),
    "answer": (
        "You specified an invalid status",
        "Ungültiger Status",
        "Указан неверный статус",
    ),
    "failed_delete": (
        "An error occurred while deleting the event",
        "Beim Löschen des Termins ist ein Fehler aufgetreten",
        "Произошла ошибка при удалении события",
    ),
    "failed_answer": (
        "An error occurred while retrieving the status",
        "Beim Abrufen des Status ist ein Fehler aufgetreten",
        "Произошла ошибка при получении статуса",
    ),
    "failed_section": (
        "An error occurred while deleting the section",
        "Beim Löschen des Kalenders ist ein Fehler aufgetreten",
        "Произошла ошибка при удалении секции",
    ),
    "failed_resource": (
        "An error occurred while changing the resource",
        "Beim Ändern der Ressource ist ein Fehler aufgetreten",
        "Произошла ошибка при изменении ресурса",
    ),
    "one_list": (
        "Exactly one of resourceTypeIdList and resourceIdList must be set",
        "Genau eine der Listen resourceTypeIdList und resourceIdList ist anzugeben",
        "Должен быть задан один из списков resourceTypeIdList и resourceIdList",
    ),
    "busy": ("[Busy]", "[Beschäftigt]", "[Занят]"),
}


def told(world: World, key: str, **parts: str) -> str:
    """One of the calendar's texts in the portal's language."""
    return _TEXTS[key][_ORDER.index(world.settings.language)].format(**parts)


def refuse(call: Call, key: str, **parts: str) -> RestError:
    """The refusal with that text."""
    return refused(told(call.world, key, **parts))


def denied() -> RestError:
    """ "Access denied": the one text by which a client may tell."""
    return refused("Access denied")


def required(call: Call, *names: str) -> None:
    """Refuses a call that lacks one of the named parameters.

    The same lack is worded differently by the methods of events, of calendars and of the rest.
    """
    for name in names:
        if call.params.get(name) in (None, "", []):
            raise refuse(call, _wording(call.method), name=name, method=call.method)


def _wording(method: str) -> str:
    if method.startswith("calendar.event."):
        return "unset"
    return "unset_field" if method.startswith("calendar.section.") else "unset_short"
