"""Adding, testing and removing accounts."""

from dataclasses import replace

import pytest

from desktop.domain.account import AccountKind, AccountState, Capabilities
from desktop.domain.errors import (
    Field,
    InvalidInputError,
    KeyringError,
    KeyringState,
    NotFoundError,
    OfflineError,
)
from desktop.domain.ids import UserId
from desktop.domain.timespan import TimeSpan
from desktop.services.api.bitrix24.address import WebhookAddress
from desktop.services.changes import Topic
from desktop.services.sign_in.account_secrets import webhook_secret_name
from desktop.services.sign_in.connection import Caution, Permission
from tests.builders import MONDAY, make_contact, make_draft, make_span
from tests.services.house import (
    ANNA,
    CRM,
    CRM_CALENDAR,
    LOCAL,
    House,
    Portal,
    open_house,
)

WEBHOOK = "https://Acme.bitrix24.eu/rest/7/s3cr3tc0de/profile.json"
MONTH = TimeSpan(make_span(MONDAY).start.replace(day=1), make_span(MONDAY).start.replace(month=12))


async def test_a_webhook_is_checked_as_it_is_typed(tmp_path):
    async with open_house(tmp_path) as house:
        good = house.accounts.check_webhook(WEBHOOK)
        bad = house.accounts.check_webhook("soon")

        assert isinstance(good, WebhookAddress)
        assert isinstance(bad, InvalidInputError)
        assert bad.field is Field.WEBHOOK


async def test_a_test_tells_who_and_what_and_stores_nothing(tmp_path):
    limited = Capabilities(create_events=False, responsible=False, missing_scopes=("crm", "user"))
    portal = Portal(replace(ANNA, capabilities=limited, admin=True, clock_offset_s=-400))
    async with open_house(tmp_path, portal=portal) as house:
        report = await house.accounts.test_webhook(WEBHOOK)

        lines = {line.permission: (line.granted, line.ask_for) for line in report.permissions}
        assert report.who == "Anna Titova"
        assert lines[Permission.CONTACTS] == (True, "")
        assert lines[Permission.ACTIVITIES] == (False, "crm")
        assert lines[Permission.COLLEAGUES] == (False, "user")
        assert report.cautions == (Caution.ADMIN, Caution.CLOCK_SKEW)
        assert report.account.title == "acme.bitrix24.eu · Anna Titova"
        assert report.usable
        assert portal.closed == 1
        assert [one.id for one in await house.accounts.all()] == [LOCAL.id, CRM.id]


async def test_a_report_does_not_show_the_secret(tmp_path):
    async with open_house(tmp_path) as house:
        report = await house.accounts.test_webhook(WEBHOOK)

        assert "s3cr3tc0de" not in repr(report)
        assert "s3cr3tc0de" in report.secret


async def test_a_failed_test_closes_its_client(tmp_path):
    portal = Portal(error=OfflineError())
    async with open_house(tmp_path, portal=portal) as house:
        with pytest.raises(OfflineError):
            await house.accounts.test_webhook(WEBHOOK)

        assert portal.closed == 1


async def test_an_added_account_has_its_secret_in_the_keyring_and_an_engine(tmp_path):
    async with open_house(tmp_path) as house:
        report = await house.accounts.test_webhook(WEBHOOK)
        house.topics()

        account = await house.accounts.add_bitrix24(report)

        secret = await house.secrets.get(webhook_secret_name(account.id))
        assert secret == "https://acme.bitrix24.eu/rest/7/s3cr3tc0de/"
        assert account.id in house.engines.running
        assert account in await house.accounts.all()
        assert Topic.ACCOUNTS in house.topics()
        assert "s3cr3tc0de" not in repr(account)


async def test_without_a_keyring_nothing_is_added(tmp_path):
    async with open_house(tmp_path) as house:
        report = await house.accounts.test_webhook(WEBHOOK)

        async def locked(name: str, secret: str) -> None:
            raise KeyringError(KeyringState.LOCKED)

        house.secrets.put = locked  # type: ignore[method-assign]
        with pytest.raises(KeyringError):
            await house.accounts.add_bitrix24(report)

        assert len(await house.accounts.all()) == 2
        assert house.engines.running == {}


async def test_the_same_user_of_the_same_server_is_signed_in_anew(tmp_path):
    async with open_house(tmp_path) as house:
        first = await house.accounts.add_bitrix24(await house.accounts.test_webhook(WEBHOOK))
        out = replace(first, state=AccountState.SIGN_IN)
        await house.files.own.write(lambda own: own.accounts.put(out))

        report = await house.accounts.test_webhook(WEBHOOK.replace("s3cr3t", "n3w"))
        again = await house.accounts.add_bitrix24(report)

        assert Caution.KNOWN in report.cautions
        assert (again.id, again.state) == (first.id, AccountState.ACTIVE)
        assert len(await house.accounts.all()) == 3
        assert "n3wc0de" in (await house.secrets.get(webhook_secret_name(first.id)) or "")


async def test_another_user_of_the_same_server_is_another_account(tmp_path):
    portal = Portal()
    async with open_house(tmp_path, portal=portal) as house:
        await house.accounts.add_bitrix24(await house.accounts.test_webhook(WEBHOOK))
        portal.identity = replace(ANNA, user_id=UserId("8"), user_name="Boris")

        report = await house.accounts.test_webhook(WEBHOOK.replace("/7/", "/8/"))

        assert report.existing is None


async def test_this_computer_begins_with_one_calendar(tmp_path):
    async with open_house(tmp_path) as house:
        account = await house.accounts.add_local(title="Mein Rechner", calendar="Kalender")

        calendars = [c for c in await house.schedule.calendars() if c.account_id == account.id]
        assert (account.kind, account.title) == (AccountKind.LOCAL, "Mein Rechner")
        assert [(c.name, c.is_default, c.writable) for c in calendars] == [("Kalender", True, True)]


async def test_calendars_of_this_computer_outlive_the_cache(tmp_path):
    async with open_house(tmp_path) as house:
        account = await house.accounts.add_local()
        more = await house.accounts.add_calendar(account.id, "Holidays", "#112233")
    for name in ("cache.db", "cache.db-wal", "cache.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    async with open_house(tmp_path) as house:
        assert await house.schedule.calendars() == ()

        await house.accounts.restore_calendars()

        restored = await house.schedule.calendars()
        assert [c.name for c in restored] == ["This computer", "Holidays"]
        assert more in restored
        with pytest.raises(NotFoundError):
            await house.accounts.add_calendar(CRM.id, "No", "#112233")


async def test_sample_data_fills_a_month_and_goes_without_a_trace(tmp_path):
    async with open_house(tmp_path) as house:
        account = await house.accounts.add_local(sample=True)
        entries = await house.schedule.entries(MONTH)
        preview = await house.accounts.removal_preview(account.id)
        contact = (await house.contacts.find("alex")).hits[0].contact
        await house.contacts.open(contact.id)
        await house.contacts.set_pinned(contact.id, True)
        await house.schedule.move(entries[3].event.id, make_span(MONDAY))
        await house.drafts.save(make_draft(calendar_id=entries[0].event.calendar_id))

        assert account.sample
        assert len(entries) > 50
        assert (preview.contacts, preview.own, preview.waiting) == (40, True, ())
        assert preview.events > 50

        await house.accounts.remove(account.id)

        assert await house.schedule.entries(MONTH) == ()
        assert (await house.contacts.find("")).hits == ()
        assert not house.undo.can_undo
        assert await _rows_of(house, account.id) == []


async def test_what_waits_is_named_before_an_account_goes(tmp_path):
    async with open_house(tmp_path) as house:
        await house.schedule.book(make_draft(title="Demo", calendar_id=CRM_CALENDAR.id))
        alex = make_contact("alex", "Alex Vronsky", phone="+49 30 1")
        await house.contacts.save(alex, new=True)

        preview = await house.accounts.removal_preview(CRM.id)

        assert preview.waiting == ("Demo", "Alex Vronsky")
        assert (preview.contacts, preview.events, preview.own) == (1, 1, False)


async def test_a_removed_account_leaves_keyring_engine_and_both_files(tmp_path):
    async with open_house(tmp_path) as house:
        account = await house.accounts.add_bitrix24(await house.accounts.test_webhook(WEBHOOK))

        await house.accounts.remove(account.id)

        assert await house.secrets.get(webhook_secret_name(account.id)) is None
        assert house.engines.running == {}
        assert await _rows_of(house, account.id) == []
        with pytest.raises(NotFoundError):
            await house.accounts.remove(account.id)
        with pytest.raises(NotFoundError):
            await house.accounts.removal_preview(account.id)


async def test_an_account_whose_secret_cannot_be_removed_stays(tmp_path):
    async with open_house(tmp_path) as house:
        account = await house.accounts.add_bitrix24(await house.accounts.test_webhook(WEBHOOK))

        async def locked(name: str) -> None:
            raise KeyringError(KeyringState.LOCKED)

        house.secrets.remove = locked  # type: ignore[method-assign]
        with pytest.raises(KeyringError):
            await house.accounts.remove(account.id)

        assert account in await house.accounts.all()
        assert account.id in house.engines.running


async def _rows_of(house: House, account_id: str) -> list[str]:
    """Tables of either file in which a text names the account."""

    def look(tables) -> list[str]:
        names = tables.connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " AND sql NOT LIKE '%VIRTUAL%'"
        ).fetchall()
        return [
            name
            for (name,) in names
            for row in tables.connection.execute(f'SELECT * FROM "{name}"')
            if any(account_id.encode() in _bytes(value) for value in row)
        ]

    return await house.files.own.read(look) + await house.files.cache.read(look)


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()
