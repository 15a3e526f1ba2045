import uuid

import django.db.models.deletion
from django.db import migrations, models

import core.fields

# `unaccent` is only STABLE, because its dictionary could be replaced; a generated column needs IMMUTABLE. Naming the
# schema and the dictionary keeps the promise as long as nobody edits the dictionary.
PLAIN_TEXT = """
CREATE FUNCTION plain_text(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
    $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_database_roles"),
    ]

    operations = [
        migrations.RunSQL(PLAIN_TEXT, "DROP FUNCTION plain_text(text)"),
        migrations.CreateModel(
            name="CodeList",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(verbose_name="identifier")),
                ("title_nl", models.CharField(max_length=100, verbose_name="title in Dutch")),
                ("title_en", models.CharField(blank=True, default="", max_length=100, verbose_name="title in English")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                ("source", models.CharField(max_length=300, verbose_name="source")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("slug",), name="code_list_slug_is_unique")],
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("code", models.CharField(max_length=6, verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("province", models.CharField(max_length=40, verbose_name="province")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                (
                    "veilig_thuis_basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis of the Veilig Thuis region",
                    ),
                ),
                (
                    "centre_basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis of the centre municipality",
                    ),
                ),
                (
                    "referral_index_ends_on",
                    models.DateField(blank=True, null=True, verbose_name="referral index ends on"),
                ),
                (
                    "ended_because",
                    models.CharField(
                        blank=True, default="", max_length=200, verbose_name="why it ended without a successor"
                    ),
                ),
                (
                    "centre_municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="region_municipalities",
                        to="organisations.municipality",
                        verbose_name="centre municipality",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="organisations.municipality",
                        verbose_name="successor",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="OrganisationKind",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("slug", models.SlugField(max_length=40, verbose_name="identifier")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("is_default", models.BooleanField(default=False, verbose_name="came with the application")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("slug",), name="organisation_kind_slug_is_unique")],
            },
        ),
        migrations.CreateModel(
            name="Region",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                (
                    "kind",
                    models.CharField(
                        choices=[("veilig_thuis", "Veilig Thuis region"), ("safety", "Safety region")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=200, verbose_name="source")),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="region_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(fields=("kind", "name"), name="region_name_is_unique_in_its_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "plain_name",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name"), function="plain_text"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "central_phone",
                    models.CharField(blank=True, default="", max_length=20, verbose_name="central phone number"),
                ),
                (
                    "aftercare_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How long this shelter gives aftercare. Leave empty when unknown.",
                        null=True,
                        verbose_name="months of aftercare",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="organisations.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="organisations.organisationkind",
                        verbose_name="kind",
                    ),
                ),
                (
                    "serves_region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="organisations",
                        to="organisations.region",
                        verbose_name="serves the region",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["plain_name"], name="organisation_by_plain_name")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="organisation_has_a_name"
                    ),
                    models.UniqueConstraint(
                        fields=("municipality", "kind", "name"),
                        name="organisation_name_is_unique_for_its_kind_and_municipality",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="municipality",
            name="safety_region",
            field=models.ForeignKey(
                blank=True,
                limit_choices_to={"kind": "safety"},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="municipalities_by_safety",
                to="organisations.region",
                verbose_name="safety region",
            ),
        ),
        migrations.AddField(
            model_name="municipality",
            name="veilig_thuis_region",
            field=models.ForeignKey(
                blank=True,
                limit_choices_to={"kind": "veilig_thuis"},
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="municipalities_by_veilig_thuis",
                to="organisations.region",
                verbose_name="Veilig Thuis region",
            ),
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="teams",
                        to="organisations.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "name"), name="team_name_is_unique_in_its_organisation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeItem",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("code", models.CharField(max_length=50, verbose_name="code")),
                ("label_nl", models.CharField(max_length=200, verbose_name="Dutch")),
                ("label_en", models.CharField(blank=True, default="", max_length=200, verbose_name="English")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="organisations.codeitem",
                        verbose_name="falls under",
                    ),
                ),
                (
                    "code_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="organisations.codelist",
                        verbose_name="list",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="codeitem_ends_after_it_begins",
                    ),
                    models.UniqueConstraint(fields=("code_list", "code"), name="code_item_is_unique_in_its_list"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent__isnull", True),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="code_item_is_not_its_own_parent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LadderRung",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("rung", models.PositiveSmallIntegerField(verbose_name="rung")),
                ("function_nl", models.CharField(max_length=100, verbose_name="function in Dutch")),
                (
                    "function_en",
                    models.CharField(blank=True, default="", max_length=100, verbose_name="function in English"),
                ),
                ("answer_within", models.PositiveSmallIntegerField(verbose_name="working days to answer")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ladder",
                        to="organisations.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="ladderrung_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_within__gte", 1), ("rung__gte", 1)),
                        name="ladderrung_counts_from_one",
                    ),
                    models.UniqueConstraint(
                        fields=("municipality", "rung", "valid_from"),
                        name="ladderrung_one_per_place_rung_and_day",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("function_name", models.CharField(max_length=100, verbose_name="function")),
                ("central_phone", models.CharField(max_length=20, verbose_name="central phone number")),
                (
                    "duty_desk_hours",
                    models.CharField(blank=True, default="", max_length=200, verbose_name="hours of the duty desk"),
                ),
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_point",
                        to="organisations.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("central_phone", ""), _negated=True),
                            models.Q(("function_name", ""), _negated=True),
                        ),
                        name="contact_point_has_a_function_and_a_number",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Norm",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("valid_from", models.DateField(verbose_name="valid from")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                ("subject", core.fields.WordField(max_length=30, verbose_name="subject")),
                ("kind", models.CharField(blank=True, default="", max_length=50, verbose_name="kind")),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("verified", "From a source"),
                            ("derived", "Derived from other facts"),
                            ("memory", "Not checked"),
                            ("doubtful", "Not checked, and doubtful"),
                            ("confirmed", "Confirmed by an administrator"),
                        ],
                        max_length=20,
                        verbose_name="basis",
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=200, verbose_name="source")),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="norms",
                        to="organisations.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                        ),
                        name="norm_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject__regex", "^[a-z_]+(\\.[a-z_]+)?$")), name="norm_subject_is_a_word"
                    ),
                    models.UniqueConstraint(
                        fields=("subject", "kind", "municipality", "valid_from"),
                        name="norm_one_per_subject_kind_place_and_day",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True), ("valid_until__gt", models.F("valid_from")), _connector="OR"
                ),
                name="municipality_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.UniqueConstraint(fields=("code",), name="municipality_code_is_unique"),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^GM[0-9]{4}$")), name="municipality_code_has_its_form"
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("successor__isnull", False),
                    models.Q(("ended_because", ""), _negated=True),
                    _connector="OR",
                ),
                name="municipality_that_ended_has_a_successor_or_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("successor__isnull", True), ("valid_until__isnull", False), _connector="OR"),
                name="municipality_with_a_successor_has_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor__isnull", True), models.Q(("successor", models.F("id")), _negated=True), _connector="OR"
                ),
                name="municipality_does_not_succeed_itself",
            ),
        ),
    ]
