"""Traps 1 to 25: the wire and signing in."""

from tests.services.api.bitrix24.named_tests import API, at, b24, trap

TRANSPORT = {
    1: trap(
        "the error's code decides, never the HTTP status",
        *b24("refusals", "the_code_decides_whatever_its_case"),
        *b24("envelope", "an_error_is_a_key_not_a_truth"),
    ),
    2: trap(
        "an error may be empty, a number, a sentence or an object",
        *b24("envelope", "an_error_is_a_key_not_a_truth"),
    ),
    3: trap(
        "failures inside a batch of status 200",
        *b24("envelope", "a_batch_tells_successes_refusals_and_what_was_not_run"),
        *at("journeys/test_errors.py", "an_error_inside_an_answer_of_200_is_an_error"),
    ),
    4: trap(
        "maps that come as lists",
        *b24(
            "envelope",
            "the_empty_maps_of_a_batch_come_as_lists",
            "maps_that_count_from_zero_come_as_lists_with_content",
        ),
        *b24("batch", "a_batch_has_at_most_fifty_commands_with_names_that_are_no_numbers"),
    ),
    5: trap(
        "a missing reference is whatever lies nearest",
        *b24("contacts_pull", "every_size_is_read_wholly", "many_changes_are_read_to_the_last_one"),
        *b24("traps", "nothing_is_ever_written_inside_a_batch"),
    ),
    6: trap(
        "special characters in the commands of a batch",
        *b24("batch", "every_text_arrives_as_it_was", "any_text_arrives_as_value_and_as_key"),
    ),
    7: trap(
        "text that looks like a reference",
        *b24("traps", "a_text_that_looks_like_a_reference_arrives_as_it_was"),
    ),
    8: trap(
        "types vanish in the commands of a batch",
        *b24("batch", "types_are_lost_in_the_portals_way"),
    ),
    9: trap(
        "a redirect makes a GET of a POST",
        *at(API + "test_http.py", "redirects_are_never_followed"),
        *b24("account", "a_moved_portal_gets_nothing_and_is_named"),
    ),
    10: trap(
        "a page of HTML instead of data",
        *b24("account", "answers_that_are_none_are_unknown"),
        *at("ui/test_error_texts.py", "a_page_is_told_apart_from_a_cut_answer"),
    ),
    11: trap(
        "an office shares one budget",
        *at(
            "day/test_day.py",
            "a_day_with_a_large_portal_causes_no_limit_error",
            "two_users_behind_one_address_stay_within_its_one_bucket",
        ),
        *at(API + "test_limits.py", "background_requests_leave_once_a_second"),
    ),
    12: trap(
        "execution time is counted by method",
        *b24("account", "a_blocked_method_waits_until_its_time_is_reset"),
        *at(
            API + "test_limits.py",
            "execution_time_near_the_limit_spares_the_method_in_the_background",
        ),
    ),
    13: trap(
        "not carried out is not the same as unknown",
        *at(API + "test_http.py", "nothing_sent_is_offline_and_everything_else_unknown"),
        *at(
            "journeys/test_errors.py",
            "what_passes_is_waited_for_and_what_is_unknown_is_looked_up",
            "an_answer_that_is_lost_makes_exactly_one_meeting",
        ),
    ),
    14: trap(
        "requests are cut after a minute",
        *b24("traps", "an_answer_is_waited_for_longer_than_a_portal_works"),
        *b24("contacts_pull", "a_long_chain_that_is_cut_off_is_asked_for_in_a_shorter_one"),
        *b24("account", "deleting_twice_is_done_twice"),
    ),
    15: trap(
        "the time block has many shapes",
        *b24(
            "envelope",
            "an_odd_time_never_fails_an_answer",
            "the_servers_time_is_taken_where_it_is_told",
        ),
    ),
    16: trap(
        "proxies, own authorities, ports and sub-paths",
        *at(
            API + "test_http.py",
            "the_proxy_of_the_environment_is_used",
            "ssl_cert_file_names_further_authorities",
        ),
        *b24("address", "a_webhook_is_read_in_every_shape"),
    ),
}

SIGN_IN = {
    17: trap("tokens renewed by the clock", *b24("app_access", "a_good_token_is_never_renewed")),
    18: trap(
        "renewals side by side",
        *b24(
            "app_access",
            "a_burst_of_fifty_expired_calls_renews_once",
            "the_new_pair_is_kept_before_it_is_used_and_the_old_one_goes_after",
        ),
    ),
    19: trap(
        "the application's secret sent to a stranger",
        *b24("oauth_server", "the_secret_goes_to_nobody_else"),
        *b24("app_access", "the_secret_goes_to_no_server_that_is_not_the_one_told"),
    ),
    20: trap(
        "one word for the portal and for the sign-in server",
        *b24("portal_address", "an_endpoint_tells_its_portal"),
        *b24("app_access", "a_pair_of_another_portal_is_not_used"),
    ),
    21: trap(
        "a code lives for half a minute",
        *at("ui/accounts/test_app_page.py", "a_pasted_address_goes_on_by_itself"),
        *at("app/test_connecting.py", "the_address_or_the_code_can_be_pasted"),
    ),
    22: trap(
        "a webhook becomes somebody else's",
        *b24("account", "a_webhook_that_changed_its_owner_stops_the_account"),
        *at(
            "journeys/test_both_sides.py",
            "a_webhook_that_became_somebody_elses_writes_nothing_in_their_name",
        ),
    ),
    23: trap(
        "scopes are incomplete",
        *b24("refusals", "the_missing_permission_comes_from_the_methods_name"),
        *b24("account", "what_a_portal_does_not_know_is_not_offered"),
        *at("ui/test_error_texts.py", "a_missing_scope_is_named"),
    ),
    24: trap(
        "a webhook calls what is for applications",
        *b24(
            "cards",
            "by_webhook_a_card_is_shown_and_cannot_be_changed",
            "a_webhook_that_tries_is_refused_for_good",
        ),
    ),
    25: trap(
        "secrets in logs and errors",
        *b24("account", "no_secret_is_logged_or_carried_by_an_error"),
        *b24("oauth_server", "no_failure_tells_a_secret"),
        *at("app/test_masks.py", "no_secret_is_left"),
    ),
}
