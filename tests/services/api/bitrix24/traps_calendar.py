"""Traps 49 to 78: the calendar, and work without a network."""

from tests.services.api.bitrix24.named_tests import SYNC, at, b24, trap

CALENDAR = {
    49: trap(
        "dates in the portal's own spelling",
        *b24(
            "calendar",
            "formatted_times_are_english_whatever_the_locale",
            "the_portals_way_to_write_dates_is_found_out",
        ),
        *b24("account", "a_series_comes_as_its_occurrences_in_every_culture"),
    ),
    50: trap(
        "the instants of a series mean one thing or the other",
        *b24("calendar", "occurrences_are_the_same_under_every_reading_of_the_instants"),
    ),
    51: trap(
        "whole days end with their last day",
        *b24("calendar", "the_sample_of_an_all_day_event_has_days_with_an_open_end"),
        *b24("account", "all_day_events_stay_all_day_when_only_the_title_changes"),
    ),
    52: trap(
        "the offset is that of the first occurrence",
        *b24("calendar", "a_timed_event_is_read_as_the_instants_that_it_has"),
        *b24("wire_recurrence", "the_wall_clock_stays_over_both_changes_of_the_clocks"),
    ),
    53: trap(
        "the index of an occurrence depends on the question",
        *b24("account", "a_series_comes_as_its_occurrences_in_every_culture"),
        *at(SYNC + "test_plan.py", "occurrences_are_gathered_by_series"),
    ),
    54: trap("a calendar has no pages", *b24("account", "a_wide_span_is_read_in_parts")),
    55: trap(
        "a window with one end",
        *b24("traps", "every_window_of_a_calendar_has_both_ends"),
    ),
    56: trap(
        "a new title alone makes something else of an event",
        *b24("account", "all_day_events_stay_all_day_when_only_the_title_changes"),
        *b24("meetings", "a_new_title_keeps_the_colleagues_their_answers_and_the_options"),
    ),
    57: trap(
        "a meeting without colleagues loses them",
        *b24(
            "invited",
            "the_list_is_the_portals_with_our_adds_and_removes_and_always_its_host",
            "a_list_that_is_not_told_is_not_sent_so_that_it_stays",
        ),
    ),
    58: trap(
        "an old portal changes the whole series",
        *b24(
            "series",
            "a_portal_that_cannot_split_a_series_gets_it_back",
            "a_series_that_was_spoilt_before_its_answer_was_lost_is_mended",
        ),
    ),
    59: trap(
        "the clicked day moves the whole series",
        *b24("series", "all_of_a_series_move_with_its_first_one"),
    ),
    60: trap(
        "deleting one deletes all",
        *b24(
            "series",
            "the_following_are_deleted_by_an_end",
            "what_no_request_leaves_out_is_refused_without_one",
        ),
    ),
    61: trap(
        "the 31st rolls over",
        *b24("wire_recurrence", "the_portal_expands_what_can_be_stored_as_we_do"),
        *at(
            "services/test_series.py",
            "a_rule_that_the_portal_cannot_keep_is_refused_before_anything_is_stored",
        ),
    ),
    62: trap(
        "a rule comes back in another form",
        *b24("wire_recurrence", "a_rule_comes_back_as_it_was_sent"),
    ),
    63: trap(
        "everybody has a copy with a number of its own",
        *b24("invited", "everybody_answers_with_the_copy_of_their_own"),
        *b24(
            "meetings", "an_answer_is_given_with_the_number_of_the_own_copy_and_with_nothing_else"
        ),
    ),
    64: trap(
        "others cannot edit an organizer's meeting",
        *b24("meetings", "an_invitation_is_read_with_its_answers_and_cannot_be_edited"),
    ),
    65: trap(
        "flags change their types", *b24("calendar", "odd_values_are_read_as_the_reference_says")
    ),
    66: trap("entities in titles", *b24("plain", "a_title_is_one_line_decoded_once")),
    67: trap(
        "reminders that only the portal's pages know",
        *b24("account", "a_changed_event_is_sent_whole_and_keeps_what_we_cannot_show"),
        *b24("wire_customs", "reminders_are_taken_and_unknown_kinds_are_no_none"),
    ),
    68: trap(
        "zones that nobody here knows",
        *b24("calendar", "an_unknown_zone_is_told_by_its_offset_and_a_missing_one_is_the_users"),
    ),
    69: trap(
        "no written as a word, hours written as numbers",
        *b24("wire_customs", "hours_are_read_in_all_their_forms"),
        *b24("values", "everything_else_is_no"),
    ),
    70: trap(
        "calendars from elsewhere are for looking only",
        *b24("calendar", "events_of_a_calendar_without_the_right_to_change_are_read_only"),
        *b24(
            "shared_calendars",
            "a_calendar_that_may_only_be_looked_at_is_shown_and_not_written",
        ),
    ),
    71: trap(
        "a new user has no calendar",
        *b24("shared_calendars", "whoever_has_no_calendar_at_all_gets_one_with_the_first_event"),
    ),
}

OFFLINE = {
    72: trap(
        "clocks differ",
        *b24("account", "the_servers_clock_is_measured"),
        *b24("contacts_pull", "changes_are_asked_for_two_minutes_early_with_an_offset"),
    ),
    73: trap(
        "what follows a new record waits for its id",
        *at(
            SYNC + "test_delivery.py",
            "items_go_in_the_order_of_making_and_trouble_stops_its_own_item_only",
        ),
        *at(SYNC + "test_engine.py", "a_meeting_waits_for_its_contact_and_carries_its_server_id"),
    ),
    74: trap(
        "changes that have not left become one",
        *at(
            SYNC + "test_coalesce.py",
            "create_and_edit_become_one_create",
            "create_and_delete_cancel_each_other",
            "two_edits_become_one_with_the_first_base",
        ),
    ),
    75: trap(
        "both sides changed it",
        *at(SYNC + "test_engine.py", "both_sides_changing_one_field_asks_and_keeps_both"),
        *at(
            "journeys/test_both_sides.py",
            "when_both_sides_moved_it_both_versions_stay_until_one_is_chosen",
        ),
    ),
    76: trap(
        "killed between sending and the answer",
        *at(SYNC + "test_engine.py", "what_was_being_sent_when_the_program_died_is_looked_up"),
        *at("journeys/test_kills.py", "a_kill_before_every_step_loses_nothing_and_doubles_nothing"),
    ),
    77: trap(
        "the server's echo is no foreign change",
        *at(
            SYNC + "test_delivery.py",
            "the_servers_spelling_becomes_what_later_changes_stand_on",
        ),
        *at(SYNC + "test_merge.py", "trimmed_texts_and_line_ends_are_no_change"),
    ),
    78: trap(
        "a right is lost while something waits",
        *at(
            "journeys/test_errors.py",
            "a_change_that_is_refused_waits_for_its_user_and_the_others_go_on",
        ),
        *at("services/test_outbox.py", "a_parked_op_can_be_given_up_and_its_text_is_kept"),
    ),
}
