"""This computer keeps the promises of every account, though there is nobody to talk to."""

from dataclasses import replace

from desktop.domain.account import AccountKind, Capabilities
from desktop.domain.ids import RecordKind, RemoteId
from desktop.domain.sync import Verb
from desktop.services.api.local.account import LocalAccount
from desktop.services.api.port import ContactPage, RemoteAccount
from tests.builders import make_account, make_event, make_op, make_span

HOME = make_account("home", AccountKind.LOCAL, title="This computer")


def local() -> RemoteAccount:
    """As the engine sees it: mypy holds the class against the port here."""
    return LocalAccount(HOME)


async def pages(account: RemoteAccount, cursor: str | None) -> list[ContactPage]:
    return [page async for page in account.pull_contacts(cursor)]


async def test_whoever_uses_the_computer_may_do_what_the_account_can() -> None:
    limited = replace(HOME, capabilities=Capabilities(responsible=False, reminders=5))

    identity = await LocalAccount(limited).check()

    assert identity.capabilities == limited.capabilities
    assert (identity.admin, identity.clock_offset_s) == (False, 0.0)


async def test_it_names_its_account() -> None:
    assert local().account is HOME


async def test_a_pull_ends_and_brings_nothing() -> None:
    (page,) = await pages(local(), None)

    assert page.last
    assert page.records == ()


async def test_a_later_pull_goes_on_from_the_cursor_that_was_given() -> None:
    account = local()
    (first,) = await pages(account, None)
    (again,) = await pages(account, first.cursor or "kept")

    assert again.last
    assert again.cursor == (first.cursor or "kept")


async def test_a_window_covers_what_was_asked_and_empties_nothing_else() -> None:
    window = await local().pull_events(make_span())

    assert window.span == make_span()
    assert (window.records, window.occurrences, window.calendars) == ((), (), ())


async def test_there_is_no_second_copy_of_anything() -> None:
    account = local()

    assert await account.fetch(RecordKind.EVENT, RemoteId("e1")) is None
    assert await account.sweep_contacts() == frozenset()


async def test_a_create_is_done_under_the_records_own_name() -> None:
    entry = make_op("op1", make_event("e1"), account="home")

    pushed = await local().push(entry, None)

    assert pushed.remote_id == RemoteId("e1")


async def test_the_same_op_twice_is_the_same_record() -> None:
    account = local()
    entry = make_op("op1", make_event("e1"), account="home")

    assert await account.push(entry, None) == await account.push(entry, None)


async def test_a_change_stays_with_the_record_it_is_about() -> None:
    entry = make_op("op2", make_event("e1"), verb=Verb.UPDATE, account="home")

    assert (await local().push(entry, RemoteId("r9"))).remote_id == RemoteId("r9")


async def test_nothing_was_ever_sent_so_nothing_is_found() -> None:
    assert await local().look_up(make_op(account="home")) == ()


async def test_closing_twice_is_closing() -> None:
    account = local()

    await account.aclose()
    await account.aclose()

    assert (await account.check()).user_name == ""
