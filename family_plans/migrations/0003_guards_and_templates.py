"""Puts the new tables behind row-level security, and enters the first templates of goals."""

from uuid import UUID

from django.db import migrations

_GUARDED = (
    "assessment",
    "attendee",
    "bindingrequest",
    "conference",
    "contribution",
    "debts",
    "finding",
    "helpatmove",
    "housingline",
    "incomeline",
    "keptpart",
    "networkcount",
    "participant",
    "practicalneed",
    "routefocus",
    "routephase",
    "score",
    "sourceplan",
    "treatmentline",
)
# child table, its column, parent table
_WITHIN = (
    ("assessment", "person_id", "cases_person"),
    ("attendee", "conference_id", "family_plans_conference"),
    ("attendee", "person_id", "cases_person"),
    ("bindingrequest", "stagnation_id", "family_plans_stagnation"),
    ("conference", "plan_id", "family_plans_familyplan"),
    ("contribution", "plan_id", "family_plans_familyplan"),
    ("finding", "plan_id", "family_plans_familyplan"),
    ("finding", "about_id", "cases_person"),
    ("goal", "about_id", "cases_person"),
    ("goal", "source_id", "family_plans_sourceplan"),
    ("helpatmove", "help_line_id", "family_plans_helpline"),
    ("helpline", "together_with_id", "cases_person"),
    ("keptpart", "plan_id", "family_plans_familyplan"),
    ("keptpart", "about_id", "cases_person"),
    ("keptpart", "kept_from_id", "cases_person"),
    ("participant", "goal_id", "family_plans_goal"),
    ("participant", "person_id", "cases_person"),
    ("planaction", "conference_id", "family_plans_conference"),
    ("routefocus", "plan_id", "family_plans_familyplan"),
    ("routephase", "plan_id", "family_plans_familyplan"),
    ("score", "assessment_id", "family_plans_assessment"),
    ("sourceplan", "plan_id", "family_plans_familyplan"),
    ("stagnation", "income_line_id", "family_plans_incomeline"),
    ("stagnation", "housing_line_id", "family_plans_housingline"),
    ("treatmentline", "person_id", "cases_person"),
)
SQL = "\n".join(
    [
        *(f"CALL guard_by_family('family_plans_{table}');" for table in _GUARDED),
        *(f"CALL same_family('family_plans_{child}', '{column}', '{parent}');" for child, column, parent in _WITHIN),
        # Templates are chosen by whoever administers them: serving families only reads them.
        "REVOKE INSERT, UPDATE ON family_plans_goaltemplate, family_plans_templateaction FROM vinger_app, vinger_jobs;",
    ]
)

# slug, domain, phase, title, problem, aim (Dutch, English), and actions: Dutch, English, by the client, from, days
TEMPLATES = (
    (
        "network",
        "social_network",
        "after_departure",
        ("Het netwerk versterken", "Make the network stronger"),
        ("Er zijn weinig mensen om op terug te vallen.", "There are few people to fall back on."),
        (
            "Er zijn ten minste drie mensen die weten wat er speelt en die gebeld kunnen worden.",
            "At least three people know what is going on and can be called.",
        ),
        (
            (
                "Samen opschrijven wie er zijn, en wie veilig is om te bellen.",
                "Write down together who there is, and who is safe to call.",
                False,
                "today",
                7,
            ),
            ("Eén iemand vragen om mee te denken.", "Ask one person to think along.", True, "today", 14),
            ("Samen naar een ontmoetingsplek gaan.", "Go to a meeting place together.", False, "departure", 21),
            (
                "Opnieuw tellen op hoeveel mensen zij of hij kan rekenen.",
                "Count again how many people can be relied on.",
                False,
                "departure",
                182,
            ),
        ),
    ),
    (
        "debts_before_departure",
        "debts",
        "in_shelter",
        ("Hulp bij schulden vóór het vertrek", "Debt help before the departure"),
        ("Er zijn schulden, of het is niet duidelijk of ze er zijn.", "There are debts, or nobody knows."),
        ("Schuldhulp is begonnen vóór het vertrek.", "Debt help has started before the departure."),
        (
            ("Alle post in één map.", "All letters in one folder.", True, "today", 7),
            ("Schuldhulp aanvragen.", "Ask for debt help.", False, "departure", -56),
            ("Het eerste gesprek voeren.", "Have the first talk.", False, "departure", -28),
        ),
    ),
    (
        "income_at_departure",
        "work_and_income",
        "in_shelter",
        ("Inkomen zonder onderbreking", "Income without a gap"),
        (
            "Bij een verhuizing stopt de uitkering van de oude gemeente.",
            "At a move the benefit of the old place stops.",
        ),
        ("Er is geen dag zonder inkomen.", "There is not one day without income."),
        (
            (
                "De uitkering aanvragen in de nieuwe gemeente.",
                "Apply for the benefit in the new place.",
                False,
                "departure",
                -28,
            ),
            (
                "Vragen om een overbrugging als er een gat dreigt.",
                "Ask for bridging when a gap threatens.",
                False,
                "departure",
                -14,
            ),
            ("Nagaan of de eerste betaling er is.", "Check that the first payment has come.", False, "departure", 14),
        ),
    ),
)


def enter(apps, schema_editor):
    template, action = (apps.get_model("family_plans", name) for name in ("GoalTemplate", "TemplateAction"))
    for number, (slug, domain, phase, title, problem, aim, actions) in enumerate(TEMPLATES, 1):
        made, is_new = template.objects.get_or_create(
            id=UUID(f"9c7b0000-0000-4000-8000-{number:012}"),
            defaults={
                "slug": slug,
                "valid_from": "2023-01-01",
                "domain_code": domain,
                "phase": phase,
                "title_nl": title[0],
                "title_en": title[1],
                "problem_nl": problem[0],
                "problem_en": problem[1],
                "aim_nl": aim[0],
                "aim_en": aim[1],
            },
        )
        for order, (dutch, english, client, counted_from, days) in enumerate(actions if is_new else (), 1):
            action.objects.create(
                template=made,
                order=order,
                what_nl=dutch,
                what_en=english,
                by_the_client=client,
                counted_from=counted_from,
                days=days,
            )


class Migration(migrations.Migration):
    dependencies = [("family_plans", "0002_row_level_security")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunPython(enter, migrations.RunPython.noop),
    ]
