"""``~RRULE_DESCRIPTION``: a rule in the portal's language."""

from datetime import date
from typing import Final

from .occurrences import WEEKDAYS, last_day
from .values import Row
from .world import World

_EVERY: Final = {
    "en": {
        "DAILY": ("every day", "every {n} days"),
        "WEEKLY": ("every week", "every {n} weeks"),
        "MONTHLY": ("every month", "every {n} months"),
        "YEARLY": ("every year", "every {n} years"),
    },
    "de": {
        "DAILY": ("jeden Tag", "alle {n} Tage"),
        "WEEKLY": ("jede Woche", "alle {n} Wochen"),
        "MONTHLY": ("jeden Monat", "alle {n} Monate"),
        "YEARLY": ("jedes Jahr", "alle {n} Jahre"),
    },
    "ru": {
        "DAILY": ("каждый день", "раз в {n} дн."),
        "WEEKLY": ("каждую неделю", "раз в {n} нед."),
        "MONTHLY": ("каждый месяц", "раз в {n} мес."),
        "YEARLY": ("каждый год", "раз в {n} г."),
    },
}
_WORDS: Final = {
    "en": (" on: ", ", from ", " to ", "Mon Tue Wed Thu Fri Sat Sun"),
    "de": (" am: ", ", von ", " bis ", "Mo Di Mi Do Fr Sa So"),
    "ru": (": ", ", с ", " по ", "Пн Вт Ср Чт Пт Сб Вс"),
}


def describe(world: World, start: date, rule: Row) -> str:
    """``every week on: Mon, Wed, from 11/25/2024 to 12/24/2024``; endless: without the end."""
    language, step = world.settings.language, rule.get("INTERVAL") or 1
    on, since, until, names = _WORDS[language]
    text = _EVERY[language][rule["FREQ"]][step > 1].format(n=step)
    days = [names.split()[WEEKDAYS.index(day)] for day in rule.get("BYDAY") or ()]
    if days:
        text += on + ", ".join(days)
    text += since + world.culture.day(start)
    if rule.get("UNTIL") or rule.get("COUNT"):
        text += until + world.culture.day(last_day(start, rule))
    return text
