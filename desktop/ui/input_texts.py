"""What is wrong with an input and how to mend it, for the line beside the field."""

from PySide6.QtCore import QCoreApplication

from desktop.domain.errors import Field, InvalidInputError

_TEXTS: dict[tuple[Field, str], str] = {
    (Field.TITLE, "empty"): "Give the meeting a title.",
    (Field.TITLE, "too long"): "Shorten the title to 255 characters.",
    (Field.START, "unreadable"): "Write a time such as 14:30, 1430 or 2pm.",
    (Field.START, "unreadable date"): "Write a date such as 19 Nov, Thu or tomorrow.",
    (Field.START, "no all-day events"): "This account has no events of whole days.",
    (Field.START, "skipped"): "The clocks skip this hour on that day. Choose another time.",
    (Field.END, "unreadable"): "Write a time such as 15:30, or a length such as +45m.",
    (Field.END, "before start"): "The end is before the start. Choose a later end.",
    (Field.TIME_ZONE, "unknown"): "Choose a time zone from the list.",
    (Field.CONTACT, "empty"): "Choose the contact whom the meeting is with.",
    (Field.CONTACT, "gone"): "This contact was removed. Choose another one.",
    (Field.CONTACT, "other account"): "This contact belongs to another account than the calendar.",
    (Field.CONTACT, "unreachable"): "This contact has no phone number and no e-mail address.",
    (Field.CONTACT, "no phone"): "This contact has no phone number to call.",
    (Field.REPEAT, "no series"): "This account cannot keep a meeting that repeats.",
    (Field.REPEAT, "not storable"): "Bitrix24 cannot keep this rule. Choose another one.",
    (Field.REPEAT, "never"): "With this end it never takes place. Choose a later one.",
    (Field.CALENDAR, "empty"): "Choose a calendar.",
    (Field.CALENDAR, "missing"): "Choose a calendar.",
    (Field.CALENDAR, "none"): (
        "There is no calendar to write to. If none comes with the sync, ask your administrator for "
        "the permission calendar."
    ),
    (Field.CALENDAR, "series stays"): (
        "A meeting that repeats stays in its account. Choose one of its calendars."
    ),
    (Field.CALENDAR, "no calls"): "This account cannot store calls. Choose another calendar.",
    (Field.CALENDAR, "read only"): "This calendar cannot be written. Choose another one.",
    (Field.NAME, "empty"): "Write at least a given name, a family name or a company.",
    (Field.COMMENT, "empty"): "Write what there is to remember.",
    (Field.PHONE, "invalid"): "Write the number with at least five digits.",
    (Field.PHONE, "not a number"): "Write the number with at least five digits.",
    (Field.EMAIL, "invalid"): "Write an address such as anna@example.com.",
    (Field.FILE, "unreadable"): "The file cannot be read as what its name says.",
    (Field.FILE, "too large"): "The file is larger than 10 MB. Split it first.",
    (Field.FILE, "empty"): "There is nothing in this file.",
    (Field.FILE, "unknown kind"): "Parley reads .ics, .vcf and .csv files. Choose one of those.",
    (Field.WEBHOOK, "empty"): "Paste the webhook address from Bitrix24.",
    (Field.WEBHOOK, "too long"): "This is too long for an address. Copy only the webhook's line.",
    (Field.WEBHOOK, "only a code"): (
        "This is only the secret code. Copy the whole address, which begins with https://."
    ),
    (Field.WEBHOOK, "not a link"): (
        "This is no web address yet. It looks like https://company.bitrix24.com/rest/7/…/"
    ),
    (Field.WEBHOOK, "other page"): (
        "This is another page of Bitrix24. The webhook's address has /rest/ in the middle."
    ),
    (Field.WEBHOOK, "app address"): (
        "This is an app's address, without user and code. Make an incoming webhook instead."
    ),
    (Field.WEBHOOK, "no user"): "The user's number is missing: it stands after /rest/.",
    (Field.WEBHOOK, "no secret"): (
        "The secret code at the end is missing or cut off. Copy the whole address again."
    ),
    (Field.PORTAL, "empty"): "Type the address of your portal, such as company.bitrix24.com.",
    (Field.PORTAL, "too long"): "This is too long for an address. Type only the portal's name.",
    (Field.PORTAL, "not a link"): (
        "This is no web address yet. It looks like company.bitrix24.com or crm.company.com/portal"
    ),
    (Field.APP_ID, "empty"): "Paste the application ID (client_id) from Bitrix24.",
    (Field.APP_ID, "unreadable"): (
        "This is no application ID. It looks like local.650b1d4c5e6f71.12345678"
    ),
    (Field.APP_ID, "secret"): (
        "This looks like the key of the application. The ID looks like "
        "local.650b1d4c5e6f71.12345678"
    ),
    (Field.APP_KEY, "empty"): "Paste the application key (client_secret) from Bitrix24.",
    (Field.APP_KEY, "unreadable"): (
        "This is no application key: it is one word of letters and digits. Copy it once more."
    ),
    (Field.APP_KEY, "id"): ("This is the application's ID. The key stands below it in Bitrix24."),
    (Field.SIGN_IN_CODE, "empty"): "Paste the whole address of the page, or the code on it.",
    (Field.SIGN_IN_CODE, "unreadable"): (
        "There is no code in this. Copy the whole address from the browser's address bar."
    ),
    (Field.SIGN_IN_CODE, "too early"): (
        "Sign in with the browser first: a code belongs to the page that Parley opens."
    ),
    (Field.PORT, "invalid"): "Choose a port from 1024 to 65535.",
    (Field.PORT, "taken"): (
        "Another program uses this port. Choose another one, and write it into the application's "
        "address in Bitrix24, too."
    ),
}

_GENERAL: dict[Field, str] = {
    Field.REPEAT: "Check how it repeats.",
    Field.TITLE: "Check the title.",
    Field.START: "Check the start.",
    Field.END: "Check the end.",
    Field.TIME_ZONE: "Check the time zone.",
    Field.CONTACT: "Check the contact.",
    Field.CALENDAR: "Check the calendar.",
    Field.WEBHOOK: "Paste the whole address, such as https://company.bitrix24.com/rest/7/…/",
    Field.NAME: "Check the name.",
    Field.PHONE: "Check the phone number.",
    Field.EMAIL: "Check the e-mail address.",
    Field.FILE: "Check the file.",
    Field.COMMENT: "Check the comment.",
    Field.PORTAL: "Check the address of the portal.",
    Field.APP_ID: "Check the application ID.",
    Field.APP_KEY: "Check the application key.",
    Field.SIGN_IN_CODE: "Check the code.",
    Field.PORT: "Check the port.",
}


def problem_text(field: Field, problem: str) -> str:
    """The sentence for a problem of a field; a general one where there is no better."""
    text = _TEXTS.get((field, problem), _GENERAL[field])
    return QCoreApplication.translate("inputs", text)


def input_text(error: InvalidInputError) -> str:
    """The sentence for an input that was refused."""
    return problem_text(error.field, error.problem)
