"""Where a hub answers otherwise than MLflow's own server, on purpose: parts of cases' names by the reason.

All other cases pass on both: against MLflow's server (MLFLOW_ITSELF=1) these have to fail, and no other may.
"""

differences = {
    "Over a folder MLflow's server takes no parts; a hub does.": [
        "else_whole[true-11]",
        "test_a_file_in_parts_is_seen_once_it_is_whole",
        "test_a_parts_address_is_good_for_that_part_alone",
        "lie_elsewhere_are_refused[a-..]",
        "lie_elsewhere_are_refused[a-b/]",
        "ten_thousand_parts[-1]",
        "ten_thousand_parts[10001]",
    ],
    "What a backslash or NUL would mean elsewhere MLflow's server keeps as a name.": ["a%5c", "a%00b"],
    "What it has no route for MLflow's server answers by a page; a hub as JSON, like everything.": [
        "lie_elsewhere_are_refused[%2fetc-passwd]",
        "stay_inside[DELETE-%2fetc%2fpasswd]",
        "test_the_artifacts_of_all_runs_are_nobodys_to_delete",
        "test_unknown_calls_are_named",
    ],
    "MLflow's server fails (500) at a body that is no object.": ["BAD_REQUEST-JSON object"],
    "MLflow's server takes a body of any size.": ["test_more_than_can_be_held_is_refused"],
    "MLflow's server lets everybody in.": ["test_only_the_owner_gets_in"],
    "MLflow's server cuts a time to a whole number, and takes one that no calendar has.": [
        "Invalid value 1.5 for parameter 'timestamp'",
        "test_times_and_steps_that_no_calendar_and_no_double_has_are_refused",
    ],
    "MLflow's server leaves out what follows a condition without AND.": ["[params.a = 'x' params.b = 'y']"],
}
