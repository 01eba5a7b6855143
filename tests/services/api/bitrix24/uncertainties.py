"""What the vendor's documentation leaves open, by number: a probe, or a reader for every answer."""

from dataclasses import dataclass

from tests.services.api.bitrix24.named_tests import at, b24


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """The question, what is done whatever the answer, and the tests (``file::test``)."""

    question: str
    answer: str
    shown_by: tuple[str, ...]


_SWITCHED = b24(
    "switches",
    "what_stands_there_is_seen_the_same",
    "a_booking_is_kept_changed_moved_and_deleted",
)
"""Run on an emulated portal with each of its switches in each position."""

UNCERTAINTIES: dict[int, Uncertainty] = {
    1: Uncertainty(
        "whether a portal leads the browser back to this computer",
        "remembered by portal at the first sign-in; pasting is offered beside it always",
        (
            *at(
                "services/sign_in/test_signing_in.py",
                "an_applications_account_has_its_key_and_one_pair",
            ),
            *at(
                "app/test_connecting.py",
                "the_browser_brings_the_code_and_the_account_works",
                "the_address_or_the_code_can_be_pasted",
            ),
        ),
    ),
    2: Uncertainty(
        "whether a new activity is found by its key at once",
        "absence counts only after the settle time, and by a search that has found something once",
        at(
            "services/sync/test_delivery.py",
            "absence_is_only_concluded_from_a_search_that_began_after_the_settle_time",
            "absence_is_not_concluded_from_a_search_that_was_never_proved",
        ),
    ),
    3: Uncertainty(
        "how windows are expanded and what the instants of a series mean",
        "wall clocks are read, both ends are sent, the index is not looked at",
        (
            *_SWITCHED,
            *b24("calendar", "occurrences_are_the_same_under_every_reading_of_the_instants"),
        ),
    ),
    4: Uncertainty(
        "what busy times tell of a series, and how absences are numbered",
        "the same reader for every reading; what cannot be told apart is not called free",
        (
            *b24("accessibility", "a_series_takes_its_own_times_under_every_reading"),
            *b24("switches", "a_colleagues_time_is_taken_the_same"),
            *b24("wire_busy", "what_does_not_tell_when_makes_nobody_free"),
        ),
    ),
    5: Uncertainty(
        "whether an update keeps what it does not name",
        "everything is sent again with each update",
        (
            *_SWITCHED,
            *b24("account", "a_changed_event_is_sent_whole_and_keeps_what_we_cannot_show"),
        ),
    ),
    6: Uncertainty(
        "whether one occurrence can be taken out",
        "it is cut out, deleted and looked for; what came back is said",
        (
            *b24("switches", "a_series_is_kept_and_changed_as_a_whole"),
            *at("services/test_series.py", "one_of_a_series_is_cut_out_deleted_and_looked_for"),
            *at(
                "journeys/test_series.py",
                "what_was_changed_alone_stays_and_a_portal_that_doubles_it_is_told_of",
            ),
        ),
    ),
    7: Uncertainty(
        "how a to-do keeps calendar, colleagues and other settings",
        "what is read from it is written back; a release without settings loses nothing",
        b24(
            "todos",
            "a_new_title_keeps_the_event_of_a_to_do",
            "a_release_without_such_settings_loses_nothing_that_it_has",
        ),
    ),
    8: Uncertainty(
        "whether an event with links makes an activity, and an old release an event for calls",
        "both are paired by owner, times, title and links, and shown as one",
        (
            *_SWITCHED,
            *b24("todos", "an_event_with_links_is_one_record_whatever_the_portal_makes_of_it"),
            *b24("traps", "a_completed_meeting_keeps_its_event_and_is_one_record"),
        ),
    ),
    9: Uncertainty(
        "which HTTP statuses come with which errors",
        "the code decides",
        b24("refusals", "the_code_decides_whatever_its_case"),
    ),
    10: Uncertainty(
        "whether a contact counts as changed when only a number is",
        "the card is read anew before it is booked with",
        b24("account", "the_fresh_card_is_used_and_the_cache_where_it_cannot_be_read"),
    ),
    11: Uncertainty(
        "which lists can be read without being counted",
        "a chain of pages ends with a short page, and one that does not heed its bounds stops",
        b24(
            "contacts_pull",
            "a_filter_that_is_ignored_does_not_run_for_ever",
            "every_size_is_read_wholly",
        ),
    ),
    12: Uncertainty(
        "how a private event is marked",
        "every spelling of yes is one",
        (*_SWITCHED, *b24("values", "yes_in_every_spelling", "everything_else_is_no")),
    ),
    13: Uncertainty(
        "how long titles and descriptions may be",
        "a title is cut; what is refused waits for its user with the portal's words",
        (
            *b24("account", "a_long_title_is_cut_and_an_empty_one_never_sent"),
            *at(
                "journeys/test_errors.py",
                "a_change_that_is_refused_waits_for_its_user_and_the_others_go_on",
            ),
        ),
    ),
    14: Uncertainty(
        "whether an answer to an invitation makes another version",
        "the answers themselves are part of what is compared",
        b24("meetings", "a_colleagues_answer_makes_another_revision_whatever_the_version"),
    ),
    15: Uncertainty(
        "whether a meeting may be with an address of e-mail, and what a wrong one answers",
        "a number is preferred; a refusal is told as what it is",
        (
            *b24("account", "an_address_does_for_a_meeting_but_not_for_a_call"),
            *b24("refusals", "without_a_code_the_text_decides"),
        ),
    ),
    16: Uncertainty(
        "which day a date is on a server west of Greenwich",
        "the day whose midnight is nearest",
        b24("wire_crm", "a_crm_date_is_the_day_that_was_meant"),
    ),
    17: Uncertainty(
        "which names the newer methods take, and how they refuse what they lack",
        "their own names only, every number with its type, both codes for what there is not",
        (
            *b24("crm_names", "a_changed_item_is_sent_as_the_sample_says"),
            *b24("new_family", "the_family_is_probed_once_and_remembered"),
            *b24("refusals", "the_code_decides_whatever_its_case"),
        ),
    ),
    18: Uncertainty(
        "who owns an activity after its owner was unbound",
        "it is read again after each change of its people",
        b24("account", "another_contact_becomes_the_owner"),
    ),
}
