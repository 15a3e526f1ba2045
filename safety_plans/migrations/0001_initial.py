import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cases", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RiskAssessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("admission", "At the start of the stay"),
                            ("departure", "Before the departure"),
                            ("move", "At a move"),
                            ("serious_signal", "After a serious signal"),
                            ("three_months", "Three months after the departure"),
                            ("six_months", "Six months after the departure"),
                            ("twelve_months", "Twelve months after the departure"),
                            ("periodic", "As agreed, from time to time"),
                        ],
                        max_length=20,
                    ),
                ),
                ("assessed_on", models.DateField()),
                ("instrument", models.CharField(blank=True, default="", max_length=120)),
                ("instrument_version", models.CharField(blank=True, default="", max_length=40)),
                ("is_trained", models.BooleanField(blank=True, null=True)),
                ("who_at_risk", models.CharField(blank=True, default="", max_length=300)),
                ("of_what", models.CharField(blank=True, default="", max_length=300)),
                ("how_soon", models.CharField(blank=True, default="", max_length=200)),
                ("conclusion", models.TextField()),
                ("next_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                (
                    "assessed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["family", "-assessed_on"], name="riskassessment_of_family")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "moment__in",
                                [
                                    "admission",
                                    "departure",
                                    "move",
                                    "serious_signal",
                                    "three_months",
                                    "six_months",
                                    "twelve_months",
                                    "periodic",
                                ],
                            )
                        ),
                        name="riskassessment_moment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("conclusion", ""), _negated=True), name="riskassessment_has_a_conclusion"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("instrument", ""), ("instrument_version", ""), ("is_trained", None)),
                            models.Q(models.Q(("instrument", ""), _negated=True), ("is_trained__isnull", False)),
                            _connector="OR",
                        ),
                        name="riskassessment_instrument_says_whether_trained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_on", None), ("next_on__gt", models.F("assessed_on")), _connector="OR"
                        ),
                        name="riskassessment_next_comes_later",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskFactor",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("risk_factors", "What makes the danger larger"),
                            ("protective_factors", "What protects"),
                        ],
                        max_length=20,
                    ),
                ),
                ("code", models.CharField(max_length=50)),
                (
                    "course",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("stronger", "stronger"),
                            ("same", "the same"),
                            ("weaker", "weaker"),
                            ("gone", "gone"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="factors",
                        to="safety_plans.riskassessment",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "kind", "code"), name="riskfactor_once_per_assessment"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["risk_factors", "protective_factors"])),
                        name="riskfactor_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("course__in", ["new", "stronger", "same", "weaker", "gone"])),
                        name="riskfactor_course_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="riskfactor_is_on_a_list"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskParticipant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("who", models.CharField(blank=True, default="", max_length=120)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participants",
                        to="safety_plans.riskassessment",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False), models.Q(("who", ""), _negated=True), _connector="OR"
                        ),
                        name="riskparticipant_is_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RiskSubject",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("person_causing_harm", "Person causing harm"),
                            ("client", "Client"),
                            ("client_as_risk", "The client, as a possible risk to the children"),
                            ("child", "Child"),
                            ("new_partner", "New partner"),
                            ("household", "The rest of the household"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.CharField(choices=[("low", "low"), ("raised", "raised"), ("high", "high")], max_length=10),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="safety_plans.riskassessment",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "kind", "person"),
                        name="risksubject_one_judgement_per_subject",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "person_causing_harm",
                                    "client",
                                    "client_as_risk",
                                    "child",
                                    "new_partner",
                                    "household",
                                ],
                            )
                        ),
                        name="risksubject_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["low", "raised", "high"])), name="risksubject_level_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["client", "client_as_risk", "child"]), _negated=True),
                            ("person__isnull", False),
                            _connector="OR",
                        ),
                        name="risksubject_client_and_child_are_persons",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "household"), _negated=True), ("person", None), _connector="OR"
                        ),
                        name="risksubject_household_is_no_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None),
                            models.Q(("kind__in", ["child", "client"]), ("score__lte", 10)),
                            _connector="OR",
                        ),
                        name="risksubject_score_of_who_must_be_safe",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "draft"), ("current", "holds now"), ("superseded", "replaced")],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("drafted_at", models.DateTimeField()),
                ("because", models.CharField(blank=True, default="", max_length=300)),
                ("holds_from", models.DateField(blank=True, null=True)),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("activated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "activated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("family", "version"), name="safetyplan_one_row_per_version"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "current")),
                        fields=("family",),
                        name="safetyplan_one_current_per_family",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "draft")),
                        fields=("family",),
                        name="safetyplan_one_draft_per_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "current", "superseded"])),
                        name="safetyplan_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("activated_at", None), ("status", "draft")),
                            models.Q(
                                ("activated_at__isnull", False),
                                ("activated_by__isnull", False),
                                ("agreed_on__isnull", False),
                                ("holds_from__isnull", False),
                                ("review_on__isnull", False),
                                ("status__in", ["current", "superseded"]),
                            ),
                            _connector="OR",
                        ),
                        name="safetyplan_agreed_exactly_when_not_a_draft",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "draft"),
                            ("version", 1),
                            models.Q(("because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="safetyplan_new_version_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("read_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="safety_plans.safetyplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "organisation"), name="receipt_one_per_version_and_organisation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedPaper",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("client", "The whole plan, for the client"),
                            ("child", "A child's own page"),
                            ("card", "The card “What do I do if…”, for in the bag"),
                            ("network", "For somebody of the network"),
                            ("partner", "For an organisation it is shared with"),
                        ],
                        max_length=10,
                    ),
                ),
                ("recipient", models.CharField(max_length=150)),
                ("number", models.CharField(max_length=12, unique=True)),
                ("with_places", models.BooleanField(default=False)),
                ("issued_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="papers", to="safety_plans.safetyplan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["client", "child", "card", "network", "partner"])),
                        name="issuedpaper_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("with_places", False), ("kind", "partner"), _connector="OR"),
                        name="issuedpaper_places_only_for_an_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "child"), _negated=True), ("person__isnull", False), _connector="OR"
                        ),
                        name="issuedpaper_child_is_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "partner"), _negated=True),
                            ("organisation__isnull", False),
                            _connector="OR",
                        ),
                        name="issuedpaper_partner_is_an_organisation",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("confirmed_on", models.DateField()),
                ("review_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="safety_plans.safetyplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("review_on__gt", models.F("confirmed_on"))),
                        name="confirmation_review_comes_later",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafetyPlanItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("danger", "What the danger is"),
                            ("conditions", "What must be so, to be safe"),
                            ("early_signs", "How we see it coming"),
                            ("what_i_do", "What do I do if…"),
                            ("whom_to_call", "Who I call"),
                            ("agreements", "What we agreed"),
                            ("network", "Who keeps an eye on us"),
                            ("professionals", "Who helps us"),
                            ("police", "What the police do"),
                            ("relapse", "How we notice that it goes wrong again"),
                        ],
                        max_length=20,
                    ),
                ),
                ("line", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("text", models.TextField()),
                ("topic", core.fields.WordField(blank=True, default="", max_length=20)),
                ("who", models.CharField(blank=True, default="", max_length=120)),
                ("phone", models.CharField(blank=True, default="", max_length=40)),
                ("task", core.fields.WordField(blank=True, default="", max_length=20)),
                ("knows_address", models.BooleanField(blank=True, null=True)),
                ("checked_by", models.CharField(blank=True, default="", max_length=120)),
                ("rhythm", models.CharField(blank=True, default="", max_length=80)),
                ("until_on", models.DateField(blank=True, null=True)),
                ("if_broken", models.CharField(blank=True, default="", max_length=500)),
                ("order", models.PositiveSmallIntegerField()),
                ("taken_out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="safety_plans.safetyplan"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["order", "pk"],
                "indexes": [models.Index(fields=["line"], name="safetyplanitem_of_line")],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "order"), name="safetyplanitem_one_per_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "section__in",
                                [
                                    "danger",
                                    "conditions",
                                    "early_signs",
                                    "what_i_do",
                                    "whom_to_call",
                                    "agreements",
                                    "network",
                                    "professionals",
                                    "police",
                                    "relapse",
                                ],
                            )
                        ),
                        name="safetyplanitem_section_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="safetyplanitem_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("topic", ""), ("topic__regex", "^[a-z_]+(\\.[a-z_]+)?$"), _connector="OR"),
                        name="safetyplanitem_topic_is_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("task", ""), ("task__regex", "^[a-z_]+(\\.[a-z_]+)?$"), _connector="OR"),
                        name="safetyplanitem_task_is_a_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("section", "agreements"), _negated=True),
                            models.Q(("checked_by", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="safetyplanitem_agreement_is_checked_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("section", "conditions"), _negated=True),
                            models.Q(
                                models.Q(("checked_by", ""), _negated=True),
                                models.Q(("if_broken", ""), _negated=True),
                                ("until_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="safetyplanitem_condition_has_checker_term_and_consequence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("section", "network"), _negated=True),
                            models.Q(
                                models.Q(("who", ""), _negated=True),
                                models.Q(("task", ""), _negated=True),
                                ("knows_address__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="safetyplanitem_network_has_a_task_and_knows_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("section", "professionals"), _negated=True),
                            models.Q(models.Q(("who", ""), _negated=True), models.Q(("rhythm", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="safetyplanitem_professional_has_a_rhythm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("knows_address", None), ("section", "network"), _connector="OR"),
                        name="safetyplanitem_only_the_network_knows_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConditionCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("line", models.UUIDField()),
                ("checked_on", models.DateField()),
                ("is_kept", models.BooleanField()),
                ("note", models.CharField(blank=True, default="", max_length=500)),
                ("recorded_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="safety_plans.safetyplanitem",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["line", "-checked_on", "-recorded_at"], name="conditioncheck_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_kept", True), models.Q(("note", ""), _negated=True), _connector="OR"),
                        name="conditioncheck_broken_says_what_happened",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CarePhase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("immediate_safety", "Immediate safety"),
                            ("risk_driven_care", "Risk-driven care"),
                            ("recovery", "Recovery"),
                        ],
                        max_length=20,
                    ),
                ),
                ("because", models.CharField(max_length=300)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)), fields=("family",), name="carephase_one_open_per_family"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("phase__in", ["immediate_safety", "risk_driven_care", "recovery"])),
                        name="carephase_phase_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("because", ""), _negated=True), name="carephase_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                        name="carephase_ends_after_it_starts",
                    ),
                ],
            },
        ),
    ]
