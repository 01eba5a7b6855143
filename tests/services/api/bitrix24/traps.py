"""The traps of a Bitrix24 client, by number, and the tests that show each of them avoided."""

from dataclasses import dataclass

_HERE = "services/api/bitrix24/"
_API = "services/api/"
_SYNC = "services/sync/"


@dataclass(frozen=True, slots=True)
class Trap:
    """What could go wrong, and where it is shown that it does not (``file::test``)."""

    about: str
    shown_by: tuple[str, ...]


def _trap(about: str, *shown_by: str) -> Trap:
    return Trap(about, shown_by)


def _b24(module: str, *tests: str) -> tuple[str, ...]:
    return tuple(f"{_HERE}test_{module}.py::test_{test}" for test in tests)


def _at(file: str, *tests: str) -> tuple[str, ...]:
    return tuple(f"{file}::test_{test}" for test in tests)


TRANSPORT = {
    1: _trap(
        "the error's code decides, never the HTTP status",
        *_b24("refusals", "the_code_decides_whatever_its_case"),
        *_b24("envelope", "an_error_is_a_key_not_a_truth"),
    ),
    2: _trap(
        "an error may be empty, a number, a sentence or an object",
        *_b24("envelope", "an_error_is_a_key_not_a_truth"),
    ),
    3: _trap(
        "failures inside a batch of status 200",
        *_b24("envelope", "a_batch_tells_successes_refusals_and_what_was_not_run"),
        *_at("journeys/test_errors.py", "an_error_inside_an_answer_of_200_is_an_error"),
    ),
    4: _trap(
        "maps that come as lists",
        *_b24(
            "envelope",
            "the_empty_maps_of_a_batch_come_as_lists",
            "maps_that_count_from_zero_come_as_lists_with_content",
        ),
        *_b24("batch", "a_batch_has_at_most_fifty_commands_with_names_that_are_no_numbers"),
    ),
    5: _trap(
        "a missing reference is whatever lies nearest",
        *_b24(
            "contacts_pull", "every_size_is_read_wholly", "many_changes_are_read_to_the_last_one"
        ),
        *_b24("traps", "nothing_is_ever_written_inside_a_batch"),
    ),
    6: _trap(
        "special characters in the commands of a batch",
        *_b24("batch", "every_text_arrives_as_it_was", "any_text_arrives_as_value_and_as_key"),
    ),
    7: _trap(
        "text that looks like a reference",
        *_b24("traps", "a_text_that_looks_like_a_reference_arrives_as_it_was"),
    ),
    8: _trap(
        "types vanish in the commands of a batch",
        *_b24("batch", "types_are_lost_in_the_portals_way"),
    ),
    9: _trap(
        "a redirect makes a GET of a POST",
        *_at(_API + "test_http.py", "redirects_are_never_followed"),
        *_b24("account", "a_moved_portal_gets_nothing_and_is_named"),
    ),
    10: _trap(
        "a page of HTML instead of data",
        *_b24("account", "answers_that_are_none_are_unknown"),
        *_at("ui/test_error_texts.py", "a_page_is_told_apart_from_a_cut_answer"),
    ),
    11: _trap(
        "an office shares one budget",
        *_at(
            "day/test_day.py",
            "a_day_with_a_large_portal_causes_no_limit_error",
            "two_users_behind_one_address_stay_within_its_one_bucket",
        ),
        *_at(_API + "test_limits.py", "background_requests_leave_once_a_second"),
    ),
    12: _trap(
        "execution time is counted by method",
        *_b24("account", "a_blocked_method_waits_until_its_time_is_reset"),
        *_at(
            _API + "test_limits.py",
            "execution_time_near_the_limit_spares_the_method_in_the_background",
        ),
    ),
    13: _trap(
        "not carried out is not the same as unknown",
        *_at(_API + "test_http.py", "nothing_sent_is_offline_and_everything_else_unknown"),
        *_at(
            "journeys/test_errors.py",
            "what_passes_is_waited_for_and_what_is_unknown_is_looked_up",
            "an_answer_that_is_lost_makes_exactly_one_meeting",
        ),
    ),
    14: _trap(
        "requests are cut after a minute",
        *_b24("traps", "an_answer_is_waited_for_longer_than_a_portal_works"),
        *_b24("contacts_pull", "a_long_chain_that_is_cut_off_is_asked_for_in_a_shorter_one"),
        *_b24("account", "deleting_twice_is_done_twice"),
    ),
    15: _trap(
        "the time block has many shapes",
        *_b24(
            "envelope",
            "an_odd_time_never_fails_an_answer",
            "the_servers_time_is_taken_where_it_is_told",
        ),
    ),
    16: _trap(
        "proxies, own authorities, ports and sub-paths",
        *_at(
            _API + "test_http.py",
            "the_proxy_of_the_environment_is_used",
            "ssl_cert_file_names_further_authorities",
        ),
        *_b24("address", "a_webhook_is_read_in_every_shape"),
    ),
}

SIGN_IN = {
    17: _trap("tokens renewed by the clock", *_b24("app_access", "a_good_token_is_never_renewed")),
    18: _trap(
        "renewals side by side",
        *_b24(
            "app_access",
            "a_burst_of_fifty_expired_calls_renews_once",
            "the_new_pair_is_kept_before_it_is_used_and_the_old_one_goes_after",
        ),
    ),
    19: _trap(
        "the application's secret sent to a stranger",
        *_b24("oauth_server", "the_secret_goes_to_nobody_else"),
        *_b24("app_access", "the_secret_goes_to_no_server_that_is_not_the_one_told"),
    ),
    20: _trap(
        "one word for the portal and for the sign-in server",
        *_b24("portal_address", "an_endpoint_tells_its_portal"),
        *_b24("app_access", "a_pair_of_another_portal_is_not_used"),
    ),
    21: _trap(
        "a code lives for half a minute",
        *_at("ui/accounts/test_app_page.py", "a_pasted_address_goes_on_by_itself"),
        *_at("app/test_connecting.py", "the_address_or_the_code_can_be_pasted"),
    ),
    22: _trap(
        "a webhook becomes somebody else's",
        *_b24("account", "a_webhook_that_changed_its_owner_stops_the_account"),
        *_at(
            "journeys/test_both_sides.py",
            "a_webhook_that_became_somebody_elses_writes_nothing_in_their_name",
        ),
    ),
    23: _trap(
        "scopes are incomplete",
        *_b24("refusals", "the_missing_permission_comes_from_the_methods_name"),
        *_b24("account", "what_a_portal_does_not_know_is_not_offered"),
        *_at("ui/test_error_texts.py", "a_missing_scope_is_named"),
    ),
    24: _trap(
        "a webhook calls what is for applications",
        *_b24(
            "cards",
            "by_webhook_a_card_is_shown_and_cannot_be_changed",
            "a_webhook_that_tries_is_refused_for_good",
        ),
    ),
    25: _trap(
        "secrets in logs and errors",
        *_b24("account", "no_secret_is_logged_or_carried_by_an_error"),
        *_b24("oauth_server", "no_failure_tells_a_secret"),
        *_at("app/test_masks.py", "no_secret_is_left"),
    ),
}

CONTACTS = {
    26: _trap(
        "numbers come only where they are named",
        *_b24("traps", "numbers_and_addresses_are_asked_for_by_name"),
    ),
    27: _trap(
        "everything is not all",
        *_b24("traps", "numbers_and_addresses_are_asked_for_by_name"),
        *_b24("crm_names", "only_everything_brings_all_numbers"),
    ),
    28: _trap(
        "unknown filters are dropped and let everything through",
        *_at("servers/test_shapes.py", "a_filter_may_only_name_fields_that_the_portal_knows"),
        *_b24("account", "a_portal_that_ignores_the_markers_key_is_not_believed"),
        *_b24("contacts_pull", "a_filter_that_is_ignored_does_not_run_for_ever"),
    ),
    29: _trap(
        "numbers written back are doubled or deleted",
        *_b24(
            "wire_contacts",
            "only_changed_entries_travel_each_with_id_and_value",
            "no_entry_ever_travels_with_an_id_and_nothing_else",
        ),
        *_b24("crm_names", "a_changed_item_is_sent_as_the_sample_says"),
    ),
    30: _trap(
        "numbers are found only as they are written",
        *_b24("wire_crm", "a_number_is_asked_for_as_others_may_have_written_it"),
        *_at("domain/test_phonedigits.py", "one_number_in_every_format"),
    ),
    31: _trap(
        "the search for duplicates has its own bounds",
        *_b24("traps", "the_search_for_duplicates_stays_in_its_bounds"),
        *_b24("dossiers", "whoever_has_the_number_or_the_address_is_found"),
    ),
    32: _trap(
        "what was deleted is in no list of changes",
        *_b24("contacts_pull", "a_sweep_tells_who_exists"),
        *_at(_SYNC + "test_engine.py", "a_deleted_contact_goes_after_a_sweep_and_a_question"),
    ),
    33: _trap(
        "losing a right looks like a deletion",
        *_b24("account", "no_right_to_a_record_is_not_its_absence"),
        *_b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    ),
    34: _trap(
        "a contact has more companies than one",
        *_b24("dossiers", "companies_come_with_their_names"),
    ),
    35: _trap(
        "dates that are instants shift by a day",
        *_b24("wire_crm", "a_crm_date_is_the_day_that_was_meant"),
        *_b24("dossiers", "own_fields_are_described_and_read"),
    ),
    36: _trap(
        "a deadline in the year 9999",
        *_b24("wire_activity", "the_sample_list_has_a_to_do_without_a_deadline_to_stand_at"),
        *_b24("values", "an_instant_has_an_offset_and_a_year_that_can_be"),
    ),
    37: _trap(
        "marked-up comments",
        *_b24(
            "plain",
            "html_loses_its_tags_and_entities_are_decoded_once",
            "bb_code_goes_and_other_brackets_stay",
        ),
    ),
    38: _trap(
        "ids are texts here and numbers there",
        *_b24("values", "numbers_come_in_many_spellings"),
        *_b24("crm_names", "the_sample_item_reads_as_the_sample_card"),
    ),
}

ACTIVITIES = {
    39: _trap("an empty code", *_b24("refusals", "without_a_code_the_text_decides")),
    40: _trap(
        "exactly one way to reach somebody, and somebody responsible",
        *_b24(
            "account",
            "booking_reads_the_contact_and_sends_every_field",
            "nobody_to_reach_is_told_before_anything_is_written",
        ),
        *_at(
            "journeys/test_book.py",
            "the_contacts_responsible_of_the_moment_gets_the_meeting",
            "a_number_typed_for_somebody_without_one_is_stored_before_the_meeting",
        ),
    ),
    41: _trap(
        "a deadline that is ignored",
        *_b24("account", "a_move_sends_both_times_and_nothing_else"),
        *_b24("traps", "a_meeting_is_never_sent_a_deadline"),
    ),
    42: _trap(
        "a meeting makes its event itself",
        *_b24("account", "a_meeting_and_its_calendar_event_are_one_record"),
        *_b24("traps", "a_completed_meeting_keeps_its_event_and_is_one_record"),
        *_at(
            "journeys/test_book.py",
            "an_activity_and_the_event_that_it_causes_are_one_on_the_screen",
        ),
    ),
    43: _trap(
        "an update clears what it leaves out",
        *_b24("todos", "each_change_is_sent_by_the_method_that_changes_nothing_else"),
    ),
    44: _trap(
        "a completed to-do cannot be changed",
        *_b24("todos", "a_closed_to_do_is_opened_for_a_change_and_closed_again"),
    ),
    45: _trap(
        "bindings double rows and change owners",
        *_b24("traps", "an_activity_of_two_records_is_told_once"),
        *_b24("account", "another_contact_becomes_the_owner"),
    ),
    46: _trap(
        "no key is unique",
        *_b24(
            "account",
            "a_create_whose_answer_is_lost_is_found_by_its_marker",
            "a_request_that_arrived_twice_shows_twice_lowest_id_first",
        ),
        *_at("journeys/test_exactly_once.py", "a_hundred_lost_answers_make_a_hundred_meetings"),
    ),
    47: _trap(
        "the numbers of the kinds of description",
        *_b24("wire_activity", "descriptions_become_plain_text_by_their_type"),
        *_b24("account", "booking_reads_the_contact_and_sends_every_field"),
    ),
    48: _trap(
        "outdated methods without a successor",
        *_b24("account", "what_a_portal_does_not_know_is_not_offered"),
        *_b24("new_family", "the_family_is_probed_once_and_remembered"),
    ),
}

CALENDAR = {
    49: _trap(
        "dates in the portal's own spelling",
        *_b24(
            "calendar",
            "formatted_times_are_english_whatever_the_locale",
            "the_portals_way_to_write_dates_is_found_out",
        ),
        *_b24("account", "a_series_comes_as_its_occurrences_in_every_culture"),
    ),
    50: _trap(
        "the instants of a series mean one thing or the other",
        *_b24("calendar", "occurrences_are_the_same_under_every_reading_of_the_instants"),
    ),
    51: _trap(
        "whole days end with their last day",
        *_b24("calendar", "the_sample_of_an_all_day_event_has_days_with_an_open_end"),
        *_b24("account", "all_day_events_stay_all_day_when_only_the_title_changes"),
    ),
    52: _trap(
        "the offset is that of the first occurrence",
        *_b24("calendar", "a_timed_event_is_read_as_the_instants_that_it_has"),
        *_b24("wire_recurrence", "the_wall_clock_stays_over_both_changes_of_the_clocks"),
    ),
    53: _trap(
        "the index of an occurrence depends on the question",
        *_b24("account", "a_series_comes_as_its_occurrences_in_every_culture"),
        *_at(_SYNC + "test_plan.py", "occurrences_are_gathered_by_series"),
    ),
    54: _trap("a calendar has no pages", *_b24("account", "a_wide_span_is_read_in_parts")),
    55: _trap(
        "a window with one end",
        *_b24("traps", "every_window_of_a_calendar_has_both_ends"),
    ),
    56: _trap(
        "a new title alone makes something else of an event",
        *_b24("account", "all_day_events_stay_all_day_when_only_the_title_changes"),
        *_b24("meetings", "a_new_title_keeps_the_colleagues_their_answers_and_the_options"),
    ),
    57: _trap(
        "a meeting without colleagues loses them",
        *_b24(
            "invited",
            "the_list_is_the_portals_with_our_adds_and_removes_and_always_its_host",
            "a_list_that_is_not_told_is_not_sent_so_that_it_stays",
        ),
    ),
    58: _trap(
        "an old portal changes the whole series",
        *_b24(
            "series",
            "a_portal_that_cannot_split_a_series_gets_it_back",
            "a_series_that_was_spoilt_before_its_answer_was_lost_is_mended",
        ),
    ),
    59: _trap(
        "the clicked day moves the whole series",
        *_b24("series", "all_of_a_series_move_with_its_first_one"),
    ),
    60: _trap(
        "deleting one deletes all",
        *_b24(
            "series",
            "the_following_are_deleted_by_an_end",
            "what_no_request_leaves_out_is_refused_without_one",
        ),
    ),
    61: _trap(
        "the 31st rolls over",
        *_b24("wire_recurrence", "the_portal_expands_what_can_be_stored_as_we_do"),
        *_at(
            "services/test_series.py",
            "a_rule_that_the_portal_cannot_keep_is_refused_before_anything_is_stored",
        ),
    ),
    62: _trap(
        "a rule comes back in another form",
        *_b24("wire_recurrence", "a_rule_comes_back_as_it_was_sent"),
    ),
    63: _trap(
        "everybody has a copy with a number of its own",
        *_b24("invited", "everybody_answers_with_the_copy_of_their_own"),
        *_b24(
            "meetings", "an_answer_is_given_with_the_number_of_the_own_copy_and_with_nothing_else"
        ),
    ),
    64: _trap(
        "others cannot edit an organizer's meeting",
        *_b24("meetings", "an_invitation_is_read_with_its_answers_and_cannot_be_edited"),
    ),
    65: _trap(
        "flags change their types", *_b24("calendar", "odd_values_are_read_as_the_reference_says")
    ),
    66: _trap("entities in titles", *_b24("plain", "a_title_is_one_line_decoded_once")),
    67: _trap(
        "reminders that only the portal's pages know",
        *_b24("account", "a_changed_event_is_sent_whole_and_keeps_what_we_cannot_show"),
        *_b24("wire_customs", "reminders_are_taken_and_unknown_kinds_are_no_none"),
    ),
    68: _trap(
        "zones that nobody here knows",
        *_b24("calendar", "an_unknown_zone_is_told_by_its_offset_and_a_missing_one_is_the_users"),
    ),
    69: _trap(
        "no written as a word, hours written as numbers",
        *_b24("wire_customs", "hours_are_read_in_all_their_forms"),
        *_b24("values", "everything_else_is_no"),
    ),
    70: _trap(
        "calendars from elsewhere are for looking only",
        *_b24("calendar", "events_of_a_calendar_without_the_right_to_change_are_read_only"),
        *_b24(
            "shared_calendars",
            "a_calendar_that_may_only_be_looked_at_is_shown_and_not_written",
        ),
    ),
    71: _trap(
        "a new user has no calendar",
        *_b24("shared_calendars", "whoever_has_no_calendar_at_all_gets_one_with_the_first_event"),
    ),
}

OFFLINE = {
    72: _trap(
        "clocks differ",
        *_b24("account", "the_servers_clock_is_measured"),
        *_b24("contacts_pull", "changes_are_asked_for_two_minutes_early_with_an_offset"),
    ),
    73: _trap(
        "what follows a new record waits for its id",
        *_at(
            _SYNC + "test_delivery.py",
            "items_go_in_the_order_of_making_and_trouble_stops_its_own_item_only",
        ),
        *_at(_SYNC + "test_engine.py", "a_meeting_waits_for_its_contact_and_carries_its_server_id"),
    ),
    74: _trap(
        "changes that have not left become one",
        *_at(
            _SYNC + "test_coalesce.py",
            "create_and_edit_become_one_create",
            "create_and_delete_cancel_each_other",
            "two_edits_become_one_with_the_first_base",
        ),
    ),
    75: _trap(
        "both sides changed it",
        *_at(_SYNC + "test_engine.py", "both_sides_changing_one_field_asks_and_keeps_both"),
        *_at(
            "journeys/test_both_sides.py",
            "when_both_sides_moved_it_both_versions_stay_until_one_is_chosen",
        ),
    ),
    76: _trap(
        "killed between sending and the answer",
        *_at(_SYNC + "test_engine.py", "what_was_being_sent_when_the_program_died_is_looked_up"),
        *_at(
            "journeys/test_kills.py", "a_kill_before_every_step_loses_nothing_and_doubles_nothing"
        ),
    ),
    77: _trap(
        "the server's echo is no foreign change",
        *_at(
            _SYNC + "test_delivery.py",
            "the_servers_spelling_becomes_what_later_changes_stand_on",
        ),
        *_at(_SYNC + "test_merge.py", "trimmed_texts_and_line_ends_are_no_change"),
    ),
    78: _trap(
        "a right is lost while something waits",
        *_at(
            "journeys/test_errors.py",
            "a_change_that_is_refused_waits_for_its_user_and_the_others_go_on",
        ),
        *_at("services/test_outbox.py", "a_parked_op_can_be_given_up_and_its_text_is_kept"),
    ),
}

TRAPS: dict[int, Trap] = {
    **TRANSPORT,
    **SIGN_IN,
    **CONTACTS,
    **ACTIVITIES,
    **CALENDAR,
    **OFFLINE,
}
