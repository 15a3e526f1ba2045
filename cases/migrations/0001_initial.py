import datetime
import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.fields

# How a Dutch name sounds, word by word. "van Dijck" and "Dyk" are one word that sounds the same; what stands between a
# first and a last name ("van", "de", "el") distinguishes nobody. Own rules: there is no Dutch phonetic in the database.
NAMES = r"""
CREATE FUNCTION name_sound(word text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(replace(replace(
        regexp_replace(word, '(d|dt|td)$', 't'),
        'ij', 'y'), 'ei', 'y'), 'ey', 'y'), 'ie', 'y'), 'i', 'y'),
        'sch', 'sg'), 'ch', 'g'), 'gh', 'g'), 'ph', 'f'), 'th', 't'), 'ck', 'k'), 'qu', 'kw'), 'q', 'k'),
        'x', 'ks'), 'z', 's'), 'v', 'f'), 'ouw', 'ou'),
        'c', 'k', 'g'), '(.)\1+', '\1', 'g')
$$;
CREATE FUNCTION name_words(value text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT public.name_sound(word)), '{}')
    FROM regexp_split_to_table(public.plain_text(value), '[^a-z0-9]+') AS word
    WHERE word <> '' AND word NOT IN
        ('van', 'de', 'der', 'den', 'het', 't', 'ter', 'ten', 'te', 'op', 'in', 'el', 'al', 'la', 'le', 'da', 'dos', 'du',
         'von', 'bin', 'ben', 'ibn', 'e', 'v', 'd')
$$;
CREATE FUNCTION phone_digits(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(value, '[^0-9]', '', 'g'), '^(0031|31)', '0')
$$;
"""
NO_NAMES = """
DROP FUNCTION phone_digits(text); DROP FUNCTION name_words(text); DROP FUNCTION name_sound(text);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("accounts", "__first__"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(NAMES, NO_NAMES),
        migrations.CreateModel(
            name="Family",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reference", models.CharField(max_length=12, unique=True, verbose_name="reference")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("compared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
            ],
            options={
                "permissions": [("broke_glass", "Broke the glass")],
            },
        ),
        migrations.CreateModel(
            name="Ground",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consent", "Consent"),
                            ("statutory_task", "Statutory task"),
                            ("right_to_report", "Right to report to Veilig Thuis"),
                            ("conflict_of_duties", "Conflict of duties"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "consent_gap",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unsafe_to_ask", "Asking this parent would put somebody in danger"),
                            ("child_wants_it", "A parent refuses; the child, 12 or older, keeps wanting it"),
                            ("prevents_harm", "It clearly prevents serious harm to the child"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                (
                    "law",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("wmo", "Social support (Wmo 2015)"),
                            ("jeugdwet", "Youth help (Jeugdwet)"),
                            ("participatiewet", "Income (Participatiewet)"),
                            ("debt_help", "Debt help (Wgs)"),
                            ("education", "Education"),
                            ("care", "Health care"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("article", models.CharField(blank=True, default="", max_length=120)),
                ("weighing", models.TextField(blank=True, default="")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("discussed_on", models.DateField(blank=True, null=True)),
                (
                    "not_discussed_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unsafe", "Talking about it now would put somebody in danger"),
                            ("overheard", "The ex-partner reads or listens along"),
                            ("unreachable", "She or he cannot be reached, and it cannot wait"),
                        ],
                        default="",
                        max_length=200,
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
                    "second_professional",
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
                            ("kind__in", ["consent", "statutory_task", "right_to_report", "conflict_of_duties"])
                        ),
                        name="ground_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "statutory_task"), _negated=True),
                            models.Q(models.Q(("article", ""), _negated=True), models.Q(("law", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="ground_task_names_its_law_and_article",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "conflict_of_duties"), _negated=True),
                            models.Q(models.Q(("weighing", ""), _negated=True), ("second_professional__isnull", False)),
                            _connector="OR",
                        ),
                        name="ground_conflict_is_weighed_by_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("discussed_on__isnull", False),
                            models.Q(("not_discussed_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="ground_discussed_or_reasoned",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("consent_gap", ""), ("not_discussed_because", "")),
                            ("second_professional__isnull", False),
                            _connector="OR",
                        ),
                        name="ground_exception_takes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("not_discussed_because__in", ["", "unsafe", "overheard", "unreachable"])),
                        name="ground_exception_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent_gap", ""),
                            models.Q(
                                ("consent_gap__in", ["unsafe_to_ask", "child_wants_it", "prevents_harm"]),
                                ("kind", "consent"),
                            ),
                            _connector="OR",
                        ),
                        name="ground_gap_only_in_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_at", None), ("second_professional__isnull", False), _connector="OR"
                        ),
                        name="ground_confirmed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IssuedPaper",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("paper", core.fields.WordField(max_length=40)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("paper__regex", "^[a-z_]+(\\.[a-z_]+)?$")),
                        name="issuedpaper_paper_is_a_word",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("merged_reference", models.CharField(max_length=12)),
                ("reason", models.CharField(max_length=200)),
                ("moved", models.JSONField()),
                ("changed", models.JSONField()),
                ("merged_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "merged",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("family", models.F("merged")), _negated=True),
                        name="merge_is_of_two_families",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="merge_for_a_reason"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("merged",),
                        name="merge_one_open_per_merged_family",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkMember",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("relative", "Family"),
                            ("friend", "Friend"),
                            ("neighbour", "Neighbour"),
                            ("other", "Somebody else"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "support",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("signals", "Sees when things go wrong"),
                                ("practical", "Helps with practical things"),
                                ("emotional", "Somebody to talk to"),
                            ],
                            max_length=10,
                        ),
                        size=None,
                    ),
                ),
                (
                    "strength",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Weak: seldom, or not to be relied on"),
                            (2, "Fair: there when asked"),
                            (3, "Strong: there by itself"),
                        ]
                    ),
                ),
                (
                    "knows_address",
                    models.CharField(choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")], max_length=10),
                ),
                ("task", models.CharField(blank=True, default="", max_length=200)),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("reviewed_because", models.CharField(blank=True, default="", max_length=300)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
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
                        condition=models.Q(("relation__in", ["relative", "friend", "neighbour", "other"])),
                        name="networkmember_relation_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("strength__in", [1, 2, 3])), name="networkmember_strength_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("knows_address__in", ["yes", "no", "unknown"])),
                        name="networkmember_knows_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="networkmember_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotShared",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("by_partner", models.BooleanField()),
                ("because", core.fields.WordField(max_length=40)),
                ("on_day", models.DateField()),
                ("recorded_at", models.DateTimeField()),
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
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "not shared",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("because__regex", "^[a-z_]+(\\.[a-z_]+)?$")),
                        name="notshared_because_is_a_word",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("client", "Client"),
                            ("child", "Child"),
                            ("ex_partner", "Ex-partner"),
                            ("partner", "Partner"),
                            ("other", "Other member of the household"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "causes_harm",
                    models.BooleanField(default=False, verbose_name="the others must be safe from this person"),
                ),
                ("given_name", models.CharField(max_length=80, verbose_name="given name")),
                ("surname", models.CharField(blank=True, default="", max_length=120, verbose_name="surname")),
                ("born_on", models.DateField(blank=True, null=True, verbose_name="date of birth")),
                (
                    "born_on_is_estimated",
                    models.BooleanField(default=False, verbose_name="the date of birth is estimated"),
                ),
                ("language", models.CharField(blank=True, default="", max_length=60, verbose_name="language")),
                ("needs_interpreter", models.BooleanField(default=False, verbose_name="an interpreter is needed")),
                (
                    "reading",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reads", "Reads well"),
                            ("simple", "Reads short and plain texts"),
                            ("aloud", "Cannot read this: say it aloud"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "name_words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.db.models.functions.text.Concat("given_name", models.Value(" "), "surname"),
                            function="name_words",
                        ),
                        output_field=django.contrib.postgres.fields.ArrayField(
                            base_field=models.TextField(), size=None
                        ),
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="persons", to="cases.family"
                    ),
                ),
                (
                    "same_as",
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
                    models.Index(fields=["family", "place"], name="person_of_family"),
                    models.Index(fields=["born_on"], name="person_by_birth_date"),
                    django.contrib.postgres.indexes.GinIndex(fields=["name_words"], name="person_by_sound"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("place__in", ["client", "child", "ex_partner", "partner", "other"])),
                        name="person_place_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("place", "client"), ("same_as", None)),
                        fields=("family",),
                        name="person_one_client_per_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reading", ""), ("reading__in", ["reads", "simple", "aloud"]), _connector="OR"
                        ),
                        name="person_reading_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("born_on_is_estimated", False), ("born_on__isnull", False), _connector="OR"
                        ),
                        name="person_estimates_a_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("same_as", None), models.Q(("same_as", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="person_is_not_its_own_double",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Perpetrator",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what_happened", models.TextField(blank=True, default="")),
                (
                    "knows_address",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not known")],
                        default="unknown",
                        max_length=10,
                    ),
                ),
                ("ways_to_find", models.TextField(blank=True, default="")),
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
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("knows_address__in", ["yes", "no", "unknown"])),
                        name="perpetrator_knows_address_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentInvolvement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "involved",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("later", "Not now, perhaps later")], max_length=10
                    ),
                ),
                ("safety_decision", models.TextField(blank=True, default="")),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decided_by", models.CharField(blank=True, default="", max_length=200)),
                ("contact_person", models.CharField(blank=True, default="", max_length=120)),
                ("recorded_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
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
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="involvements", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("parent",),
                        name="parentinvolvement_one_open_per_parent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("involved__in", ["yes", "no", "later"])),
                        name="parentinvolvement_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("involved", "yes"), _negated=True),
                            models.Q(
                                models.Q(("safety_decision", ""), _negated=True),
                                models.Q(("decided_by", ""), _negated=True),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="parentinvolvement_only_by_a_dated_safety_decision",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParentalAuthority",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "Authority register"),
                            ("court", "Decision of the court"),
                            ("birth", "By birth, marriage or recognition"),
                            ("said", "Somebody said so: not checked yet"),
                        ],
                        default="said",
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="authorities", to="cases.person"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
            ],
            options={
                "verbose_name_plural": "parental authorities",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["register", "court", "birth", "said"])),
                        name="parentalauthority_source_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("child", "holder"),
                        name="parentalauthority_one_open_per_holder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("child", models.F("holder")), _negated=True),
                        name="parentalauthority_not_over_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="parentalauthority_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameVariant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                (
                    "name_words",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("name"), function="name_words"),
                        output_field=django.contrib.postgres.fields.ArrayField(
                            base_field=models.TextField(), size=None
                        ),
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="name_variants", to="cases.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["name_words"], name="namevariant_by_sound")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "name"), name="namevariant_once_per_person"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="namevariant_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HelpConsent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("help", models.CharField(max_length=200)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("asked", "Asked, no answer yet"),
                            ("given", "Consent given"),
                            ("refused", "Consent refused"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(blank=True, null=True)),
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
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="help_consents", to="cases.person"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("child", "holder", "help"), name="helpconsent_asked_once"),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["asked", "given", "refused"])),
                        name="helpconsent_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("help", ""), _negated=True), name="helpconsent_is_about_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "asked"), ("answered_on", None)),
                            models.Q(
                                models.Q(("answer", "asked"), _negated=True), ("answered_on__gte", models.F("asked_on"))
                            ),
                            _connector="OR",
                        ),
                        name="helpconsent_answered_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactArrangement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", models.TextField()),
                ("supervised_by", models.CharField(blank=True, default="", max_length=120)),
                ("conditions", models.TextField(blank=True, default="")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("despite_ban_because", models.CharField(blank=True, default="", max_length=300)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrangements",
                        to="cases.parentinvolvement",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_arrangements",
                        to="cases.person",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("child", models.F("parent")), _negated=True),
                        name="contactarrangement_is_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="contactarrangement_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="contactarrangement_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("spoken", "In a talk"),
                            ("written", "On paper, signed"),
                            ("phone", "By phone, on a safe number"),
                            ("interpreter", "With an interpreter"),
                        ],
                        max_length=20,
                    ),
                ),
                ("given_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, default="", max_length=200)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="consents", to="cases.ground"
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
                (
                    "given_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ground", "given_by", "about"), name="consent_once_per_giver_and_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("how__in", ["spoken", "written", "phone", "interpreter"])),
                        name="consent_how_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("given_on"))), name="consent_ends_after_it_is_given"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_because", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="consent_withdrawn_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildVoice",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("words", models.TextField()),
                ("asked_by", models.CharField(max_length=120)),
                ("asked_on", models.DateField()),
                ("hidden_from_parents", models.BooleanField(default=False)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="childvoice_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildProtectionMeasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("supervision", "Supervision order (OTS)"),
                            ("provisional_supervision", "Provisional supervision order"),
                            ("out_of_home", "Out-of-home placement"),
                            ("guardianship", "Guardianship"),
                        ],
                        max_length=30,
                    ),
                ),
                ("institution", models.CharField(blank=True, default="", max_length=150)),
                ("worker_name", models.CharField(blank=True, default="", max_length=120)),
                ("worker_phone", models.CharField(blank=True, default="", max_length=20)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
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
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protection_measures",
                        to="cases.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["supervision", "provisional_supervision", "out_of_home", "guardianship"])
                        ),
                        name="childprotectionmeasure_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="childprotectionmeasure_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChildContact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("own_worker", "Own worker"),
                            ("school", "School or childcare"),
                            ("general_practice", "General practice"),
                            ("youth_health", "Youth health care"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, default="", max_length=120)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, default="", max_length=200)),
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
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("child", "kind"),
                        name="childcontact_one_open_per_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["own_worker", "school", "general_practice", "youth_health"])),
                        name="childcontact_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("organisation__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="childcontact_is_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="childcontact_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "own_worker"), _negated=True),
                            ("ends_on", None),
                            models.Q(("ended_because", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="childcontact_own_worker_leaves_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectedPlace",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("address", "Address"),
                            ("escape_route", "Escape route"),
                            ("code_word", "Code word"),
                            ("safe_contact", "Safe contact person"),
                        ],
                        max_length=20,
                    ),
                ),
                ("entered_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "entered_by",
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
                "permissions": [("reveal_protectedplace", "May be shown this value")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("person", "kind"),
                        name="protectedplace_one_of_a_kind_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["address", "escape_route", "code_word", "safe_contact"])),
                        name="protectedplace_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectedGrant",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="cases.protectedplace"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("place", "user"),
                        name="protectedgrant_one_open_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="protectedgrant_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="protectedgrant_for_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectedPlacePermission",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="permissions",
                        to="cases.protectedplace",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProtectedReveal",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason", models.CharField(max_length=200)),
                ("revealed_at", models.DateTimeField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reveals", to="cases.protectedplace"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["family", "-revealed_at"], name="protectedreveal_latest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="protectedreveal_for_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProtectedValue",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sealed", core.fields.EncryptedTextField()),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "place",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.protectedplace"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProtectiveMeasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("exclusion_order", "Temporary exclusion order (huisverbod)"),
                            ("contact_ban", "No-contact order"),
                            ("area_ban", "Area ban"),
                            ("behavioural_order", "Behavioural order"),
                            ("aware", "AWARE alarm"),
                            ("police_location", "Arrangement with the police about a location"),
                            ("registry_secrecy", "Secrecy in the population register (BRP)"),
                        ],
                        max_length=30,
                    ),
                ),
                ("authority", models.CharField(blank=True, default="", max_length=150)),
                ("case_number", models.CharField(blank=True, default="", max_length=60)),
                ("terms", models.TextField(blank=True, default="")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("review_on", models.DateField(blank=True, null=True)),
                ("ended_early_because", models.CharField(blank=True, default="", max_length=200)),
                (
                    "against",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.person",
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
            ],
            options={
                "indexes": [models.Index(fields=["family", "ends_on"], name="protectivemeasure_of_family")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "exclusion_order",
                                    "contact_ban",
                                    "area_ban",
                                    "behavioural_order",
                                    "aware",
                                    "police_location",
                                    "registry_secrecy",
                                ],
                            )
                        ),
                        name="protectivemeasure_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="protectivemeasure_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "exclusion_order"), _negated=True),
                            (
                                "ends_on__lte",
                                models.ExpressionWrapper(
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("starts_on"), "+", models.Value(datetime.timedelta(days=28))
                                    ),
                                    output_field=models.DateTimeField(),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="protectivemeasure_exclusion_order_lasts_28_days_at_most",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "exclusion_order"), _negated=True),
                            ("ends_on__isnull", False),
                            _connector="OR",
                        ),
                        name="protectivemeasure_exclusion_order_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureScope",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scopes", to="cases.protectivemeasure"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "person"), name="measurescope_once_per_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralIndexStatus",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("registered", "Registered"),
                            ("not_registered", "Not registered, and that was weighed"),
                            ("not_allowed", "May not be registered"),
                        ],
                        max_length=20,
                    ),
                ),
                ("decided_on", models.DateField()),
                ("expires_on", models.DateField(blank=True, null=True)),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="index_statuses", to="cases.person"
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
            ],
            options={
                "verbose_name_plural": "referral index statuses",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("child",),
                        name="referralindexstatus_one_open_per_child",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["registered", "not_registered", "not_allowed"])),
                        name="referralindexstatus_answer_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "registered"), _negated=True),
                            ("expires_on__isnull", False),
                            _connector="OR",
                        ),
                        name="referralindexstatus_registration_expires",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisseurPeriod",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("child_protection", "Guardian of a child protection measure"),
                            ("shelter", "Shelter"),
                            ("neighbourhood_team", "Neighbourhood team"),
                            ("other", "Other organisation"),
                        ],
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(max_length=200)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
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
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_at", None)),
                        fields=("family",),
                        name="regisseurperiod_one_open_per_family",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["child_protection", "shelter", "neighbourhood_team", "other"])
                        ),
                        name="regisseurperiod_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at", None), ("ends_at__gte", models.F("starts_at")), _connector="OR"),
                        name="regisseurperiod_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relationship",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("parent", "is a parent of"),
                            ("sibling", "is a brother or sister of"),
                            ("partner", "is the partner of"),
                            ("ex_partner", "is the ex-partner of"),
                            ("new_partner", "is the new partner of"),
                            ("housemate", "lives in the same house as"),
                            ("other_relative", "is another relative of"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "other",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relationships", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "parent",
                                    "sibling",
                                    "partner",
                                    "ex_partner",
                                    "new_partner",
                                    "housemate",
                                    "other_relative",
                                ],
                            )
                        ),
                        name="relationship_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("other")), _negated=True),
                        name="relationship_is_between_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on", None),
                            ("starts_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="relationship_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("person", "other", "kind"),
                        name="relationship_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeContact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("phone", models.CharField(blank=True, default="", max_length=20)),
                (
                    "phone_digits",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("phone"), function="phone_digits"),
                        output_field=models.TextField(),
                    ),
                ),
                (
                    "may_call",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked yet")],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                (
                    "may_text",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked yet")],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                (
                    "may_mail",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked yet")],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                (
                    "may_announce",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked yet")],
                        default="not_asked",
                        max_length=10,
                    ),
                ),
                ("hours", models.CharField(blank=True, default="", max_length=200)),
                ("confirmed_on", models.DateField()),
                ("replaced_at", models.DateTimeField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="safe_contacts", to="cases.person"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["phone_digits"], name="safecontact_by_phone")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replaced_at", None)),
                        fields=("person",),
                        name="safecontact_one_open_per_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("may_call__in", ["yes", "no", "not_asked"])), name="safecontact_may_call"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("may_text__in", ["yes", "no", "not_asked"])), name="safecontact_may_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("may_mail__in", ["yes", "no", "not_asked"])), name="safecontact_may_mail"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("may_announce__in", ["yes", "no", "not_asked"])),
                        name="safecontact_may_announce",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Share",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Be alert"), (2, "Safety plan"), (3, "Parts of the plan"), (4, "Working file")]
                    ),
                ),
                (
                    "persons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        choices=[
                            ("wmo", "Social support (Wmo 2015)"),
                            ("jeugdwet", "Youth help (Jeugdwet)"),
                            ("participatiewet", "Income (Participatiewet)"),
                            ("debt_help", "Debt help (Wgs)"),
                            ("education", "Education"),
                            ("care", "Health care"),
                        ],
                        max_length=20,
                    ),
                ),
                ("purpose", models.CharField(max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("opened_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_because", models.CharField(blank=True, default="", max_length=200)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "ground",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shares", to="cases.ground"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "reader",
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
                        condition=models.Q(("withdrawn_at", None), ("opened_at__isnull", False)),
                        fields=("family", "organisation"),
                        name="share_one_open_per_organisation",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("opened_at", None), ("withdrawn_at", None)),
                        fields=("family", "organisation"),
                        name="share_one_waiting_per_organisation",
                    ),
                    models.CheckConstraint(condition=models.Q(("level__in", [1, 2, 3, 4])), name="share_level_known"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("task__in", ["wmo", "jeugdwet", "participatiewet", "debt_help", "education", "care"])
                        ),
                        name="share_task_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="share_ends_after_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_because", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_because", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="share_withdrawn_for_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Stay",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("home", "At home"),
                            ("shelter", "In the shelter"),
                            ("family_or_friends", "With family or friends"),
                            ("other_parent", "With the other parent"),
                            ("elsewhere", "Elsewhere"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="cases.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)), fields=("person",), name="stay_one_open_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("place__in", ["home", "shelter", "family_or_friends", "other_parent", "elsewhere"])
                        ),
                        name="stay_place_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="stay_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Trajectory",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", core.fields.WordField(max_length=50)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("departs_on", models.DateField(blank=True, null=True)),
                (
                    "destination",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("municipality", "A municipality"),
                            ("protected", "Protected"),
                            ("unknown", "Unknown"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("involvement_ends_on", models.DateField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "trajectories",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)), fields=("family",), name="trajectory_one_open_per_family"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__regex", "^[a-z_]+(\\.[a-z_]+)?$")), name="trajectory_kind_is_a_word"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="trajectory_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("departs_on", None), ("departs_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="trajectory_departs_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("departs_on", None), ("destination", "")),
                            models.Q(("departs_on__isnull", False), models.Q(("destination", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="trajectory_departs_to_a_destination",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("municipality", None), ("destination", "municipality"), _connector="OR"),
                        name="trajectory_municipality_only_with_that_destination",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("involvement_ends_on", None),
                            ("involvement_ends_on__gte", models.F("departs_on")),
                            _connector="OR",
                        ),
                        name="trajectory_involvement_ends_after_departure",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadyToLeave",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "waits_for",
                    models.CharField(
                        choices=[
                            ("housing", "A house"),
                            ("income", "Income"),
                            ("safety", "Safety"),
                            ("help", "Help that takes over"),
                            ("school", "A school or childcare"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "family",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.family"),
                ),
                (
                    "trajectory",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ready_periods", to="cases.trajectory"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ready to leave",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_on", None)),
                        fields=("trajectory",),
                        name="readytoleave_one_open_per_trajectory",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("waits_for__in", ["housing", "income", "safety", "help", "school", "other"])
                        ),
                        name="readytoleave_waits_for_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                        name="readytoleave_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Admission",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("crisis", "Crisis place"),
                            ("follow_up", "Follow-up place"),
                            ("none", "No place: help at home"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "income",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("runs_on", "The income runs on"),
                            ("stopped", "The income stopped"),
                            ("shared", "The income goes to somebody else"),
                            ("none", "There was no income"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                (
                    "debts",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("no", "No"), ("unknown", "Not clear")],
                        default="",
                        max_length=10,
                    ),
                ),
                ("why_now", models.TextField(blank=True, default="")),
                ("background", models.TextField(blank=True, default="")),
                ("needs", models.TextField(blank=True, default="")),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recorded_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="admission", to="cases.trajectory"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("frozen_at", None),
                            models.Q(
                                models.Q(("background", ""), _negated=True), models.Q(("income", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="admission_is_complete_when_frozen",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseContext",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.codeitem"
                    ),
                ),
                (
                    "recorded_by",
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
                        condition=models.Q(("ends_on", None)),
                        fields=("family", "code"),
                        name="casecontext_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.AlterUniqueTogether(
            name="protectedplacepermission",
            unique_together={("user", "permission", "content_object")},
        ),
    ]
