"""Giving memory back works on every system, as often as one likes."""

from desktop.services.platform.memory import give_back


def test_it_may_be_called_at_any_time() -> None:
    give_back()
    give_back()
