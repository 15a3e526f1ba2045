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
            name="Assessment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("instrument", models.CharField(max_length=20)),
                ("version", models.CharField(max_length=10)),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("intake", "At the start"),
                            ("in_between", "In between"),
                            ("departure", "At the departure"),
                            ("end", "At the end"),
                        ],
                        max_length=12,
                    ),
                ),
                ("assessed_on", models.DateField()),
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
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["family", "person", "-assessed_on"], name="assessment_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("occasion__in", ["intake", "in_between", "departure", "end"])),
                        name="assessment_occasion_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("instrument", ""), _negated=True), models.Q(("version", ""), _negated=True)
                        ),
                        name="assessment_says_which_instrument",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Conference",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("held_on", models.DateField()),
                ("discussed", models.TextField()),
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
            ],
        ),
        migrations.CreateModel(
            name="Attendee",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("network", models.CharField(blank=True, default="", max_length=120)),
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
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendees",
                        to="family_plans.conference",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("network", ""), ("organisation", None), ("person__isnull", False), ("user", None)
                            ),
                            models.Q(
                                ("network", ""), ("organisation", None), ("person", None), ("user__isnull", False)
                            ),
                            models.Q(
                                ("network", ""), ("organisation__isnull", False), ("person", None), ("user", None)
                            ),
                            models.Q(
                                ("organisation", None),
                                ("person", None),
                                ("user", None),
                                models.Q(("network", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="attendee_is_exactly_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Debts",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("noted_on", models.DateField()),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("none", "No debts"),
                            ("some", "Debts, nothing pressing"),
                            ("pressing", "Pressing: eviction, energy, water or health insurance"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("first_talk_by", models.DateField(blank=True, null=True)),
                ("noted_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "debts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("situation__in", ["none", "some", "pressing", "unknown"])),
                        name="debts_situation_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FamilyPlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("own_words", models.TextField()),
                ("started_at", models.DateTimeField()),
                ("agreed_on", models.DateField(blank=True, null=True)),
                (
                    "route",
                    models.CharField(
                        blank=True, choices=[("cti", "Critical Time Intervention")], default="", max_length=10
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "coordinator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
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
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("family",),
                        name="familyplan_one_active_per_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("own_words", ""), _negated=True),
                        name="familyplan_has_the_clients_own_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("route__in", ["", "cti"])), name="familyplan_route_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="familyplan_ended_by_exactly_when_ended",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", core.fields.WordField(max_length=30)),
                ("at", models.DateTimeField()),
                (
                    "domain",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.codeitem",
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
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="family_plans.familyplan",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plan", "-at"], name="contribution_of_plan")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what__regex", "^[a-z_]+(\\.[a-z_]+)?$")), name="contribution_is_a_word"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="conference",
            name="plan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="conferences", to="family_plans.familyplan"
            ),
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("strength", "What goes well"), ("need", "What is needed")], max_length=10
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                ("noted_at", models.DateTimeField()),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="findings",
                        to="family_plans.familyplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["strength", "need"])), name="finding_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="finding_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("network", models.CharField(blank=True, default="", max_length=120)),
                ("problem", models.TextField()),
                ("aim", models.TextField()),
                ("own_words", models.TextField(blank=True, default="")),
                (
                    "phase",
                    models.CharField(
                        choices=[("in_shelter", "During the stay"), ("after_departure", "After the departure")],
                        max_length=20,
                    ),
                ),
                ("due_on", models.DateField()),
                ("set_at", models.DateTimeField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[("achieved", "achieved"), ("partly", "partly achieved"), ("not", "not achieved")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("result_words", models.TextField(blank=True, default="")),
                ("result_on", models.DateField(blank=True, null=True)),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="goals", to="family_plans.familyplan"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GoalTemplate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField()),
                ("version", models.PositiveIntegerField(default=1)),
                ("valid_from", models.DateField()),
                ("domain_code", models.CharField(max_length=50)),
                (
                    "phase",
                    models.CharField(
                        choices=[("in_shelter", "During the stay"), ("after_departure", "After the departure")],
                        max_length=20,
                    ),
                ),
                ("title_nl", models.CharField(max_length=100)),
                ("title_en", models.CharField(blank=True, default="", max_length=100)),
                ("problem_nl", models.TextField()),
                ("problem_en", models.TextField(blank=True, default="")),
                ("aim_nl", models.TextField()),
                ("aim_en", models.TextField(blank=True, default="")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "version"), name="goaltemplate_one_row_per_version")
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("together_because", models.TextField(blank=True, default="")),
                ("asked_on", models.DateField()),
                ("indicated_on", models.DateField(blank=True, null=True)),
                ("intake_on", models.DateField(blank=True, null=True)),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("planned_end_on", models.DateField(blank=True, null=True)),
                ("bridging", models.CharField(blank=True, default="", max_length=300)),
                (
                    "fit",
                    models.CharField(
                        blank=True,
                        choices=[("fits", "It fits"), ("doubt", "Not sure"), ("does_not_fit", "It does not fit")],
                        default="",
                        max_length=15,
                    ),
                ),
                (
                    "drop_out_risk",
                    models.CharField(
                        blank=True,
                        choices=[("low", "Small"), ("some", "There is some"), ("high", "Large")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("needed_after", models.BooleanField(default=True)),
                ("successor_words", models.CharField(blank=True, default="", max_length=120)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("achieved", "The goal is reached"),
                            ("not_needed", "It is not needed any more"),
                            ("stopped", "The organisation stopped"),
                            ("dropped_out", "The client or the child stopped coming"),
                            ("does_not_fit", "It did not fit"),
                            ("moved", "The family moved"),
                            ("never_started", "It never started"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("end_words", models.CharField(blank=True, default="", max_length=300)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "law",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.codeitem",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
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
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "together_with",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_on", None)), fields=["family"], name="helpline_running_of_family"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("planned_end_on", None),
                            ("starts_on", None),
                            ("planned_end_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="helpline_is_planned_to_end_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("indicated_on", None), ("indicated_on__gte", models.F("asked_on")), _connector="OR"
                            ),
                            models.Q(("intake_on", None), ("intake_on__gte", models.F("asked_on")), _connector="OR"),
                            models.Q(("starts_on", None), ("starts_on__gte", models.F("asked_on")), _connector="OR"),
                        ),
                        name="helpline_nothing_comes_before_the_asking",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("asked_on")), _connector="OR"
                        ),
                        name="helpline_ends_after_it_was_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None),
                            ("starts_on", None),
                            ("ended_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="helpline_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_on", None)),
                            models.Q(("ended_on__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="helpline_ends_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "end_reason__in",
                                [
                                    "",
                                    "achieved",
                                    "not_needed",
                                    "stopped",
                                    "dropped_out",
                                    "does_not_fit",
                                    "moved",
                                    "never_started",
                                ],
                            )
                        ),
                        name="helpline_end_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fit__in", ["", "fits", "doubt", "does_not_fit"])),
                        name="helpline_fit_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("drop_out_risk__in", ["", "low", "some", "high"])),
                        name="helpline_drop_out_risk_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("together_with", None),
                            models.Q(
                                ("person__isnull", False),
                                models.Q(("person", models.F("together_with")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="helpline_together_is_two_persons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpAtMove",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("moved_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("continues", "Goes on with the same organisation"),
                            ("transfers", "Another organisation takes over"),
                            ("restarts", "Must be asked again"),
                        ],
                        max_length=10,
                    ),
                ),
                ("last_day", models.DateField(blank=True, null=True)),
                ("first_day", models.DateField(blank=True, null=True)),
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
                    "help_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moves", to="family_plans.helpline"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("help_line", "moved_on"), name="helpatmove_once_per_move"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["continues", "transfers", "restarts"])),
                        name="helpatmove_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", "continues"), ("last_day__isnull", False), _connector="OR"),
                        name="helpatmove_has_a_last_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first_day", None),
                            ("last_day", None),
                            ("first_day__gt", models.F("last_day")),
                            _connector="OR",
                        ),
                        name="helpatmove_starts_after_it_stopped",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HousingLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ready_since", models.DateField(blank=True, null=True)),
                (
                    "waits_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dwelling", "a dwelling"),
                            ("urgency", "the urgency"),
                            ("income", "income"),
                            ("help", "help after the stay"),
                            ("other", "something else"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "urgency",
                    models.CharField(
                        choices=[
                            ("not_requested", "Not requested"),
                            ("requested", "Requested"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                        ],
                        default="not_requested",
                        max_length=15,
                    ),
                ),
                ("requested_on", models.DateField(blank=True, null=True)),
                ("decided_on", models.DateField(blank=True, null=True)),
                (
                    "preferred_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("network", "People she or he can count on are there"),
                            ("safety", "It is safe there"),
                            ("school", "The children's school"),
                            ("work", "Work"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("condition", models.CharField(blank=True, default="", max_length=300)),
                ("condition_until", models.DateField(blank=True, null=True)),
                ("consequence", models.CharField(blank=True, default="", max_length=300)),
                ("found_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("found_on", None)),
                        fields=("family",),
                        name="housingline_one_open_per_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("urgency__in", ["not_requested", "requested", "granted", "refused"])),
                        name="housingline_urgency_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requested_on", None), ("urgency", "not_requested")),
                            models.Q(("urgency", "not_requested"), _negated=True),
                            _connector="OR",
                        ),
                        name="housingline_requested_when_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("urgency__in", ["requested", "granted", "refused"]), _negated=True),
                            ("requested_on__isnull", False),
                            _connector="OR",
                        ),
                        name="housingline_requested_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("urgency__in", ["granted", "refused"]), _negated=True),
                            ("decided_on__gte", models.F("requested_on")),
                            _connector="OR",
                        ),
                        name="housingline_decided_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("condition_until", None), models.Q(("condition", ""), _negated=True), _connector="OR"
                        ),
                        name="housingline_condition_says_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncomeLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("intake", "At admission"),
                            ("departure", "At the departure"),
                            ("move", "At a move to another municipality"),
                            ("other", "Another change"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("benefit", "Benefit"), ("work", "Work"), ("other", "Other income")], max_length=10
                    ),
                ),
                ("earlier_until", models.DateField(blank=True, null=True)),
                ("applied_on", models.DateField(blank=True, null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("granted", "Granted"), ("refused", "Refused")], default="", max_length=10
                    ),
                ),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("first_payment_on", models.DateField(blank=True, null=True)),
                ("bridging", models.CharField(blank=True, default="", max_length=300)),
                (
                    "tailored",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not asked"),
                            ("asked", "Asked"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                        ],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                ("suwinet_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("occasion__in", ["intake", "departure", "move", "other"])),
                        name="incomeline_occasion_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["benefit", "work", "other"])), name="incomeline_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tailored__in", ["not_asked", "asked", "granted", "refused"])),
                        name="incomeline_tailored_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("decision", "")),
                            models.Q(("decision__in", ["granted", "refused"]), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="incomeline_decided_with_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on", None),
                            ("applied_on", None),
                            ("decided_on__gte", models.F("applied_on")),
                            _connector="OR",
                        ),
                        name="incomeline_decided_after_it_was_asked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptPart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=200)),
                ("set_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "about",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "kept_from",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_parts",
                        to="family_plans.familyplan",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)),
                        fields=("plan", "about", "kept_from"),
                        name="keptpart_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about", models.F("kept_from")), _negated=True),
                        name="keptpart_not_from_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="keptpart_for_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkCount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("counted_on", models.DateField()),
                ("size", models.PositiveSmallIntegerField()),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("family", "counted_on"), name="networkcount_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("network", models.CharField(blank=True, default="", max_length=120)),
                ("task", models.CharField(max_length=300)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="participants", to="family_plans.goal"
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
                    "user",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("network", ""), ("organisation", None), ("person__isnull", False), ("user", None)
                            ),
                            models.Q(
                                ("network", ""), ("organisation", None), ("person", None), ("user__isnull", False)
                            ),
                            models.Q(
                                ("network", ""), ("organisation__isnull", False), ("person", None), ("user", None)
                            ),
                            models.Q(
                                ("organisation", None),
                                ("person", None),
                                ("user", None),
                                models.Q(("network", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="participant_is_exactly_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("task", ""), _negated=True), name="participant_has_a_task"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanAction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("network", models.CharField(blank=True, default="", max_length=120)),
                ("what", models.TextField()),
                ("due_on", models.DateField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conference",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="family_plans.conference",
                    ),
                ),
                (
                    "done_by",
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
                    "goal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="family_plans.goal"
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
                    "user",
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
                "ordering": ["due_on", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("network", ""), ("organisation", None), ("person__isnull", False), ("user", None)
                            ),
                            models.Q(
                                ("network", ""), ("organisation", None), ("person", None), ("user__isnull", False)
                            ),
                            models.Q(
                                ("network", ""), ("organisation__isnull", False), ("person", None), ("user", None)
                            ),
                            models.Q(
                                ("organisation", None),
                                ("person", None),
                                ("user", None),
                                models.Q(("network", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="planaction_exactly_one_is_responsible",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="planaction_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at", None), ("done_by", None)),
                            models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="planaction_done_by_exactly_when_done",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PracticalNeed",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "settled",
                    models.CharField(
                        choices=[("needed", "still to do"), ("arranged", "arranged"), ("not_needed", "not needed")],
                        default="needed",
                        max_length=12,
                    ),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("family", "item"), name="practicalneed_each_once"),
                    models.CheckConstraint(
                        condition=models.Q(("settled__in", ["needed", "arranged", "not_needed"])),
                        name="practicalneed_settled_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RouteFocus",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slot", models.PositiveSmallIntegerField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="focus", to="family_plans.familyplan"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "route focus",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)), fields=("plan", "slot"), name="routefocus_one_per_slot"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("plan", "domain"),
                        name="routefocus_each_domain_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slot__gte", 1), ("slot__lte", 3)), name="routefocus_three_at_most"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutePhase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="phases", to="family_plans.familyplan"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "number"), name="routephase_each_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", 3)), name="routephase_of_three"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))),
                        name="routephase_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("level", models.PositiveSmallIntegerField()),
                ("own_level", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="family_plans.assessment"
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "domain"), name="score_one_per_domain"),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 1), ("level__lte", 5)), name="score_of_five_levels"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("own_level", None), models.Q(("own_level__gte", 1), ("own_level__lte", 5)), _connector="OR"
                        ),
                        name="score_own_of_five_levels",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfReliance",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("self", "by oneself"),
                            ("with_network", "with the network"),
                            ("with_help", "with help"),
                            ("professional", "only with a professional"),
                        ],
                        max_length=20,
                    ),
                ),
                ("own_score", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("assessed_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "assessed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
            ],
            options={
                "verbose_name_plural": "self-reliance",
                "indexes": [models.Index(fields=["family", "domain", "-assessed_on"], name="selfreliance_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["self", "with_network", "with_help", "professional"])),
                        name="selfreliance_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("own_score", None), ("own_score__lte", 10), _connector="OR"),
                        name="selfreliance_score_is_out_of_ten",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourcePlan",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=150)),
                ("made_on", models.DateField()),
                ("kept_at", models.CharField(blank=True, default="", max_length=150)),
                ("named_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sources",
                        to="family_plans.familyplan",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="sourceplan_has_a_title"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="goal",
            name="source",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="goals",
                to="family_plans.sourceplan",
            ),
        ),
        migrations.CreateModel(
            name="Stagnation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting list"),
                            ("capacity", "Too little help to be had"),
                            ("money", "Money or a decision about it"),
                            ("staff", "Staff changed or left"),
                            ("difference_of_view", "Organisations disagree"),
                            ("not_known", "Not known yet"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("since", models.DateField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("hand", "somebody who noticed"),
                            ("help_line", "help that waits longer than the norm"),
                            ("income", "days without income"),
                            ("housing", "an urgency that was refused"),
                            ("check_in", "a conversation with the family"),
                        ],
                        default="hand",
                        max_length=10,
                    ),
                ),
                ("tried", models.TextField(blank=True, default="")),
                ("bridging", models.CharField(blank=True, default="", max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("escalated", "with the municipality"),
                            ("answered", "answered by the municipality"),
                            ("solved", "solved"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                ("solve_by", models.DateField()),
                ("escalated_on", models.DateField(blank=True, null=True)),
                ("answer_by", models.DateField(blank=True, null=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("happens_by", models.DateField(blank=True, null=True)),
                (
                    "solved_by_means_of",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("started", "It started after all"),
                            ("longer_stay", "A longer stay in the shelter"),
                            ("escalation", "The municipality pushed it through"),
                            ("binding_request", "A binding request of the regisseur"),
                            ("other_partner", "Other help at another partner"),
                            ("tailored", "The municipality departed from its usual way"),
                            ("not_needed", "It is not needed any more"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("solution", models.TextField(blank=True, default="")),
                ("solved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "addressed",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "domain",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "help_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stagnations",
                        to="family_plans.helpline",
                    ),
                ),
                (
                    "housing_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="family_plans.housingline",
                    ),
                ),
                (
                    "income_line",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="family_plans.incomeline",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "escalated")), fields=["answer_by", "id"], name="stagnation_asked"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cause__in", ["waiting", "capacity", "money", "staff", "difference_of_view", "not_known"])
                        ),
                        name="stagnation_cause_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["hand", "help_line", "income", "housing", "check_in"])),
                        name="stagnation_source_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("income_line__isnull", False), ("solved_at", None)),
                        fields=("income_line",),
                        name="stagnation_one_open_per_income_line",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("housing_line__isnull", False), ("solved_at", None)),
                        fields=("housing_line",),
                        name="stagnation_one_open_per_housing_line",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "escalated", "answered", "solved"])),
                        name="stagnation_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("solved_at__isnull", False),
                                (
                                    "solved_by_means_of__in",
                                    [
                                        "started",
                                        "longer_stay",
                                        "escalation",
                                        "binding_request",
                                        "other_partner",
                                        "tailored",
                                        "not_needed",
                                    ],
                                ),
                                ("status", "solved"),
                                models.Q(("solution", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "solved"), _negated=True),
                                ("solution", ""),
                                ("solved_at", None),
                                ("solved_by_means_of", ""),
                            ),
                            _connector="OR",
                        ),
                        name="stagnation_solution_exactly_when_solved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["escalated", "answered"]), _negated=True),
                            models.Q(("answer_by__isnull", False), ("escalated_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="stagnation_escalated_with_a_day_for_the_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("addressed", None),
                                ("answer", ""),
                                ("answered_at", None),
                                ("answered_by", None),
                                ("happens_by", None),
                            ),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("addressed__isnull", False),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("happens_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="stagnation_answer_has_somebody_who_gave_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="stagnation_answered_with_an_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BindingRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("asked_on", models.DateField()),
                ("answer_by", models.DateField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "stagnation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="family_plans.stagnation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_on", None)),
                        fields=["answer_by", "id"],
                        name="bindingrequest_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on", None)),
                        fields=("stagnation",),
                        name="bindingrequest_one_open_per_stagnation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="bindingrequest_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_by__gt", models.F("asked_on"))),
                        name="bindingrequest_leaves_time_to_answer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_on", None), ("recorded_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_on__isnull", False),
                                ("recorded_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="bindingrequest_answered_whole_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateAction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("order", models.PositiveSmallIntegerField()),
                ("what_nl", models.TextField()),
                ("what_en", models.TextField(blank=True, default="")),
                ("by_the_client", models.BooleanField(default=False)),
                (
                    "counted_from",
                    models.CharField(
                        choices=[("today", "the day on which the goal is set"), ("departure", "the day of departure")],
                        max_length=10,
                    ),
                ),
                ("days", models.SmallIntegerField()),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="family_plans.goaltemplate",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("template", "order"), name="templateaction_in_order"),
                    models.CheckConstraint(
                        condition=models.Q(("counted_from__in", ["today", "departure"])),
                        name="templateaction_counted_from_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TreatmentLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("ground", models.CharField(max_length=300)),
                ("starts_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("achieved", "The goal is reached"),
                            ("not_needed", "It is not needed any more"),
                            ("stopped", "The organisation stopped"),
                            ("dropped_out", "The client or the child stopped coming"),
                            ("does_not_fit", "It did not fit"),
                            ("moved", "The family moved"),
                            ("never_started", "It never started"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("note", models.TextField(blank=True, default="")),
                ("recorded_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True), name="treatmentline_has_a_ground"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="treatmentline_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_on", None)),
                            models.Q(("ended_on__isnull", False), models.Q(("end_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="treatmentline_ends_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="conference",
            constraint=models.CheckConstraint(
                condition=models.Q(("discussed", ""), _negated=True), name="conference_says_what_was_discussed"
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("phase__in", ["in_shelter", "after_departure"])), name="goal_phase_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", ["", "achieved", "partly", "not"])), name="goal_result_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("aim", ""), _negated=True), models.Q(("problem", ""), _negated=True)),
                name="goal_says_why_and_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("network", ""), ("organisation", None), ("person__isnull", False), ("user", None)),
                    models.Q(("network", ""), ("organisation", None), ("person", None), ("user__isnull", False)),
                    models.Q(("network", ""), ("organisation__isnull", False), ("person", None), ("user", None)),
                    models.Q(
                        ("organisation", None),
                        ("person", None),
                        ("user", None),
                        models.Q(("network", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="goal_exactly_one_is_responsible",
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", ""), ("result_on", None)),
                    models.Q(models.Q(("result", ""), _negated=True), ("result_on__isnull", False)),
                    _connector="OR",
                ),
                name="goal_result_has_a_day",
            ),
        ),
    ]
