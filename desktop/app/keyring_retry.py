"""KeyringRetry: a keyring that did not open at the start is asked again, and Parley begins anew."""

from pathlib import Path

from PySide6.QtCore import QObject

from desktop.app.first_look import FirstLook
from desktop.app.telling import tell
from desktop.app.vault import Vault
from desktop.domain.errors import AppError, KeyringError, KeyringState
from desktop.ui.error_texts import text_for


class KeyringRetry(QObject):
    """Offers it in the notice bar. The window closes by its own rules, so that nothing of this
    session is lost unasked; `wanted` says that another one is to come in its place.
    """

    def __init__(self, look: FirstLook, profile: Path) -> None:
        super().__init__(look.window)
        self._look, self._profile = look, profile
        self.wanted = False
        """The window closes only to be opened again with the user's own files."""

    def offer(self, why: KeyringError) -> None:
        """Say why nothing is kept, and offer to ask the keyring once more."""
        text, window = text_for(why), self._look.window
        window.notices.say(
            f"{text.title}. {text.body}",
            kind="warning",
            action=window.tr("Try again"),
            answer=self._try_again,
        )

    def on_stayed(self) -> None:
        """The user goes on with this session: it closes for good, or is asked again."""
        if self.wanted:
            self.wanted = False
            self._offer_to_open()

    def _try_again(self) -> None:
        self._look.tasks.start(
            Vault().open(self._profile),
            owner=self._look.window,
            done=self._on_opened,
            failed=self._on_failed,
        )

    def _on_opened(self, _key: bytes) -> None:
        self._open_anew()

    def _open_anew(self) -> None:
        self.wanted = True
        self._look.window.close()

    def _on_failed(self, error: AppError) -> None:
        if isinstance(error, KeyringError) and error.state is not KeyringState.EMPTY:
            self.offer(error)
        else:
            tell(self._look, error)

    def _offer_to_open(self) -> None:
        window = self._look.window
        window.notices.say(
            window.tr(
                "The keyring can be used now. What is kept till you close Parley stands in the "
                "way of opening your own data."
            ),
            kind="warning",
            action=window.tr("Open my data"),
            answer=self._open_anew,
        )
