"""Who comes first, and which letters are lit."""

from datetime import date, timedelta

import pytest

from desktop.domain.contact import MatchReason
from desktop.domain.ids import ContactId
from desktop.domain.matching import find_in, read_query
from desktop.domain.ranking import Acquaintance, hit, number_ranges, rank
from tests.builders import NOW, make_contact

TODAY = date(2026, 11, 16)
NOBODY = Acquaintance(frozenset(), {}, TODAY)


def order(query, contacts, known=()):
    read = read_query(query)
    ranks = [
        (rank(founds, c.name, c.id, known=c.id in known), c.name)
        for c in contacts
        if (founds := find_in(read, c)) is not None
    ]
    return [name for _rank, name in sorted(ranks)]


def lit(query, contact):
    founds = find_in(read_query(query), contact)
    assert founds is not None
    return hit(founds, contact, NOBODY, waiting=False)


def test_exact_before_begun_before_inside():
    people = [make_contact(f"c{i}", n) for i, n in enumerate(["Ivana B", "Livan C", "Ivan D"])]

    assert order("ivan", people) == ["Ivan D", "Ivana B", "Livan C"]


def test_the_spelling_that_was_typed_comes_first():
    people = [make_contact("c1", "Семён Абрамов"), make_contact("c2", "Семен Яковлев")]

    assert order("семен", people) == ["Семен Яковлев", "Семён Абрамов"]
    assert order("семён", people) == ["Семён Абрамов", "Семен Яковлев"]


def test_people_one_knows_come_before_strangers_that_begin_alike():
    people = [make_contact("c1", "Ivan Adamov"), make_contact("c2", "Petr Ivanov")]

    assert order("ivan", people, known={"c2"}) == ["Petr Ivanov", "Ivan Adamov"]


def test_whoever_is_called_exactly_that_comes_before_people_one_knows():
    people = [make_contact("c1", "Ivan Petrov"), make_contact("c2", "Ivan Petrovsky")]

    assert order("ivan petrov", people, known={"c2"}) == ["Ivan Petrov", "Ivan Petrovsky"]


def test_knowing_somebody_does_not_lift_a_match_inside_a_note():
    people = [make_contact("c1", "Oleg Chess"), make_contact("c2", "Anna B", notes="chess")]

    assert order("chess", people, known={"c2"}) == ["Oleg Chess", "Anna B"]


def test_equal_hits_go_by_name():
    people = [make_contact(f"c{i}", n) for i, n in enumerate(["Petr Zorin", "Petr Abel"])]

    assert order("petr", people) == ["Petr Abel", "Petr Zorin"]


@pytest.mark.parametrize(
    ("days", "known"), [(-15, False), (-14, True), (0, True), (7, True), (8, False)]
)
def test_one_knows_whom_one_meets_within_a_week_or_met_within_two(days, known):
    met = {ContactId("c1"): NOW + timedelta(days=days)}

    assert Acquaintance(frozenset(), met, TODAY).knows(ContactId("c1")) is known


def test_a_meeting_ahead_is_told_and_one_behind_is_not():
    ahead, behind = NOW + timedelta(days=1), NOW - timedelta(days=1)
    around = Acquaintance(frozenset(), {ContactId("a"): ahead, ContactId("b"): behind}, TODAY)

    assert around.next_meeting(ContactId("a")) == ahead
    assert around.next_meeting(ContactId("b")) is None


def test_the_letters_of_the_name_and_the_firm_are_lit():
    shown = lit("petr gaz", make_contact("c", "Пётр Сидоров", company="ПАО Газпром"))

    assert shown.name_ranges == ((0, 4),)
    assert shown.company_ranges == ((4, 7),)
    assert shown.reason is MatchReason.COMPANY


def test_a_letter_that_folds_to_two_is_lit_whole():
    assert lit("stras", make_contact("c", "Eva Straße")).name_ranges == ((4, 9),)


def test_letters_inside_a_word_are_lit():
    assert lit("trov", make_contact("c", "Anna Petrova")).name_ranges == ((7, 11),)


def test_the_other_alphabet_is_lit_as_far_as_it_sounds():
    assert lit("shch", make_contact("c", "Иван Щербаков")).name_ranges == ((5, 6),)


def test_what_the_row_does_not_show_is_told():
    shown = lit("chess", make_contact("c", "Anna", notes="plays chess"))

    assert (shown.reason, shown.reason_text) == (MatchReason.NOTES, "plays chess")
    assert shown.reason_ranges == ((6, 11),)


def test_of_a_long_note_the_line_around_the_match_is_told():
    shown = lit("chess", make_contact("c", "Anna", notes="word " * 60 + "chess" + " word" * 60))
    ((start, end),) = shown.reason_ranges

    assert shown.reason_text[start:end] == "chess"
    assert len(shown.reason_text) < 80


@pytest.mark.parametrize(
    ("query", "part"), [("4567", "45-67"), ("916123", "916) 123"), ("8916", "(916".lstrip("("))]
)
def test_the_digits_of_a_number_are_lit_from_first_to_last(query, part):
    shown = lit(query, make_contact("c", "Anna", phone="+7 (916) 123-45-67"))
    ((start, end),) = shown.reason_ranges

    assert shown.reason_text[start:end] == part


def test_a_fragment_that_is_not_shown_lights_nothing():
    assert number_ranges(("999",), "+7 916") == ()
