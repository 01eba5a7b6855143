import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from desktop.domain.contact import ContactHit, MatchReason
from desktop.ui.contacts.model import HIT_ROLE, SECTION_ROLE, ContactModel
from tests.builders import make_contact


def hit(contact_id: str, reason: MatchReason = MatchReason.NAME, **more) -> ContactHit:
    return ContactHit(make_contact(contact_id, f"Person {contact_id}"), reason, **more)


@pytest.fixture
def model(qapp) -> ContactModel:
    model = ContactModel(lambda hit: f"spoken {hit.contact.name}")
    model.tester = QAbstractItemModelTester(model)  # type: ignore[attr-defined]
    return model


def ids(model: ContactModel) -> list[str]:
    return [hit.contact.id for hit in model.hits()]


def test_a_row_gives_its_hit(model):
    model.show((hit("a"), hit("b")))

    assert model.rowCount() == 2
    assert model.index(1).data(HIT_ROLE) == hit("b")
    assert model.index(1).data() == "Person b"
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "spoken Person a"
    assert model.row_of(hit("b").contact.id) == 1


def test_a_late_answer_is_appended_and_moves_nobody(model):
    model.show((hit("a"), hit("b")))

    model.refresh((hit("c"), hit("b"), hit("a"), hit("d")))

    assert ids(model) == ["a", "b", "c", "d"]


def test_who_is_gone_leaves_and_who_changed_changes_in_place(model):
    model.show((hit("a"), hit("b"), hit("c")))

    model.refresh((hit("a", waiting=True), hit("c")))

    assert ids(model) == ["a", "c"]
    assert model.hits()[0].waiting


def test_an_answer_that_is_the_same_says_nothing(qtbot, model):
    model.show((hit("a"), hit("b")))

    with qtbot.assertNotEmitted(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.refresh((hit("a"), hit("b")))


def test_nobody_is_left_when_everybody_is_gone(model):
    model.show((hit("a"), hit("b")))

    model.refresh(())

    assert model.rowCount() == 0


def test_a_section_begins_where_the_reason_changes(model):
    model.show(
        (
            hit("a", MatchReason.PINNED),
            hit("b", MatchReason.PINNED),
            hit("c", MatchReason.RECENT),
        )
    )

    sections = [model.index(row).data(SECTION_ROLE) for row in range(3)]

    assert sections == [MatchReason.PINNED, None, MatchReason.RECENT]
    assert model.has_sections()


def test_what_was_searched_for_has_no_sections_but_the_similar_ones(model):
    model.show((hit("a"), hit("b", MatchReason.PHONE), hit("c", MatchReason.TYPO)))

    sections = [model.index(row).data(SECTION_ROLE) for row in range(3)]

    assert sections == [None, None, MatchReason.TYPO]
