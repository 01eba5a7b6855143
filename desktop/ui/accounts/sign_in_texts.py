"""Why signing in through the browser failed, and which step mends it."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import AppError, InvalidInputError, SignInError, SignInProblem
from desktop.services.sign_in.app_sign_in import Page, Pages
from desktop.ui.error_texts import ErrorText, text_for
from desktop.ui.input_texts import input_text

_PROBLEMS: dict[SignInProblem, tuple[str, str]] = {
    SignInProblem.OTHER_STATE: (
        "This answer belongs to another sign-in",
        "It is from an earlier try. Use the page that Parley has opened last.",
    ),
    SignInProblem.OTHER_PORTAL: (
        "Another portal has answered",
        (
            "Its address is not the one above. If it is your portal's, enter it above and sign in "
            "once more. The application's key was not sent to it."
        ),
    ),
    SignInProblem.STRANGE_SERVER: (
        "The portal names a sign-in server that is not Bitrix24's",
        "The application's key was not sent there. Tell your administrator.",
    ),
    SignInProblem.NOT_ALLOWED: (
        "The portal did not let you in",
        (
            "You said no on its page, or your administrator has not given you access to the "
            "application. Ask for access, then sign in once more."
        ),
    ),
    SignInProblem.CODE_EXPIRED: (
        "The code was too old, or was used already",
        "It is good for half a minute and for one sign-in. Open the browser once more.",
    ),
    SignInProblem.WRONG_APPLICATION: (
        "The portal does not know this application",
        (
            "Compare application ID and key with those in Bitrix24, and ask your administrator "
            "whether the application is installed on this portal."
        ),
    ),
    SignInProblem.NO_SCOPES: (
        "The application has no permissions",
        (
            "Ask your administrator to tick CRM (crm), Calendar (calendar) and Users (user) in "
            "the application's settings, then sign in once more."
        ),
    ),
    SignInProblem.NOT_PAID: (
        "The application's or the portal's paid time is over",
        "Ask your administrator to renew it, then sign in once more.",
    ),
    SignInProblem.TIMED_OUT: (
        "Nobody came back from the browser",
        (
            "If its page shows an error, compare the application ID; if it shows nothing, paste "
            "its address. Then open the browser once more."
        ),
    ),
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Accounts", text)


def sign_in_text(error: SignInError) -> ErrorText:
    """What happened and what to do now; the server's words are in the details only."""
    title, body = _PROBLEMS[error.problem]
    about = f" ({error.subject})" if error.subject else ""
    details = " ".join(part for part in (error.code, error.text) if part)
    return ErrorText(_tr(title) + about, _tr(body), details=details)


def pasted_text(error: AppError) -> str:
    """What is wrong with what was pasted, for the line below it."""
    if isinstance(error, InvalidInputError):
        return input_text(error)
    text = sign_in_text(error) if isinstance(error, SignInError) else text_for(error)
    return text.line


def browser_pages() -> Pages:
    """What the browser shows when it has brought an answer."""
    return Pages(
        Page(_tr("Back to Parley"), _tr("Parley goes on from here. You can close this page.")),
        Page(
            _tr("Parley was not waiting for this"),
            _tr("The page is too old or was opened twice. Go back to Parley and start once more."),
        ),
    )
