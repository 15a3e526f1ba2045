"""What an open door gives, and a shut one, where the rest of the table does not say it."""

# What an open door gives where nobody of the first eight goes through.
OPENED = {
    ("cases:alert", "get"): 200,
    ("handover:confirm_regisseur", "post"): 302,
    ("handover:confirm_signal_place", "post"): 302,
    ("municipalities:answer", "get"): 200,
    ("municipalities:answer", "post"): 200,
    ("municipalities:assign_team", "get"): 200,
    ("municipalities:assign_team", "post"): 200,
    **{
        (f"municipalities:{name}", "get"): 200
        for name in (
            "agreements",
            "coverage",
            "evaluations",
            "expertise",
            "export_figures",
            "export_quality",
            "figures",
            "gaps",
            "monitor",
            "pilot",
            "pilot_report",
            "pilots",
            "quality",
            "supporters",
            "yearly_report",
        )
    },
    **{
        (f"municipalities:{name}", way): 200
        for name in (
            "appoint_supporter",
            "change_supporter",
            "check_quality",
            "evaluate_case",
            "record_agreement",
            "record_contact_person",
            "record_decision",
            "record_introduction",
            "record_pilot",
            "record_protocol",
            "record_training",
            "record_wish",
        )
        for way in ("get", "post")
    },
    ("municipalities:dismiss_supporter", "get"): 200,
    ("municipalities:dismiss_supporter", "post"): 302,  # asks nothing: done, or told why it cannot be
    ("municipalities:families", "get"): 200,
    ("municipalities:stagnations", "get"): 200,
    ("municipalities:summon", "get"): 200,
    ("municipalities:summon", "post"): 200,
    ("municipalities:watched", "get"): 200,
    ("overview:operation", "get"): 200,
    **{
        (f"administration:{name}", method): 200
        for name in ("invite", "change_function", "leave", "desk_help", "add", "change", "import")
        for method in ("get", "post")
    },
    **{
        (f"administration:{name}", "get"): 200
        for name in ("members", "review", "evidence", "settings", "setting", "history")
    },
    ("administration:import_errors", "post"): 200,
    **{(f"administration:{name}", method): 404 for name in ("accept", "recover") for method in ("get", "post")},
    **{
        (f"administration:{name}", "post"): 302
        for name in (
            "invite_again",
            "withdraw_invitation",
            "reopen",
            "start_review",
            "keep",
            "finish_review",
            "confirm",
        )
    },
    ("overview:own_records", "get"): 200,
    ("oversight:alert", "get"): 200,
    ("oversight:alert", "post"): 200,
    ("oversight:decoys", "get"): 200,
    ("oversight:decoys", "post"): 200,
    ("oversight:emergency", "get"): 200,
    ("oversight:emergency", "post"): 200,
    ("oversight:destruction", "get"): 200,
    ("oversight:destruction", "post"): 200,
    ("oversight:end_decoy", "post"): 302,
    ("oversight:end_hold", "get"): 200,
    ("oversight:end_hold", "post"): 200,
    ("oversight:refuse_destruction", "get"): 200,
    ("oversight:refuse_destruction", "post"): 200,
    ("oversight:retention", "get"): 200,
    ("oversight:retention", "post"): 200,
    ("oversight:outward_log", "get"): 200,
    ("oversight:outward_log", "post"): 200,
    ("oversight:own_log", "get"): 200,
    ("oversight:own_log", "post"): 200,
    ("oversight:proof", "get"): 200,
    ("oversight:inspection", "get"): 200,
    ("oversight:inspection", "post"): 200,
    ("oversight:what_there_is", "get"): 200,
    ("oversight:proof", "post"): 200,
    ("oversight:queue", "get"): 200,
    ("oversight:who_may", "get"): 200,
    ("safety_plans:receive", "post"): 302,
    ("signals:write_knowledge", "get"): 200,
    ("signals:write_knowledge", "post"): 200,
    ("signals:advice_to_answer", "get"): 200,
    ("signals:desk", "get"): 200,
}


# What a shut door gives where it is not a 404.
SHUT = {("overview:today", "get"): 302}


# Who may see that it is there, and not do this: told so, where others find nothing.
SEEN_AND_SHUT = {
    ("overview:close_follow_up", "post"): {"reader_full", "reader_legal_basis", "in_emergency"},
    ("cases:end_context", "post"): {"reader_full", "reader_legal_basis", "in_emergency"},
}
