"""What the window says of an error that nobody answered where it happened."""

from desktop.app.first_look import FirstLook
from desktop.domain.errors import KeyringError
from desktop.ui.error_texts import Remedy, text_for
from desktop.ui.widgets.banner import NoticeKind


def tell(look: FirstLook, error: BaseException) -> None:
    """Say it in the notice bar, with the one thing to do about it where there is one."""
    text = text_for(error)
    kind: NoticeKind = "warning" if isinstance(error, KeyringError) else "error"
    sentence = f"{text.title}. {text.body}"
    if text.remedy is Remedy.SHOW_OUTBOX:
        look.window.notices.say(
            sentence,
            kind=kind,
            action=look.window.tr("Show"),
            answer=look.actions.show_outbox.trigger,
        )
        return
    look.window.notices.say(sentence, kind=kind)
