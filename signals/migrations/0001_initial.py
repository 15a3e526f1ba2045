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
    ]

    operations = [
        migrations.CreateModel(
            name="AdviceRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("question", models.TextField()),
                ("asked_at", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
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
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "from_organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)),
                        fields=["to_organisation", "asked_at"],
                        name="advice_to_answer",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True), name="advicerequest_asks_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at", None), ("answered_by", None)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="advicerequest_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KnowledgePage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("signs", models.TextField(verbose_name="what to look for")),
                ("what_to_do", models.TextField(verbose_name="what to do")),
                ("what_to_say", models.TextField(blank=True, default="", verbose_name="what you can say")),
                ("sources", models.TextField(blank=True, default="", verbose_name="sources")),
                ("written_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kind",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisationkind",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("kind",),
                        name="knowledgepage_one_current_per_kind",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True),
                            models.Q(("signs", ""), _negated=True),
                            models.Q(("what_to_do", ""), _negated=True),
                        ),
                        name="knowledgepage_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Monitoring",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("runs", "Veilig Thuis monitors"),
                            ("finished", "The monitoring is finished"),
                            ("none", "Veilig Thuis does not monitor"),
                        ],
                        max_length=10,
                    ),
                ),
                ("until", models.DateField(blank=True, null=True)),
                ("who_watches", models.CharField(blank=True, default="", max_length=200)),
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
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["runs", "finished", "none"])), name="monitoring_status_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "runs"), _negated=True), ("until__isnull", False), _connector="OR"
                        ),
                        name="monitoring_runs_until_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "finished"), _negated=True),
                            models.Q(("who_watches", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="monitoring_finished_says_who_watches",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("about_id", models.UUIDField()),
                ("proposed_at", models.DateTimeField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("accepted", "opened again"),
                            ("declined", "not opened again"),
                            ("lapsed", "no longer needed"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("family", "about_id"), name="reopening_once_per_signal"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["proposed", "accepted", "declined", "lapsed"])),
                        name="reopening_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("reason", ""),
                                ("status__in", ["proposed", "lapsed"]),
                            ),
                            models.Q(
                                ("status__in", ["accepted", "declined"]),
                                models.Q(("reason", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="reopening_decided_by_somebody_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=12, unique=True, verbose_name="number")),
                ("token", models.UUIDField()),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("organisation", "An organisation around the family"),
                            ("network", "Somebody around the family, by telephone"),
                            ("family", "The family itself"),
                        ],
                        default="organisation",
                        max_length=20,
                    ),
                ),
                ("reported_at", models.DateTimeField()),
                ("child_name", models.CharField(blank=True, default="", max_length=200)),
                ("child_born_on", models.DateField(blank=True, null=True)),
                ("also_about", models.CharField(blank=True, default="", max_length=300)),
                (
                    "acute",
                    models.CharField(
                        choices=[("yes", "Yes, now"), ("no", "No, not at this moment"), ("unknown", "I do not know")],
                        max_length=10,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("facts", "I saw it myself"),
                            ("heard", "I heard it from others"),
                            ("feeling", "A feeling that something is not right"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what_seen", models.TextField(blank=True, default="")),
                ("what_heard", models.TextField(blank=True, default="")),
                ("what_i_think", models.TextField(blank=True, default="")),
                (
                    "discussed",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("later", "Not yet, later")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("discussed_with", models.CharField(blank=True, default="", max_length=200)),
                ("callback_phone", models.CharField(blank=True, default="", max_length=30)),
                ("routed_at", models.DateTimeField(blank=True, null=True)),
                ("unmatched_at", models.DateTimeField(blank=True, null=True)),
                ("desk_since", models.DateTimeField(blank=True, null=True)),
                ("returned_at", models.DateTimeField(blank=True, null=True)),
                ("returned_because", models.CharField(blank=True, default="", max_length=300)),
                ("severity", models.PositiveSmallIntegerField(default=3)),
                ("nobody_active", models.BooleanField(default=False)),
                ("adds_up", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("received", "received"), ("in_progress", "being looked at"), ("handled", "handled")],
                        default="received",
                        max_length=20,
                    ),
                ),
                (
                    "child_safe",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "I do not know yet")],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("act", "I act myself"),
                            ("advice", "Ask Veilig Thuis for advice"),
                            ("report", "Report to Veilig Thuis"),
                            ("police", "The police"),
                            ("none", "No action is needed"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "vir",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("registered", "Yes, registered"),
                            ("not_registered", "No, and that was weighed"),
                            ("not_allowed", "Our organisation may not register"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("decision", models.TextField(blank=True, default="")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
                    ),
                ),
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
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.family",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "returned_by",
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
                "indexes": [
                    models.Index(
                        condition=models.Q(("routed_at", None)), fields=["reported_at"], name="signal_waiting"
                    ),
                    models.Index(fields=["family", "-reported_at"], name="signal_of_family"),
                    models.Index(fields=["reported_by", "-reported_at"], name="signal_of_reporter"),
                    models.Index(
                        condition=models.Q(("desk__isnull", False)),
                        fields=["desk", "desk_since"],
                        name="signal_at_desk",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("reported_by", "token"), name="signal_one_per_form"),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["organisation", "network", "family"])),
                        name="signal_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("acute__in", ["yes", "no", "unknown"])), name="signal_acute_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["facts", "heard", "feeling"])), name="signal_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity__in", [1, 2, 3])), name="signal_severity_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["received", "in_progress", "handled"])),
                        name="signal_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("child_safe__in", ["", "yes", "no", "unknown"])), name="signal_safety_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vir__in", ["", "registered", "not_registered", "not_allowed"])),
                        name="signal_vir_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "act", "advice", "report", "police", "none"])),
                        name="signal_outcome_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("what_seen", ""), _negated=True),
                            models.Q(("what_heard", ""), _negated=True),
                            models.Q(("what_i_think", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="signal_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("child__isnull", False),
                            models.Q(("child_name", ""), _negated=True),
                            ("source", "family"),
                            _connector="OR",
                        ),
                        name="signal_is_about_a_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source", "family"), models.Q(("callback_phone", ""), _negated=True), _connector="OR"
                        ),
                        name="signal_says_where_to_call_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("family", None), ("routed_at", None)),
                            models.Q(("family__isnull", False), ("routed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="signal_has_a_family_exactly_when_routed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("desk", None), ("desk_since", None)),
                            models.Q(("desk__isnull", False), ("desk_since__isnull", False)),
                            _connector="OR",
                        ),
                        name="signal_is_at_a_desk_since_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("returned_at", None), ("returned_because", ""), ("returned_by", None)),
                            models.Q(
                                ("returned_at__isnull", False),
                                ("returned_by__isnull", False),
                                models.Q(("returned_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="signal_returned_by_somebody_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "handled"),
                                models.Q(("outcome", ""), _negated=True),
                                models.Q(("child_safe", ""), _negated=True),
                                models.Q(("decision", ""), _negated=True),
                                ("decided_by__isnull", False),
                                ("decided_at__isnull", False),
                            ),
                            models.Q(
                                models.Q(("status", "handled"), _negated=True),
                                ("child_safe", ""),
                                ("decided_at", None),
                                ("decided_by", None),
                                ("decision", ""),
                                ("outcome", ""),
                            ),
                            _connector="OR",
                        ),
                        name="signal_handled_exactly_when_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("child_safe", "no"), _negated=True),
                            models.Q(("outcome", "none"), _negated=True),
                            _connector="OR",
                        ),
                        name="signal_unsafe_child_is_acted_for",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PoliceContact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("community_officer", "The community police officer was told"),
                            ("police", "The police was called"),
                        ],
                        max_length=20,
                    ),
                ),
                ("told_at", models.DateTimeField()),
                ("spoke_with", models.CharField(max_length=200)),
                ("agreed", models.TextField()),
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
                    "signal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="police_contacts",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["community_officer", "police"])),
                        name="policecontact_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("spoke_with", ""), _negated=True), models.Q(("agreed", ""), _negated=True)
                        ),
                        name="policecontact_says_with_whom_and_what",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeldcodeStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Write down the signs"),
                            (2, "Consult a colleague, and Veilig Thuis if needed"),
                            (3, "Talk with those it is about"),
                            (4, "Weigh the violence"),
                            (5, "Decide: report, and help"),
                        ]
                    ),
                ),
                ("taken_on", models.DateField(blank=True, null=True)),
                ("skipped_because", models.CharField(blank=True, default="", max_length=200)),
                ("with_whom", models.CharField(blank=True, default="", max_length=200)),
                (
                    "child_check",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("children_seen", "Yes, and the children were asked or seen"),
                            ("children_not_seen", "Yes, but the children were not seen yet"),
                            ("no_children", "No children depend on this adult"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
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
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meldcode_steps", to="signals.signal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("signal", "step"), name="meldcodestep_once_per_signal"),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", [1, 2, 3, 4, 5])), name="meldcodestep_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("child_check__in", ["", "children_seen", "children_not_seen", "no_children"])
                        ),
                        name="meldcodestep_child_check_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("skipped_because", ""), ("taken_on__isnull", False)),
                            models.Q(("taken_on", None), models.Q(("skipped_because", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="meldcodestep_taken_or_left_out_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeldcodeDecision",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "advice",
                    models.CharField(
                        choices=[
                            ("close", "No suspicion: close it, and keep what was written down"),
                            ("report", "Report to Veilig Thuis, and discuss the other questions with them"),
                            ("help", "Give or organise help, and look on a day whether it works"),
                            ("close_help", "Round off the help, with agreements about who keeps watch"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reports", models.BooleanField()),
                ("helps", models.BooleanField()),
                ("reason", models.TextField()),
                ("review_on", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField()),
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
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meldcode_decisions",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("signal", "round"), name="meldcodedecision_once_per_round"),
                    models.CheckConstraint(
                        condition=models.Q(("advice__in", ["close", "report", "help", "close_help"])),
                        name="meldcodedecision_advice_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="meldcodedecision_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("helps", False), ("review_on", None)),
                            models.Q(("helps", True), ("review_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="meldcodedecision_help_is_looked_at_again",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeskNotice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("desk_since", models.DateTimeField()),
                ("step", models.PositiveSmallIntegerField(choices=[(0, "Arrived"), (1, "Late")])),
                ("sent_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signals.signal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("signal", "user", "desk_since", "step"), name="desknotice_told_once"
                    ),
                    models.CheckConstraint(condition=models.Q(("step__in", [0, 1])), name="desknotice_step_known"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AdviceLink",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "advice_request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signals.advicerequest"
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="advice_links", to="signals.signal"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SignalCandidate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("about_id", models.UUIDField()),
                ("reference", models.CharField(max_length=12)),
                (
                    "fit",
                    models.CharField(
                        choices=[
                            ("same", "the name and the day of birth of a child are the same"),
                            ("alike", "the day of birth is the same, the name is nearly the same"),
                            ("name", "the name is the same, the day of birth is another or was not given"),
                        ],
                        max_length=10,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("chosen_at", models.DateTimeField(blank=True, null=True)),
                ("refused_at", models.DateTimeField(blank=True, null=True)),
                (
                    "chosen_by",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("about_id", "family"), name="signalcandidate_once_per_signal"),
                    models.UniqueConstraint(
                        condition=models.Q(("chosen_at__isnull", False), ("refused_at", None)),
                        fields=("about_id",),
                        name="signalcandidate_one_chosen_per_signal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("fit__in", ["same", "alike", "name"])), name="signalcandidate_fit_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("chosen_at", None), ("chosen_by", None)),
                            models.Q(("chosen_at__isnull", False), ("chosen_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="signalcandidate_chosen_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignalPerson",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("added_at", models.DateTimeField()),
                (
                    "added_by",
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
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="concerns", to="signals.signal"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("signal", "person"), name="signalperson_once_per_signal")
                ],
            },
        ),
        migrations.CreateModel(
            name="VeiligThuisReport",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.CharField(default="", max_length=12)),
                ("is_acute", models.BooleanField(default=False)),
                ("facts", models.TextField()),
                ("from_others", models.TextField(blank=True, default="")),
                ("interpretation", models.TextField(blank=True, default="")),
                ("own_steps", models.TextField(blank=True, default="")),
                ("informed", models.TextField(blank=True, default="")),
                ("question", models.TextField(blank=True, default="")),
                ("origin_disclosed", models.BooleanField(default=True)),
                (
                    "origin_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("danger_to_family", "It would be a danger to the victim or to others in the home"),
                            ("danger_to_reporter", "It would be a danger to the reporter or to colleagues"),
                            ("trust", "It would seriously disturb the relation of trust"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("about", models.JSONField(blank=True, default=list)),
                ("reported_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="signals.signal"
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
                        condition=models.Q(("number", ""), _negated=True),
                        fields=("number",),
                        name="veiligthuisreport_number_is_unique",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("facts", ""), _negated=True), name="veiligthuisreport_states_facts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin_reason__in", ["", "danger_to_family", "danger_to_reporter", "trust"])
                        ),
                        name="veiligthuisreport_origin_reason_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("origin_disclosed", True), ("origin_reason", "")),
                            models.Q(("origin_disclosed", False), models.Q(("origin_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="veiligthuisreport_origin_hidden_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VeiligThuisAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                (
                    "assessment",
                    models.CharField(
                        choices=[
                            ("at_veilig_thuis", "Veilig Thuis goes on with it"),
                            ("transfer", "Handed back: others go on with it"),
                            ("no_steps", "No further steps are needed"),
                            ("regional", "Another approach of the region"),
                            ("not_yet", "Not assessed yet"),
                        ],
                        default="not_yet",
                        max_length=20,
                    ),
                ),
                ("assessed_on", models.DateField(blank=True, null=True)),
                ("hands_back", models.BooleanField(default=False)),
                ("received_on", models.DateField()),
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="signals.veiligthuisreport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="veiligthuisanswer_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("assessment__in", ["at_veilig_thuis", "transfer", "no_steps", "regional", "not_yet"])
                        ),
                        name="veiligthuisanswer_assessment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("assessment", "not_yet"), ("assessed_on__isnull", False), _connector="OR"),
                        name="veiligthuisanswer_assessed_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VeiligThuisTerm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=40)),
                ("label_nl", models.CharField(max_length=200)),
                ("label_en", models.CharField(max_length=200)),
                ("amount", models.PositiveSmallIntegerField()),
                (
                    "unit",
                    models.CharField(choices=[("working_days", "working days"), ("weeks", "weeks")], max_length=20),
                ),
                ("legal_source", models.CharField(max_length=200)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "valid_from"), name="veiligthuisterm_one_from_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["working_days", "weeks"])), name="veiligthuisterm_unit_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WeighingAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                (
                    "question",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (
                                1,
                                "After steps 1 to 3: do you suspect violence at home or child abuse, or a threat of it?",
                            ),
                            (2, "Is there acute or structural unsafety?"),
                            (3, "Can you give or organise help that takes the danger away?"),
                            (4, "Do all involved accept this help, and do they work along?"),
                            (5, "Does the help lead in time to safety and recovery of everybody?"),
                        ]
                    ),
                ),
                ("answer", models.BooleanField()),
                ("reason", models.TextField()),
                ("answered_at", models.DateTimeField()),
                (
                    "answered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "signal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="weighing_answers",
                        to="signals.signal",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("signal", "round", "question"), name="weighinganswer_once_per_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("question__in", [1, 2, 3, 4, 5])), name="weighinganswer_question_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="weighinganswer_has_a_reason"
                    ),
                ],
            },
        ),
    ]
