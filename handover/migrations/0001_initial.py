import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("cases", "0001_initial"),
        ("organisations", "0001_initial"),
        ("safety_plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DepartureCompletion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("completed_at", models.DateTimeField()),
                (
                    "completed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "trajectory",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.trajectory"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("risk_of_care_avoidance", models.TextField()),
                ("background", models.TextField()),
                ("discussed_on", models.DateField()),
                (
                    "shows",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("risk", "The latest assessment of the danger"),
                                ("authority", "Who has authority over which child"),
                                ("help", "The help that runs"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                (
                    "keeps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("safety_plan", "The safety plan"), ("family_plan", "The goals of the plan")],
                            max_length=20,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("involvement_ends_on", models.DateField(blank=True, null=True)),
                ("offered_at", models.DateTimeField()),
                ("answer_by", models.DateField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("offered", "offered"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_because", models.CharField(blank=True, default="", max_length=200)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "from_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "offered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "to_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "offered")),
                        fields=("family",),
                        name="handover_one_open_per_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["offered", "accepted", "declined", "withdrawn"])),
                        name="handover_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shows__contained_by", ["risk", "authority", "help"])),
                        name="handover_shows_known_parts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("keeps__contained_by", ["safety_plan", "family_plan"])),
                        name="handover_keeps_known_parts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_organisation", models.F("to_organisation")), _negated=True),
                        name="handover_to_another_organisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("risk_of_care_avoidance", ""), _negated=True),
                            models.Q(("background", ""), _negated=True),
                        ),
                        name="handover_says_what_one_must_know",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("decided_by", None), ("status", "offered")),
                            models.Q(
                                models.Q(("status", "offered"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="handover_decided_exactly_when_not_offered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["offered", "accepted"]),
                            models.Q(("decided_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="handover_refused_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgendaPoint",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("background", "The background, as it was seen at admission"),
                            ("risk", "The danger now"),
                            ("care_avoidance", "Whether the client might avoid help"),
                            ("safety_plan", "The safety plan"),
                            ("regie", "Who is regisseur, and from when"),
                            ("children", "The children, one by one"),
                            ("other_parent", "The other parent: authority, contact, what may be told"),
                            ("address", "How the address is protected"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("discussed", "discussed"), ("left_out", "left out")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("discussed_on", models.DateField(blank=True, null=True)),
                ("left_out_because", models.CharField(blank=True, default="", max_length=200)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="agenda", to="handover.handover"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("handover", "topic"), name="agendapoint_once_per_handover"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "topic__in",
                                [
                                    "background",
                                    "risk",
                                    "care_avoidance",
                                    "safety_plan",
                                    "regie",
                                    "children",
                                    "other_parent",
                                    "address",
                                ],
                            )
                        ),
                        name="agendapoint_topic_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("discussed_on", None),
                                ("left_out_because", ""),
                                ("settled_at", None),
                                ("settled_by", None),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("discussed_on__isnull", False),
                                ("left_out_because", ""),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                ("state", "discussed"),
                            ),
                            models.Q(
                                ("discussed_on", None),
                                ("settled_at__isnull", False),
                                ("settled_by__isnull", False),
                                ("state", "left_out"),
                                models.Q(("left_out_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="agendapoint_discussed_on_a_day_or_left_out_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="JointVisit",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("planned_on", models.DateField()),
                ("attendees", models.CharField(blank=True, default="", max_length=200)),
                ("held_on", models.DateField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "handover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="handover.handover"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("handover", "planned_on"), name="jointvisit_planned_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="RegieConfirmation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("confirmed_at", models.DateTimeField()),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.regisseurperiod"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("period", "organisation"), name="regieconfirmation_once_per_partner"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DepartureCheck",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new_assessment", "Make a new risk assessment"),
                            ("safety_plan_current", "Go through the safety plan with the client"),
                            ("veilig_thuis_informed", "Tell Veilig Thuis of the new region that the family is coming"),
                            ("partners_told", "Tell the partners about the departure"),
                            ("income_started", "Get the income in the new place started"),
                            ("supporter_introduced", "Let the family meet the supporter"),
                            ("help_before_departure", "Start the help that must run before the departure"),
                            ("measures_known", "Write down which measures protect the family"),
                            ("background_taken_along", "Take along what was seen at admission"),
                            (
                                "authority_letters",
                                "Send the parent with authority a letter without a place, or choose not to",
                            ),
                            ("address_level", "Agree how the new address is protected"),
                            ("who_keeps_watch", "Agree who keeps watch on each child afterwards"),
                            ("new_regisseur", "A regisseur of the new municipality accepts the handover"),
                            ("new_supporter", "Call the supporter of the new municipality"),
                            ("new_general_practice", "Find a general practice in the new place"),
                            ("new_school", "Find a school in the new place"),
                            ("school_talk", "Talk with the school"),
                            ("referral_index", "Choose: report to the referral index (VIR) or not"),
                        ],
                        max_length=30,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("done", "done"),
                            ("not_needed", "not needed"),
                            ("overridden", "not arranged, and yet"),
                        ],
                        default="open",
                        max_length=12,
                    ),
                ),
                ("done_on", models.DateField(blank=True, null=True)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("because", models.CharField(blank=True, default="", max_length=200)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                (
                    "trajectory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departure_checks",
                        to="cases.trajectory",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("trajectory", "kind", "person"),
                        name="departurecheck_once_per_person",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "new_assessment",
                                    "safety_plan_current",
                                    "veilig_thuis_informed",
                                    "partners_told",
                                    "income_started",
                                    "supporter_introduced",
                                    "help_before_departure",
                                    "measures_known",
                                    "background_taken_along",
                                    "authority_letters",
                                    "address_level",
                                    "who_keeps_watch",
                                    "new_regisseur",
                                    "new_supporter",
                                    "new_general_practice",
                                    "new_school",
                                    "school_talk",
                                    "referral_index",
                                ],
                            )
                        ),
                        name="departurecheck_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("because", ""),
                                ("closed_at", None),
                                ("closed_by", None),
                                ("done_on", None),
                                ("state", "open"),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("done_on__isnull", False),
                                ("state", "done"),
                            ),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("done_on", None),
                                ("state__in", ["not_needed", "overridden"]),
                                models.Q(("because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="departurecheck_done_on_a_day_or_not_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DepartureDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("decided_on", models.DateField()),
                ("decided_by", models.CharField(max_length=200)),
                ("why_safe_enough", models.TextField()),
                ("dissent", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="safety_plans.riskassessment",
                    ),
                ),
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
                    "trajectory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="departure_decisions",
                        to="cases.trajectory",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by", ""), _negated=True),
                            models.Q(("why_safe_enough", ""), _negated=True),
                        ),
                        name="departuredecision_says_who_and_why",
                    )
                ],
            },
        ),
    ]
