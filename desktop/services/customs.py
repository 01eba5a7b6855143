"""CustomsService: whether this computer follows what is usual on an account's server."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from desktop.domain.customs import Customs, Following
from desktop.domain.event import Reminder
from desktop.domain.freebusy import WorkHours
from desktop.domain.ids import AccountId
from desktop.services.changes import Change, ChangeFeed, Topic
from desktop.services.kept_customs import kept_customs
from desktop.services.preferences import Preferences
from desktop.store.files import StoreFiles
from desktop.store.own import OwnTables


class KeepsPreferences(Protocol):
    """Where the choice itself is kept: it is needed before the store is open."""

    @property
    def now(self) -> Preferences:
        """What is chosen now."""
        ...

    def change(self, preferences: Preferences) -> None:
        """Chooses otherwise."""
        ...


def _nothing() -> None:
    pass


class CustomsService:
    """Hours, week, holidays and reminders of the portal, taken over or not."""

    def __init__(self, files: StoreFiles, feed: ChangeFeed, preferences: KeepsPreferences) -> None:
        self._files = files
        self._feed = feed
        self._preferences = preferences
        self.changed: Callable[[], None] = _nothing
        """Called after this computer's own have changed."""

    @property
    def chosen(self) -> Preferences:
        """What this computer goes by now."""
        return self._preferences.now

    async def of(self, account_id: AccountId) -> Customs | None:
        """What was told; None where nothing was, or nothing that could be followed."""
        customs = await self._files.own.read(lambda own: kept_customs(own, account_id))
        return customs if customs is not None and customs.told else None

    def follows(self, account_id: AccountId) -> bool:
        """Whether this computer follows that account's customs."""
        return self._preferences.now.following == _text(account_id)

    async def use(self, account_id: AccountId) -> None:
        """From now on this computer follows them, also where they change."""
        customs = await self.of(account_id)
        if customs is not None:
            self._take(account_id, customs)

    def keep_own(self) -> None:
        """As it was installed, whatever an account has."""
        own = Preferences()
        self._set(
            replace(
                self._preferences.now,
                work_hours=own.work_hours,
                week_start=own.week_start,
                reminders_min=own.reminders_min,
                all_day_reminders_min=own.all_day_reminders_min,
                following=Following.OWN.value,
            )
        )

    async def follow(self) -> None:
        """Takes over what has changed there; of several accounts the first added decides.

        What was chosen by hand stays.
        """
        now = self._preferences.now
        if now.following == Following.OWN.value:
            return
        if not now.following and now.work_hours != WorkHours():
            return  # changed by hand before any account had a say
        told = await self._files.own.read(_all_customs)
        followed = [pair for pair in told if now.following == _text(pair[0])]
        for account_id, customs in followed or told:
            if customs.told:
                self._take(account_id, customs)
                return

    def on_change(self, change: Change) -> bool:
        """Whether it may be time to `follow`."""
        return change.topic is Topic.ACCOUNTS

    def _take(self, account_id: AccountId, customs: Customs) -> None:
        usual = Preferences()
        reminders, all_day = customs.reminders, customs.all_day_reminders
        self._set(
            replace(
                self._preferences.now,
                work_hours=customs.work or usual.work_hours,
                week_start=customs.week_start or usual.week_start,
                reminders_min=None if reminders is None else _minutes(reminders),
                all_day_reminders_min=None if all_day is None else _minutes(all_day),
                following=_text(account_id),
            )
        )

    def _set(self, wanted: Preferences) -> None:
        if wanted != self._preferences.now:
            self._preferences.change(wanted)
            self.changed()
            self._feed.publish(Topic.ACCOUNTS)


def _all_customs(own: OwnTables) -> list[tuple[AccountId, Customs]]:
    """Of each account, in the order of adding."""
    found = ((account.id, kept_customs(own, account.id)) for account in own.accounts.all())
    return [(account_id, customs) for account_id, customs in found if customs is not None]


def _minutes(reminders: tuple[Reminder, ...]) -> tuple[int, ...]:
    return tuple(one.minutes_before for one in reminders)


def _text(account_id: AccountId) -> str:
    return f"{Following.ACCOUNT.value} {account_id}"
