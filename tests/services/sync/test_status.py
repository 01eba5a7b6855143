"""The truth about sync."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.account import AccountKind, AccountState
from desktop.domain.ids import AccountId
from desktop.domain.sync import OpState, Progress, SyncPhase
from desktop.services.sync.status import AccountFacts, attention_of, sync_status
from tests.builders import NOW, make_account, make_op

FINE = AccountFacts(make_account(), last_success=NOW)


@given(
    st.lists(st.sampled_from([state for state in OpState if not state.finished]), max_size=3),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["", "no answer", "busy"]),
    st.sampled_from(AccountState),
)
def test_it_is_never_up_to_date_while_anything_is_open(
    states: list[OpState], recorded: bool, pulling: bool, problem: str, state: AccountState
) -> None:
    ops = tuple(make_op(f"op{n}", state=one) for n, one in enumerate(states))
    facts = AccountFacts(
        make_account(state=state), ops, recorded, pulling, last_success=NOW, problem=problem
    )
    status = sync_status([facts])

    if status.phase is SyncPhase.UP_TO_DATE:
        assert not states
        assert not recorded
        assert not pulling
        assert state is AccountState.ACTIVE
        assert problem in ("", "busy")
    assert status.waiting == max(len(states), int(recorded))


def test_only_this_computer_is_its_own_state() -> None:
    local = AccountFacts(make_account(kind=AccountKind.LOCAL))

    assert sync_status([]).phase is SyncPhase.LOCAL_ONLY
    assert sync_status([local]).phase is SyncPhase.LOCAL_ONLY
    assert sync_status([local, FINE]).phase is SyncPhase.UP_TO_DATE


def test_the_gravest_account_speaks_for_all() -> None:
    down = AccountFacts(make_account("a2"), last_success=NOW, problem="no answer")
    asks = AccountFacts(make_account("a3"), (make_op(state=OpState.PARKED),), last_success=NOW)

    assert sync_status([FINE, down]).phase is SyncPhase.OFFLINE
    assert sync_status([FINE, down, asks]).phase is SyncPhase.ATTENTION


def test_the_screen_is_as_old_as_its_oldest_account() -> None:
    never = AccountFacts(make_account("a2"))

    assert sync_status([FINE]).last_success == NOW
    assert sync_status([FINE, never]).last_success is None


def test_a_first_pull_shows_how_far_it_is() -> None:
    pulling = AccountFacts(make_account(), progress=Progress(50, 200, "contacts"))

    assert sync_status([pulling]).progress == Progress(50, 200, "contacts")
    assert sync_status([pulling]).phase is SyncPhase.SYNCING


def test_each_trouble_has_a_line() -> None:
    facts = AccountFacts(
        make_account(state=AccountState.SIGN_IN, clock_offset_s=-900),
        (make_op("a", state=OpState.PARKED, reason="invalid"), make_op("b")),
        emptied=frozenset({"contacts"}),
        refused=(("calendar", "missing scope"),),
        keyring="locked",
    )

    assert [(one.code, one.op_id, one.summary, one.detail) for one in attention_of(facts)] == [
        ("sign in", None, "Bitrix24 · Anna", ""),
        ("keyring", None, "Bitrix24 · Anna", "locked"),
        ("refused", None, "calendar", "missing scope"),
        ("suddenly empty", None, "contacts", ""),
        ("clock", None, "Bitrix24 · Anna", "-900"),
        ("parked", "a", "Planning", "invalid"),
    ]
    assert sync_status([facts]).accounts[0].account_id == AccountId("a1")
