"""Enters the norms and the ladder that hold until a municipality has its own, and leaves them to administrators."""

from uuid import UUID

from django.db import migrations

START = "2023-01-01"
# subject, kind of help, days, how sure, source
NORMS = (
    (
        "help_starts",
        "",
        42,
        "derived",
        "Wmo 2015, article 2.3.2: six weeks for the inquiry; taken as the norm for all help",
    ),
    ("help_starts", "debt_help", 28, "verified", "Municipal Debt Help Act, article 4: first talk within four weeks"),
    ("help_starts", "mental_health_care", 98, "memory", "Fourteen weeks; to be confirmed"),
    ("help_starts", "trauma_treatment", 98, "memory", "Fourteen weeks; to be confirmed"),
    ("help_starts", "financial_administration", 56, "memory", "Eight weeks; to be confirmed"),
    ("stagnation_solved", "", 10, "memory", "Our own choice"),
    ("without_bridging", "", 14, "memory", "Our own choice"),
)
# rung, Dutch, English, working days to answer
LADDER = (
    (1, "coördinator van de gemeente", "coordinator of the municipality", 5),
    (2, "manager sociaal domein", "head of social services", 3),
    (3, "wethouder", "alderman", 2),
)


def enter(apps, schema_editor):
    norm = apps.get_model("organisations", "Norm")
    for number, (subject, kind, days, basis, source) in enumerate(NORMS, 1):
        norm.objects.get_or_create(
            id=UUID(f"7a1e0000-0000-4000-8000-{number:012}"),
            defaults={
                "subject": subject,
                "kind": kind,
                "days": days,
                "basis": basis,
                "source": source,
                "valid_from": START,
            },
        )
    rung = apps.get_model("organisations", "LadderRung")
    for number, dutch, english, days in LADDER:
        rung.objects.get_or_create(
            id=UUID(f"7a1e0000-0000-4000-8001-{number:012}"),
            defaults={
                "rung": number,
                "function_nl": dutch,
                "function_en": english,
                "answer_within": days,
                "basis": "memory",
                "valid_from": START,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
