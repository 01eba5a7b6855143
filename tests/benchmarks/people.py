"""Invented people, many of them, the same at every run."""

import random
from collections.abc import Iterator
from dataclasses import replace

from desktop.domain.contact import Contact, Email, Phone, PostalAddress
from desktop.domain.ids import AccountId, ContactId

_GIVEN_RU = (
    "Александр Алексей Анна Антон Борис Вера Виктор Владимир Галина Дарья Дмитрий Евгений "
    "Екатерина Елена Иван Игорь Ирина Кирилл Ксения Любовь Максим Мария Михаил Наталья Николай "
    "Ольга Павел Пётр Роман Светлана Семён Сергей Татьяна Фёдор Юлия Юрий Яна"
).split()
_GIVEN = (
    "Adam Alice Alvaro Amelie Andrea Björn Carlos Charlotte Chloé Daniel David Emma Eva Felix "
    "François George Grace Hannah Henry Isabel Jack James Jana João John Julia Karl Laura Lena "
    "Léa Louis Lucas Małgorzata Maria Martin Max Mia Michael Nina Noah Oliver Oscar Paul Peter "
    "Robert Sara Sofia Søren Thomas Tomáš Victor William Zoë"
).split()
_ROOTS_RU = (
    "Иван Петр Сидор Смирн Кузнец Попов Васил Соколов Михайл Нов Фёдор Мороз Волк Алексе Лебед "
    "Семён Егор Павл Козл Степан Никола Орл Андре Макар Никит Захар Зайц Соловь Борис Яковл "
    "Григорь Роман Воробь Серге Кузьм Фрол Александр Дмитри Корол Гус Кисел Ильин Максим Поляк "
    "Сорок Виноград Ковал Бел Медвед Антон Тарас Жук Баран Филипп Комар Давыд Беля Герасим "
    "Богдан Осип Сидоренк Матвеев Титов Марк Миронь Крыл Кулик Карп Власть Мельник Денис"
).split()
_ENDINGS_RU = ("ов", "ова", "ев", "ева", "ин", "ина", "ский", "ская", "енко", "чук", "цов")
_ROOTS = (
    "Ander Bak Berg Black Brook Carl Clark Cole Dahl Dub Eri Fisch Ford Garc Grim Grün Hamil Hart "
    "Hern Hoff Hor Jack Jensen Johan Kell Klein Kov Lang Lar Lind Lop Mart Mey Mill Mor Mül Nel "
    "Nowak Ols Park Per Pet Poll Rei Rob Rod Sand Schm Schneid Schult Silv Sim Smith Stein Tayl "
    "Thom Vas Wagn Walk Web Wil Wint Wolf Wood Zimm"
).split()
_ENDINGS = "son sen man er es ez ski ová ić ley ton idt feld berg ström a o ini ard ell".split()
_FIRMS = (
    "Газпром Ромашка Вектор Альфа Север Восток Прогресс Сибирь Меридиан Орион Acme Globex "
    "Initech Umbra Northwind Contoso Vertex Lumen Solaris Harbor Atlas Nimbus Quanta"
).split()
_FORMS = ("ООО", "АО", "Ltd", "GmbH", "Inc", "Group", "Trade")
_CITIES = (
    "Москва Казань Самара Тверь Омск Berlin Köln Praha Brno Kraków Madrid Lyon Oslo London"
).split()
_POSITIONS = ("Director", "Buyer", "Accountant", "Директор", "Менеджер", "Инженер", "Engineer")


def people(count: int, account: str = "a1", seed: int = 7) -> Iterator[Contact]:
    """``count`` contacts, half of them in Cyrillic."""
    chance = random.Random(seed)
    for number in range(count):
        russian = chance.random() < 0.5
        given = chance.choice(_GIVEN_RU if russian else _GIVEN)
        root = chance.choice(_ROOTS_RU if russian else _ROOTS)
        ending = chance.choice(_ENDINGS_RU if russian else _ENDINGS)
        contact = Contact(
            id=ContactId(f"{account}:contact:{number}"),
            account_id=AccountId(account),
            given_name=given,
            family_name=root + ending,
            company=f"{chance.choice(_FORMS)} {chance.choice(_FIRMS)} {number % 997}",
            position=chance.choice(_POSITIONS),
            phones=(Phone(f"+7 9{chance.randrange(10**9):09d}"),),
            emails=(Email(f"user{number}@{chance.choice(_FIRMS)}.example"),),
            address=PostalAddress(city=chance.choice(_CITIES)),
        )
        yield contact if number % 5 else replace(contact, notes="met at the autumn fair")
