"""Traps 26 to 48: contacts and activities."""

from tests.services.api.bitrix24.named_tests import SYNC, at, b24, trap

CONTACTS = {
    26: trap(
        "numbers come only where they are named",
        *b24("traps", "numbers_and_addresses_are_asked_for_by_name"),
    ),
    27: trap(
        "everything is not all",
        *b24("traps", "numbers_and_addresses_are_asked_for_by_name"),
        *b24("crm_names", "only_everything_brings_all_numbers"),
    ),
    28: trap(
        "unknown filters are dropped and let everything through",
        *at("servers/test_shapes.py", "a_filter_may_only_name_fields_that_the_portal_knows"),
        *b24("account", "a_portal_that_ignores_the_markers_key_is_not_believed"),
        *b24("contacts_pull", "a_filter_that_is_ignored_does_not_run_for_ever"),
    ),
    29: trap(
        "numbers written back are doubled or deleted",
        *b24(
            "wire_contacts",
            "only_changed_entries_travel_each_with_id_and_value",
            "no_entry_ever_travels_with_an_id_and_nothing_else",
        ),
        *b24("crm_names", "a_changed_item_is_sent_as_the_sample_says"),
    ),
    30: trap(
        "numbers are found only as they are written",
        *b24("wire_crm", "a_number_is_asked_for_as_others_may_have_written_it"),
        *at("domain/test_phonedigits.py", "one_number_in_every_format"),
    ),
    31: trap(
        "the search for duplicates has its own bounds",
        *b24("traps", "the_search_for_duplicates_stays_in_its_bounds"),
        *b24("dossiers", "whoever_has_the_number_or_the_address_is_found"),
    ),
    32: trap(
        "what was deleted is in no list of changes",
        *b24("contacts_pull", "a_sweep_tells_who_exists"),
        *at(SYNC + "test_engine.py", "a_deleted_contact_goes_after_a_sweep_and_a_question"),
    ),
    33: trap(
        "losing a right looks like a deletion",
        *b24("account", "no_right_to_a_record_is_not_its_absence"),
        *b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    ),
    34: trap(
        "a contact has more companies than one",
        *b24("dossiers", "companies_come_with_their_names"),
    ),
    35: trap(
        "dates that are instants shift by a day",
        *b24("wire_crm", "a_crm_date_is_the_day_that_was_meant"),
        *b24("dossiers", "own_fields_are_described_and_read"),
    ),
    36: trap(
        "a deadline in the year 9999",
        *b24("wire_activity", "the_sample_list_has_a_to_do_without_a_deadline_to_stand_at"),
        *b24("values", "an_instant_has_an_offset_and_a_year_that_can_be"),
    ),
    37: trap(
        "marked-up comments",
        *b24(
            "plain",
            "html_loses_its_tags_and_entities_are_decoded_once",
            "bb_code_goes_and_other_brackets_stay",
        ),
    ),
    38: trap(
        "ids are texts here and numbers there",
        *b24("values", "numbers_come_in_many_spellings"),
        *b24("crm_names", "the_sample_item_reads_as_the_sample_card"),
    ),
}

ACTIVITIES = {
    39: trap("an empty code", *b24("refusals", "without_a_code_the_text_decides")),
    40: trap(
        "exactly one way to reach somebody, and somebody responsible",
        *b24(
            "account",
            "booking_reads_the_contact_and_sends_every_field",
            "nobody_to_reach_is_told_before_anything_is_written",
        ),
        *at(
            "journeys/test_book.py",
            "the_contacts_responsible_of_the_moment_gets_the_meeting",
            "a_number_typed_for_somebody_without_one_is_stored_before_the_meeting",
        ),
    ),
    41: trap(
        "a deadline that is ignored",
        *b24("account", "a_move_sends_both_times_and_nothing_else"),
        *b24("traps", "a_meeting_is_never_sent_a_deadline"),
    ),
    42: trap(
        "a meeting makes its event itself",
        *b24("account", "a_meeting_and_its_calendar_event_are_one_record"),
        *b24("traps", "a_completed_meeting_keeps_its_event_and_is_one_record"),
        *at(
            "journeys/test_book.py",
            "an_activity_and_the_event_that_it_causes_are_one_on_the_screen",
        ),
    ),
    43: trap(
        "an update clears what it leaves out",
        *b24("todos", "each_change_is_sent_by_the_method_that_changes_nothing_else"),
    ),
    44: trap(
        "a completed to-do cannot be changed",
        *b24("todos", "a_closed_to_do_is_opened_for_a_change_and_closed_again"),
    ),
    45: trap(
        "bindings double rows and change owners",
        *b24("traps", "an_activity_of_two_records_is_told_once"),
        *b24("account", "another_contact_becomes_the_owner"),
    ),
    46: trap(
        "no key is unique",
        *b24(
            "account",
            "a_create_whose_answer_is_lost_is_found_by_its_marker",
            "a_request_that_arrived_twice_shows_twice_lowest_id_first",
        ),
        *at("journeys/test_exactly_once.py", "a_hundred_lost_answers_make_a_hundred_meetings"),
    ),
    47: trap(
        "the numbers of the kinds of description",
        *b24("wire_activity", "descriptions_become_plain_text_by_their_type"),
        *b24("account", "booking_reads_the_contact_and_sends_every_field"),
    ),
    48: trap(
        "outdated methods without a successor",
        *b24("account", "what_a_portal_does_not_know_is_not_offered"),
        *b24("new_family", "the_family_is_probed_once_and_remembered"),
    ),
}
