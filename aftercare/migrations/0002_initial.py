import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("aftercare", "0001_initial"),
        ("cases", "0001_initial"),
        ("family_plans", "0001_initial"),
        ("follow_ups", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="checkin",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="checkin",
            name="follow_up",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="follow_ups.followup",
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="checkin",
            name="trajectory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="check_ins", to="cases.trajectory"
            ),
        ),
        migrations.AddField(
            model_name="contactschedule",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="contactschedule",
            name="trajectory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="schedules", to="cases.trajectory"
            ),
        ),
        migrations.AddField(
            model_name="earlyclosing",
            name="allowed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="earlyclosing",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="earlyclosing",
            name="trajectory",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="early_closing", to="cases.trajectory"
            ),
        ),
        migrations.AddField(
            model_name="factorchange",
            name="check_in",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="factors", to="aftercare.checkin"
            ),
        ),
        migrations.AddField(
            model_name="factorchange",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="helpanswer",
            name="check_in",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="help_answers", to="aftercare.checkin"
            ),
        ),
        migrations.AddField(
            model_name="helpanswer",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="helpanswer",
            name="help_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="family_plans.helpline"
            ),
        ),
        migrations.AddField(
            model_name="involvementchange",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="involvementchange",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="involvementchange",
            name="trajectory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.trajectory"
            ),
        ),
        migrations.AddField(
            model_name="outofsight",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outofsight",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="outofsight",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="outofsight",
            name="trajectory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.trajectory"
            ),
        ),
        migrations.AddField(
            model_name="outofsightstep",
            name="done_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="outofsightstep",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="outofsightstep",
            name="out_of_sight",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="aftercare.outofsight"
            ),
        ),
        migrations.AddField(
            model_name="ownrequest",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="ownrequest",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="scheduletemplate",
            constraint=models.UniqueConstraint(fields=("name", "version"), name="scheduletemplate_one_row_per_version"),
        ),
        migrations.AddField(
            model_name="contactschedule",
            name="template",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="aftercare.scheduletemplate"
            ),
        ),
        migrations.AddField(
            model_name="seenperson",
            name="check_in",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seen", to="aftercare.checkin"
            ),
        ),
        migrations.AddField(
            model_name="seenperson",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="seenperson",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="seen", to="cases.person"
            ),
        ),
        migrations.AddField(
            model_name="strip",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="strip",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="strippenkaart",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="strippenkaart",
            name="issued_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="strippenkaart",
            name="trajectory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.trajectory"
            ),
        ),
        migrations.AddField(
            model_name="strip",
            name="strippenkaart",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="strips", to="aftercare.strippenkaart"
            ),
        ),
        migrations.AddField(
            model_name="trajectoryclosing",
            name="closed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="trajectoryclosing",
            name="family",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
        ),
        migrations.AddField(
            model_name="trajectoryclosing",
            name="reopened_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="trajectoryclosing",
            name="trajectory",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="closings", to="cases.trajectory"
            ),
        ),
        migrations.AddIndex(
            model_name="checkin",
            index=models.Index(fields=["family", "-happened_at"], name="checkin_of_family"),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["phone", "visit", "video", "message", "outreach"])),
                name="checkin_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("initiative__in", ["ours", "family", "somebody_else"])),
                name="checkin_initiative_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["reached", "not_reached", "refused"])), name="checkin_outcome_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", "reached"),
                        models.Q(("help_running", ""), _negated=True),
                        models.Q(("feels_safe", ""), _negated=True),
                        models.Q(("plan_up_to_date", ""), _negated=True),
                        models.Q(("needs_support", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("outcome", "reached"), _negated=True),
                        ("feels_safe", ""),
                        ("help_running", ""),
                        ("needs_support", ""),
                        ("plan_up_to_date", ""),
                        ("wish", ""),
                    ),
                    _connector="OR",
                ),
                name="checkin_answered_exactly_when_reached",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", "refused"), ("refusal__in", ["no_help_wanted", "no_question_now", "cannot_say"])
                    ),
                    models.Q(models.Q(("outcome", "refused"), _negated=True), ("refusal", "")),
                    _connector="OR",
                ),
                name="checkin_refusal_exactly_when_refused",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("wish", ""), ("wish_leads_to", "")),
                    models.Q(models.Q(("wish", ""), _negated=True), ("wish_leads_to__in", ["goal", "stagnation"])),
                    _connector="OR",
                ),
                name="checkin_wish_leads_to_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("safety_score", None), ("safety_score__lte", 10), _connector="OR"),
                name="checkin_score_out_of_ten",
            ),
        ),
        migrations.AddConstraint(
            model_name="checkin",
            constraint=models.CheckConstraint(
                condition=models.Q(("happened_at__lte", models.F("recorded_at"))),
                name="checkin_happened_before_it_was_recorded",
            ),
        ),
        migrations.AddConstraint(
            model_name="earlyclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("because", ""), _negated=True), name="earlyclosing_says_why"
            ),
        ),
        migrations.AddConstraint(
            model_name="factorchange",
            constraint=models.UniqueConstraint(fields=("check_in", "factor"), name="factorchange_once_per_check_in"),
        ),
        migrations.AddConstraint(
            model_name="factorchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "factor__in",
                        [
                            "contact_with_ex",
                            "money",
                            "housing",
                            "addiction",
                            "loneliness",
                            "network",
                            "work_or_school",
                            "children_well",
                            "help_accepted",
                        ],
                    )
                ),
                name="factorchange_factor_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="factorchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("direction__in", ["up", "down"])), name="factorchange_direction_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="helpanswer",
            constraint=models.UniqueConstraint(fields=("check_in", "help_line"), name="helpanswer_once_per_check_in"),
        ),
        migrations.AddConstraint(
            model_name="helpanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["good", "poor", "stopped", "unsure"])), name="helpanswer_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="involvementchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("cause__in", ["still_needed", "enough", "no_budget", "out_of_sight", "refused"])),
                name="involvementchange_cause_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="involvementchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("was", None), models.Q(("was", models.F("ends_on")), _negated=True), _connector="OR"
                ),
                name="involvementchange_changes",
            ),
        ),
        migrations.AddConstraint(
            model_name="outofsight",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("family",), name="outofsight_one_open_per_family"
            ),
        ),
        migrations.AddConstraint(
            model_name="outofsight",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["proposed", "confirmed", "found"])), name="outofsight_status_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="outofsight",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", False), ("status", "found")),
                    models.Q(models.Q(("status", "found"), _negated=True), ("ended_at__isnull", True)),
                    _connector="OR",
                ),
                name="outofsight_ended_exactly_when_found",
            ),
        ),
        migrations.AddConstraint(
            model_name="outofsight",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "confirmed"), _negated=True),
                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                    _connector="OR",
                ),
                name="outofsight_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="outofsightstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__in", ["network", "last_partner", "veilig_thuis", "home_visit"])),
                name="outofsightstep_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outofsightstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["no_news", "heard_of", "advice"])),
                name="outofsightstep_result_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="ownrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["phone", "visit", "video", "message", "outreach"])),
                name="ownrequest_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactschedule",
            constraint=models.UniqueConstraint(
                fields=("trajectory", "version"), name="contactschedule_one_row_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="contactschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="contactschedule_counts_from_one"
            ),
        ),
        migrations.AddIndex(
            model_name="seenperson",
            index=models.Index(fields=["family", "person", "-seen_at"], name="seenperson_latest"),
        ),
        migrations.AddConstraint(
            model_name="seenperson",
            constraint=models.UniqueConstraint(fields=("check_in", "person"), name="seenperson_once_per_check_in"),
        ),
        migrations.AddConstraint(
            model_name="strippenkaart",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gte", 6), ("size__lte", 10)), name="strippenkaart_size_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="strip",
            constraint=models.UniqueConstraint(fields=("strippenkaart", "number"), name="strip_used_once"),
        ),
        migrations.AddConstraint(
            model_name="strip",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), ("number__lte", 10)), name="strip_number_on_the_card"
            ),
        ),
        migrations.AddConstraint(
            model_name="strip",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["phone", "visit", "video", "message", "outreach"])),
                name="strip_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trajectoryclosing",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reopened_at", None)),
                fields=("trajectory",),
                name="trajectoryclosing_one_that_stands",
            ),
        ),
        migrations.AddConstraint(
            model_name="trajectoryclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reopened_at", None), ("reopened_because", ""), ("reopened_by", None)),
                    models.Q(
                        ("reopened_at__isnull", False),
                        ("reopened_by__isnull", False),
                        models.Q(("reopened_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="trajectoryclosing_reopened_by_somebody_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="trajectoryclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(("enough__in", ["sufficient", "longer", "earlier"])),
                name="trajectoryclosing_enough_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trajectoryclosing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("enough_because", ""), _negated=True), models.Q(("regisseur_after", ""), _negated=True)
                ),
                name="trajectoryclosing_says_why_and_who",
            ),
        ),
    ]
