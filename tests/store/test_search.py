"""Search as a user meets it: indexes, candidates and ranking together."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.contact import MatchReason
from desktop.domain.folding import fold
from desktop.domain.ids import AccountId, ContactId
from desktop.domain.matching import words_of
from tests.benchmarks.people import people
from tests.builders import MONDAY, NOW, make_contact
from tests.domain.name_pairs import NAME_PAIRS
from tests.store.search_cases import FOLDED, GOLDEN, PEOPLE, SLIPS


def names(cache, query, *, limit=50, **around):
    hits = cache.contacts.search(query, limit=limit, today=MONDAY, **around)
    return [hit.contact.name for hit in hits]


@pytest.fixture
def crowd(cache):
    """Strangers among whom somebody has to be found, and who are called otherwise."""
    taken = {key for pair in NAME_PAIRS for name in pair for key in sounds(name)}
    cache.contacts.upsert(c for c in people(400) if not taken & sounds(c.name))
    return cache


def sounds(name):
    return {key for word in words_of(name) for key in word.keys}


def test_there_are_sixty_pairs_of_folding_a_hundred_of_names_and_fifty_slips():
    assert (len(FOLDED), len(SLIPS)) == (60, 50)
    assert len(NAME_PAIRS) >= 100


@pytest.mark.parametrize(("query", "name"), FOLDED)
def test_marks_and_case_do_not_matter(crowd, query, name):
    crowd.contacts.upsert([make_contact("wanted", f"{name} Wanted")])

    assert f"{name} Wanted" in names(crowd, query)
    assert name in names(crowd, name)[0].split()


def test_the_other_alphabet_finds_the_name_among_the_first_three(crowd):
    missed = []
    for number, (latin, cyrillic) in enumerate(NAME_PAIRS):
        for query, name in ((latin, cyrillic), (cyrillic, latin)):
            crowd.contacts.upsert([make_contact(f"wanted{number}", f"Zz {name}")])
            if f"Zz {name}" not in names(crowd, query)[:3]:
                missed.append((query, name))
            crowd.contacts.remove([f"wanted{number}"])

    assert len(missed) <= 2 * len(NAME_PAIRS) * 0.02, missed


def test_one_slip_is_forgiven(crowd):
    missed = []
    for number, (query, name) in enumerate(SLIPS):
        crowd.contacts.upsert([make_contact(f"wanted{number}", f"Zz {name}")])
        if f"Zz {name}" not in names(crowd, query)[:5]:
            missed.append((query, name, names(crowd, query)[:5]))
        crowd.contacts.remove([f"wanted{number}"])

    assert len(missed) <= len(SLIPS) * 0.05, missed


def test_a_slip_never_stands_above_a_direct_hit(cache):
    cache.contacts.upsert([make_contact("c1", "Aaa Ivanop"), make_contact("c2", "Zzz Ivanov")])

    hits = cache.contacts.search("ivanov", limit=9, today=MONDAY, pinned=frozenset({"c1"}))

    assert [hit.contact.name for hit in hits] == ["Zzz Ivanov", "Aaa Ivanop"]


def test_a_slip_is_told_as_one_and_its_word_is_lit(cache):
    cache.contacts.upsert([make_contact("c1", "Anna Petrova")])

    (hit,) = cache.contacts.search("anna petrpva", limit=9, today=MONDAY)

    assert hit.reason is MatchReason.TYPO
    assert hit.name_ranges == ((0, 4), (5, 12))


def test_words_of_four_letters_are_taken_as_they_are(cache):
    cache.contacts.upsert([make_contact("c1", "Anna Petrova")])

    assert names(cache, "anba") == []


@pytest.fixture
def cast(cache):
    cache.contacts.upsert(
        make_contact(f"c{number}", name.strip())
        for number, name in enumerate(PEOPLE.replace("\n", "|").strip("| ").split("|"))
        if name.strip()
    )
    return cache


@pytest.mark.parametrize(("query", "order"), GOLDEN.items())
def test_golden_order(cast, query, order):
    ids = {contact.name: contact.id for contact in cast.contacts.all()}

    found = names(
        cast,
        query,
        pinned=frozenset({ids["Ольга Петрова"]}),
        met={ids["Boris Annan"]: NOW + timedelta(days=1)},
    )

    assert found == order.split(",")


def test_there_are_thirty_golden_orders():
    assert len(GOLDEN) == 30


@pytest.mark.parametrize(
    ("query", "reason", "text"),
    [
        ("ромашка", MatchReason.COMPANY, ""),
        ("romashka", MatchReason.COMPANY, ""),
        ("buyer", MatchReason.POSITION, "Senior buyer"),
        ("kazan", MatchReason.CITY, "Казань"),
        ("anna.p@sh", MatchReason.EMAIL, "anna.p@shop.example"),
        ("shop", MatchReason.EMAIL, "anna.p@shop.example"),
        ("autumn", MatchReason.NOTES, "met at the autumn fair"),
        ("916 12", MatchReason.PHONE, "+7 916 123-45-67"),
        ("utum", MatchReason.NOTES, "met at the autumn fair"),
    ],
)
def test_every_part_is_searched_and_the_reason_is_told(cache, query, reason, text):
    cache.contacts.upsert(
        [
            make_contact(
                "c1",
                "Anna Petrova",
                company="ООО Ромашка",
                position="Senior buyer",
                city="Казань",
                email="anna.p@shop.example",
                phone="+7 916 123-45-67",
                notes="met at the autumn fair",
            ),
            make_contact("c2", "Somebody Else"),
        ]
    )

    (hit,) = cache.contacts.search(query, limit=9, today=MONDAY)

    assert (hit.reason, hit.reason_text) == (reason, text)


@pytest.mark.parametrize(
    "query",
    ["9161234", "8916", "(916) 123", "+7916", "007916", "4567", "8 916 123 45 67", "79161234567"],
)
def test_a_number_is_found_by_any_fragment_in_any_format(crowd, query):
    crowd.contacts.upsert([make_contact("wanted", "Zz Wanted", phone="+7 916 123-45-67")])

    assert "Zz Wanted" in names(crowd, query)


def test_a_name_and_digits_of_the_number_together(crowd):
    crowd.contacts.upsert(
        [
            make_contact("c1", "Zora One", phone="+7 916 123-45-67"),
            make_contact("c2", "Zora Two", phone="+7 916 765-43-21"),
        ]
    )

    assert names(crowd, "zora 4567") == ["Zora One"]


def test_whoever_is_met_is_found_among_more_than_two_hundred_that_begin_alike(cache):
    cache.contacts.upsert(make_contact(f"c{i:03}", f"Ivan {i:03}a") for i in range(400))
    cache.contacts.upsert([make_contact("zz", "Ivan Zzz")])

    met = {ContactId("zz"): NOW + timedelta(days=2)}

    assert names(cache, "iva", met=met)[0] == "Ivan Zzz"
    assert len(names(cache, "iva", limit=7)) == 7


def test_of_many_that_begin_alike_the_exact_one_is_first(cache):
    cache.contacts.upsert(make_contact(f"c{i:03}", f"Anna Alab{i:03}") for i in range(400))
    cache.contacts.upsert([make_contact("zz", "Alab Zzz")])

    assert names(cache, "alab")[0] == "Alab Zzz"


def test_a_family_name_is_found_although_many_share_both_beginnings(cache):
    cache.contacts.upsert(make_contact(f"c{i:03}", f"Anna Ivanova{i:03}") for i in range(400))
    cache.contacts.upsert([make_contact("zz", "Anna Ivanova")])

    assert names(cache, "anna ivanova")[0] == "Anna Ivanova"


@pytest.mark.parametrize(
    "query", ["", "  ", "-", '"', "' OR 1=1", "*", "a AND", "NEAR(", "\x00", "%"]
)
def test_no_text_is_a_command(cache, query):
    cache.contacts.upsert([make_contact("c1", "Anna Petrova")])

    assert names(cache, query) in ([], ["Anna Petrova"])


def test_a_search_for_nothing_finds_nobody(cast):
    assert names(cast, "") == []
    assert names(cast, "anna", limit=0) == []


LETTERS = "abcdeéfghijklmnoprstuvyzабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
NAME = st.text(alphabet=LETTERS, min_size=1, max_size=9)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.tuples(NAME, NAME), st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_everybody_is_found_by_the_beginnings_of_their_names(cache, name, one, other, both):
    given_name, family_name = name
    cache.contacts.upsert([make_contact("wanted", f"{given_name} {family_name}")])
    query = f"{family_name[:other]} {given_name[:one]}" if both else family_name[:other]

    found = cache.contacts.search(query, limit=50, today=MONDAY)

    assert not fold(query).strip() or [hit.contact.id for hit in found] == ["wanted"]


@pytest.mark.parametrize(
    "query", ["vronsky", "alex vron", "vrons", "ronsk", "vronskyy", "4930 1001020", "alex 1020"]
)
def test_one_account_is_searched_whole_however_many_namesakes_another_has(cache, query):
    namesakes = [
        make_contact(f"n{n}", "Alex Vronsky", account="big", phone="+49 30 1001020")
        for n in range(300)
    ]
    mine = make_contact("mine", "Alex Vronsky", account="small", phone="+49 30 1001020")
    cache.contacts.upsert([*namesakes, mine])

    hits = cache.contacts.search(query, today=MONDAY, account_id=AccountId("small"))

    assert [hit.contact.id for hit in hits] == ["mine"]


def test_whom_one_knows_in_another_account_is_not_found_either(cache):
    cache.contacts.upsert([make_contact("anna", "Anna Petrova", account="big")])

    known = frozenset({ContactId("anna")})
    hits = cache.contacts.search("anna", today=MONDAY, pinned=known, account_id=AccountId("small"))

    assert hits == ()
