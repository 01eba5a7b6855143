"""Every form of answer that the reference shows, and the tests that read it."""

from tests.services.api.bitrix24.named_tests import at, b24

READ_BY: dict[str, tuple[str, ...]] = {
    "S1": b24("wire_contacts", "the_sample_card_is_read_wholly"),
    "S2": b24("wire_contacts", "the_sample_page_has_a_contact_without_e_mail_and_family_name"),
    "S2b": b24("samples", "a_short_page_and_an_empty_one_are_read"),
    "S3": b24("samples", "an_employee_with_empty_objects_for_times_is_read"),
    "S4": b24("calendar", "the_sample_calendars_are_read"),
    "S5": b24("calendar", "the_sample_of_a_timed_event_is_read_wholly"),
    "S6": b24("calendar", "the_sample_of_an_all_day_event_has_days_with_an_open_end"),
    "S7": b24("calendar", "occurrences_are_the_same_under_every_reading_of_the_instants"),
    "S8": b24("calendar", "an_edited_occurrence_knows_its_series_and_the_day_that_it_replaces"),
    "S8b": b24("calendar", "a_colleagues_private_event_cannot_be_changed"),
    "S9": b24("wire_busy", "the_sample_is_read"),
    "S10": (
        *b24("batch", "the_samples_command_is_written_as_the_reference_has_it"),
        *b24("envelope", "a_batch_tells_successes_refusals_and_what_was_not_run"),
    ),
    "S10b": b24("envelope", "the_empty_maps_of_a_batch_come_as_lists"),
    "S11": (
        *b24("envelope", "scope_sample_of_the_connection_test_is_read"),
        *b24("account", "the_check_is_one_request_and_tells_who_and_what"),
    ),
    "S12": b24("wire_contacts", "company_names_are_read"),
    "S13": b24("crm_names", "the_sample_item_reads_as_the_sample_card"),
    "S13b": b24("crm_names", "a_changed_item_is_sent_as_the_sample_says"),
    "S14": b24("samples", "a_write_tells_the_id_of_what_it_made"),
    "S14b": b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    "S15": b24("wire_activity", "the_sample_meeting_is_read_wholly"),
    "S16": b24("wire_activity", "the_sample_list_has_a_to_do_without_a_deadline_to_stand_at"),
    "S17": (
        *b24("todos", "a_to_do_keeps_everything_that_the_dialog_asks"),
        *b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    ),
    "S18": (
        *b24("cards", "a_card_keeps_everything_that_the_dialog_asks"),
        *at(
            "services/api/bitrix24/activities/layout/test_layout.py",
            "the_references_sample_is_read_and_written_as_it_is",
        ),
    ),
    "S19": b24("dossiers", "whoever_has_the_number_or_the_address_is_found"),
    "S20": b24("wire_crm", "the_sample_of_a_contacts_companies_is_read"),
    "S21": b24(
        "samples",
        "a_write_tells_the_id_of_what_it_made",
        "a_change_is_done_whether_it_tells_yes_a_number_or_an_object",
    ),
    "S21b": b24("samples", "an_event_that_is_gone_is_told_as_nothing"),
    "S22": b24("calendar", "new_meetings_land_in_the_crm_calendar_else_in_the_usual_one"),
    "S23": b24(
        "wire_customs",
        "the_companys_week_and_year_are_read",
        "guests_are_told_the_hours_alone",
    ),
    "S24": b24("samples", "a_pair_of_tokens_is_read", "a_refusal_of_the_sign_in_server_is_no_pair"),
    "S25": b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    "S26": b24("account", "a_blocked_method_waits_until_its_time_is_reset"),
    "S27": b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    "S28": b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    "S29": b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    "S30": b24("refusals", "the_samples_of_refusals_lead_to_their_reactions"),
    "S31": b24("calendar", "colleagues_are_called_by_name_else_by_address"),
    "S32": b24("envelope", "an_error_is_a_key_not_a_truth"),
    "S34": at("services/api/test_http.py", "what_is_no_json_is_unknown_with_its_status"),
}

NEVER_MET = {
    "S33": "the queue of events is for an administrator's application; Parley asks for changes",
}
