import uuid

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("happened_at", models.DateTimeField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("visit", "Visit"),
                            ("video", "Video call"),
                            ("message", "By message"),
                            ("outreach", "Went by without an appointment"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "initiative",
                    models.CharField(
                        choices=[
                            ("ours", "We did"),
                            ("family", "The family did"),
                            ("somebody_else", "Somebody else did"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("reached", "Reached"),
                            ("not_reached", "Not reached"),
                            ("refused", "Reached, but does not want to talk"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_help_wanted", "Does not want help any more"),
                            ("no_question_now", "Has no question now"),
                            ("cannot_say", "Cannot say what is needed"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "mood",
                    models.CharField(
                        blank=True,
                        choices=[("good", "Good"), ("mixed", "Good and bad"), ("bad", "Bad")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("own_words", models.TextField(blank=True, default="")),
                (
                    "help_running",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("yes", "Yes"),
                            ("no", "No, some of it stopped"),
                            ("unsure", "Not sure"),
                            ("none", "There is no help"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "feels_safe",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("doubt", "Not sure"), ("no", "No")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("safety_score", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "plan_up_to_date",
                    models.CharField(blank=True, choices=[("yes", "Yes"), ("no", "No")], default="", max_length=10),
                ),
                ("wish", models.CharField(blank=True, default="", max_length=300)),
                (
                    "wish_leads_to",
                    models.CharField(
                        blank=True,
                        choices=[("goal", "A goal in the plan"), ("stagnation", "A stagnation")],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "needs_support",
                    models.CharField(blank=True, choices=[("yes", "Yes"), ("no", "No")], default="", max_length=10),
                ),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ContactSchedule",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("departs_on", models.DateField()),
                ("involvement_ends_on", models.DateField(blank=True, null=True)),
                ("planned_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="EarlyClosing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("because", models.CharField(max_length=300)),
                ("allowed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="FactorChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "factor",
                    models.CharField(
                        choices=[
                            ("contact_with_ex", "Contact with the ex-partner"),
                            ("money", "Worries about money"),
                            ("housing", "Worries about the house"),
                            ("addiction", "Drink or drugs"),
                            ("loneliness", "Being alone"),
                            ("network", "People around the family"),
                            ("work_or_school", "Work, school or day care"),
                            ("children_well", "The children do well"),
                            ("help_accepted", "Help is accepted"),
                        ],
                        max_length=20,
                    ),
                ),
                ("direction", models.CharField(choices=[("up", "more"), ("down", "less")], max_length=5)),
            ],
        ),
        migrations.CreateModel(
            name="HelpAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("good", "Yes, it goes well"),
                            ("poor", "It runs, but it does not fit"),
                            ("stopped", "No, it stopped"),
                            ("unsure", "Not sure"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InvolvementChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("was", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField()),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("still_needed", "It is still needed"),
                            ("enough", "The family no longer needs it"),
                            ("no_budget", "There is no budget"),
                            ("out_of_sight", "The family is out of sight"),
                            ("refused", "The family does not want it"),
                        ],
                        max_length=20,
                    ),
                ),
                ("below_norm", models.BooleanField()),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OutOfSight",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "Proposed"), ("confirmed", "Out of sight"), ("found", "In sight again")],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("since", models.DateField()),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "out of sight",
            },
        ),
        migrations.CreateModel(
            name="OutOfSightStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("network", "Call the people around the family"),
                            ("last_partner", "Call the organisation that saw them last"),
                            ("veilig_thuis", "Ask Veilig Thuis for advice"),
                            ("home_visit", "Go by the house, with two people"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("no_news", "No news"),
                            ("heard_of", "Somebody has heard from them"),
                            ("advice", "Got advice"),
                        ],
                        max_length=20,
                    ),
                ),
                ("done_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="OwnRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("visit", "Visit"),
                            ("video", "Video call"),
                            ("message", "By message"),
                            ("outreach", "Went by without an appointment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True, default="")),
                ("asked_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ScheduleTemplate",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("version", models.PositiveIntegerField()),
                ("valid_from", models.DateField()),
                (
                    "days",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "weeks",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None),
                ),
                (
                    "months",
                    django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), size=None),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SeenPerson",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Strip",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "By phone"),
                            ("visit", "Visit"),
                            ("video", "Video call"),
                            ("message", "By message"),
                            ("outreach", "Went by without an appointment"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Strippenkaart",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("size", models.PositiveSmallIntegerField()),
                ("issued_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "strippenkaarten",
            },
        ),
        migrations.CreateModel(
            name="TrajectoryClosing",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "enough",
                    models.CharField(
                        choices=[
                            ("sufficient", "A year was enough"),
                            ("longer", "It should have been longer"),
                            ("earlier", "It could have been shorter"),
                        ],
                        max_length=20,
                    ),
                ),
                ("enough_because", models.CharField(max_length=300)),
                ("regisseur_after", models.CharField(max_length=200)),
                ("closed_at", models.DateTimeField()),
                ("reopened_at", models.DateTimeField(blank=True, null=True)),
                ("reopened_because", models.CharField(blank=True, default="", max_length=300)),
            ],
        ),
    ]
