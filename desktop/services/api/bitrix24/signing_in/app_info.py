"""``app.info``: what the portal says of the application, and of its own plan."""

from dataclasses import dataclass

from desktop.services.api.bitrix24.values import as_flag, as_text

USUAL_PER_S, ENTERPRISE_PER_S = 2.0, 5.0
"""Requests a second that the portal allows one address for ever (its plan decides)."""


@dataclass(frozen=True, slots=True)
class AppInfo:
    """Nothing is known where the portal does not tell."""

    enterprise: bool = False
    installed: bool = True
    """Otherwise only administrators may use the application yet."""
    payment_expired: bool = False

    @property
    def most_per_s(self) -> float:
        """How fast one may go on for ever."""
        return ENTERPRISE_PER_S if self.enterprise else USUAL_PER_S


def app_info(told: object) -> AppInfo:
    """An answer of ``app.info``; the odd form that some releases give a webhook tells nothing."""
    if not isinstance(told, dict):
        return AppInfo()
    family = as_text(told.get("LICENSE_FAMILY")).lower()
    return AppInfo(
        enterprise=family.startswith("ent"),
        installed=as_flag(told.get("INSTALLED", True)),
        payment_expired=as_flag(told.get("PAYMENT_EXPIRED", "N")),
    )
