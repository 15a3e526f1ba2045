"""A first list of what is asked of a shelter, in our own words, to be confirmed and changed by an administrator."""

from datetime import date

from django.db import migrations

SOURCE = "To be confirmed: Basis Kwaliteitseisen hulp en opvang, 2016"
FIRST = (
    (
        "A1",
        "De cliënt heeft een eigen plan en heeft eraan meegeschreven.",
        "The client has a plan of her or his own, and took part in writing it.",
    ),
    (
        "A2",
        "Ieder kind heeft een eigen plan en een eigen begeleider.",
        "Each child has a plan and a worker of its own.",
    ),
    (
        "B1",
        "Er is een risicotaxatie bij binnenkomst en voor vertrek.",
        "Risk is assessed on arrival and before departure.",
    ),
    ("B2", "Er is een veiligheidsplan voordat een gezin vertrekt.", "There is a safety plan before a family leaves."),
    (
        "B3",
        "De hulp na de opvang is geregeld voordat een gezin vertrekt.",
        "Help after the shelter is arranged before a family leaves.",
    ),
    (
        "B4",
        "De opvang draagt warm over aan een regisseur in de nieuwe gemeente.",
        "The shelter hands over to a regisseur in the new municipality in person.",
    ),
    ("C1", "Medewerkers zijn geschoold in de meldcode.", "Staff are trained in the meldcode."),
    ("C2", "De opvang evalueert ieder jaar met haar partners.", "The shelter evaluates with its partners every year."),
)


def fill(apps, schema_editor):
    requirement = apps.get_model("collaboration", "QualityRequirement")
    requirement.objects.bulk_create(
        requirement(
            code=code, text_nl=dutch, text_en=english, source=SOURCE, order=number * 10, valid_from=date(2016, 5, 1)
        )
        for number, (code, dutch, english) in enumerate(FIRST, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("collaboration", "0002_row_level_security")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
