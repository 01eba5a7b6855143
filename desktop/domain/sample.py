"""Invented people and meetings to try the program with. Numbers and addresses belong to nobody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from random import Random

from desktop.domain.contact import AddressKind, Contact, Email, Phone, PostalAddress
from desktop.domain.event import Event, EventKind, EventStatus, Priority, Reminder
from desktop.domain.ids import AccountId, CalendarId, ContactId, EventId
from desktop.domain.recurrence import Frequency, RecurrenceRule
from desktop.domain.timespan import DateSpan, TimeSpan, resolve_wall_time

_SEED = 20
_WEEKS_BACK, _WEEKS_AHEAD = 1, 3
_DAY = timedelta(days=1)

_FIRMS = (
    ("Acme GmbH", "Berlin", "Germany", "+49 30 1234 56{:02}"),
    ("Nordlicht AG", "Hamburg", "Germany", "+49 40 1234 56{:02}"),
    ("Ромашка", "Москва", "Россия", "+7 900 000-00-{:02}"),
    ("Сибирский лес", "Новосибирск", "Россия", "+7 900 000-01-{:02}"),
    ("Балтика Трейд", "Калининград", "Россия", "+7 900 000-02-{:02}"),
    ("Contoso Ltd", "London", "United Kingdom", "+44 20 7946 00{:02}"),
    ("Globex", "New York", "USA", "+1 212 555 01{:02}"),
    ("Initech", "San Francisco", "USA", "+1 415 555 01{:02}"),
    ("Viento Sur", "Madrid", "España", "+34 91 000 00 {:02}"),
    ("Levant Trading", "Dubai", "United Arab Emirates", "+971 4 000 00{:02}"),
)
_PEOPLE = (
    ("Alex", "Vronsky", "CEO"),
    ("Greta", "Lindqvist", "Head of Procurement"),
    ("Мария", "Соколова", "Директор по закупкам"),
    ("Игорь", "Белов", "Главный инженер"),
    ("Ольга", "Крылова", "Финансовый директор"),
    ("James", "Whitfield", "Operations Director"),
    ("Nora", "Castellano", "VP Sales"),
    ("Daniel", "Okafor", "CTO"),
    ("Lucía", "Herrera", "Directora de compras"),
    ("Samir", "Haddad", "Managing Partner"),
    ("Jonas", "Müller", "Einkauf"),
    ("Katrin", "Weiß", "Projektleitung"),
    ("Анна", "Вронская", "Менеджер проекта"),
    ("Дмитрий", "Орлов", "Коммерческий директор"),
    ("Елена", "Журавлёва", "Закупки"),
    ("Amelia", "Hart", "Buyer"),
    ("Marcus", "Bell", "Procurement Manager"),
    ("Priya", "Raman", "Product Lead"),
    ("Íñigo", "Álvarez", "Logística"),
    ("Leila", "Nasser", "Office Manager"),
    ("Felix", "Baumgartner-Roth", "Geschäftsführer"),
    ("Sofie", "Jørgensen", "Key Account"),
    ("Сергей", "Щукин", "Логистика"),
    ("Наталья", "Мельник", "Бухгалтерия"),
    ("Пётр", "Ершов", "Начальник склада"),
    ("Oliver", "Pemberton", "Finance"),
    ("Grace", "Sullivan", "Legal Counsel"),
    ("Tomás", "Rivera", "Engineer"),
    ("Carmen", "Ruiz", "Asistente"),
    ("Omar", "Farouk", "Sales"),
    ("Hannah", "Schäfer", "Marketing"),
    ("Lukas", "Nyström", "Support"),
    ("Юлия", "Тихонова", "Маркетинг"),
    ("Артём", "Громов", "ИТ"),
    ("Вера", "Зайцева", "Юрист"),
    ("Chloe", "Bennett", "Events"),
    ("Ethan", "Brooks", "Account Manager"),
    ("Mei", "Tanaka", "Design"),
    ("Pablo", "Ortega", "Ventas"),
    ("Yasmin", "Karam", "Partner"),
)
_TOPICS = (
    "Demo",
    "Contract",
    "Price list",
    "Kick-off",
    "Quarterly review",
    "Договор поставки",
    "Презентация",
)


def sample_people(account_id: AccountId) -> tuple[Contact, ...]:
    """Forty people in ten firms and seven time zones, always the same."""
    return tuple(_person(number, account_id) for number in range(len(_PEOPLE)))


def _person(number: int, account_id: AccountId) -> Contact:
    given, family, position = _PEOPLE[number]
    firm, city, country, phone = _FIRMS[number % len(_FIRMS)]
    kind = AddressKind.WORK if number % 3 else AddressKind.MOBILE
    # One has a number only, another one an address only, as in life.
    phones = () if number % 13 == 12 else (Phone(phone.format(number), kind),)
    emails = () if number % 11 == 10 else (Email(f"contact{number + 1:02}@example.com"),)
    return Contact(
        id=ContactId(f"{account_id}:sample-person-{number + 1:02}"),
        account_id=account_id,
        given_name=given,
        family_name=family,
        company=firm,
        position=position,
        phones=phones,
        emails=emails,
        address=PostalAddress(city=city, country=country),
        notes="Invented for trying Parley." if number == 0 else "",
    )


def sample_events(
    account_id: AccountId,
    calendar_id: CalendarId,
    people: Sequence[Contact],
    today: date,
    zone: tzinfo,
    zone_name: str,
) -> tuple[Event, ...]:
    """Meetings and calls from a week ago to three weeks ahead, the same for the same day."""
    random = Random(_SEED)
    maker = _Maker(account_id, calendar_id, zone, zone_name)
    monday = today - timedelta(days=today.weekday())
    for week in range(-_WEEKS_BACK, _WEEKS_AHEAD):
        for weekday in range(5):
            day = monday + timedelta(weeks=week, days=weekday)
            _fill_day(maker, day, people, random)
    maker.add("Team stand-up", monday - timedelta(weeks=1), time(9, 30), 15, recurrence=_WEEKDAYS)
    maker.add_days("Trade fair Hannover", monday + timedelta(days=8), 3)
    maker.add_days("День рождения Марии", monday + timedelta(days=3), 1)
    return tuple(maker.events)


_WEEKDAYS = RecurrenceRule(Frequency.WEEKLY, by_day=("MO", "WE", "FR"))
_STARTS = (time(10), time(11, 30), time(13), time(14), time(15, 30), time(16, 30))


def _fill_day(maker: "_Maker", day: date, people: Sequence[Contact], random: Random) -> None:
    for start in sorted(random.sample(_STARTS, random.choice((2, 3, 3, 4)))):
        person = random.choice(people)
        call = random.random() < 0.35 and bool(person.phones)
        if call:
            title, kind, minutes = f"Call {person.name}", EventKind.CALL, random.choice((15, 30))
        else:
            title, kind = f"Meeting with {person.name}", EventKind.MEETING
            minutes = random.choice((30, 45, 60, 60, 90))
            if random.random() < 0.5:
                title = f"{random.choice(_TOPICS)}: {person.company}"
        maker.add(title, day, start, minutes, kind=kind, people=(person.id,))
        _vary(maker, person, random)


def _vary(maker: "_Maker", person: Contact, random: Random) -> None:
    chance = random.random()
    event = maker.events[-1]
    if chance < 0.08:
        event = replace(event, status=EventStatus.TENTATIVE)
    elif chance < 0.13:
        event = replace(event, priority=Priority.HIGH)
    elif chance < 0.16:
        event = replace(event, status=EventStatus.CANCELLED)
    if event.kind is EventKind.MEETING and chance > 0.5:
        event = replace(event, location=f"{person.company}, {person.address.city}")
    maker.events[-1] = event


class _Maker:
    """Collects the events of one calendar and numbers them."""

    def __init__(
        self, account_id: AccountId, calendar_id: CalendarId, zone: tzinfo, zone_name: str
    ) -> None:
        self.events: list[Event] = []
        self._account_id = account_id
        self._calendar_id = calendar_id
        self._zone = zone
        self._zone_name = zone_name

    def add(
        self,
        title: str,
        day: date,
        start: time,
        minutes: int,
        *,
        kind: EventKind = EventKind.EVENT,
        people: tuple[ContactId, ...] = (),
        recurrence: RecurrenceRule | None = None,
    ) -> None:
        begin = resolve_wall_time(datetime.combine(day, start), self._zone).astimezone(UTC)
        span = TimeSpan(begin, begin + timedelta(minutes=minutes))
        event = Event(
            id=self._next_id(),
            account_id=self._account_id,
            calendar_id=self._calendar_id,
            summary=title,
            when=span,
            kind=kind,
            time_zone=self._zone_name,
            reminders=(Reminder(10),),
            contacts=people,
            recurrence=recurrence,
        )
        self.events.append(event)

    def add_days(self, title: str, first: date, days: int) -> None:
        event = Event(
            id=self._next_id(),
            account_id=self._account_id,
            calendar_id=self._calendar_id,
            summary=title,
            when=DateSpan(first, first + days * _DAY),
            time_zone=self._zone_name,
            busy=False,
        )
        self.events.append(event)

    def _next_id(self) -> EventId:
        return EventId(f"{self._account_id}:sample-event-{len(self.events) + 1:03}")
