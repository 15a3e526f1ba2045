from datetime import UTC, datetime

from django.db import migrations

PAGE = {
    "title": "Geweld thuis: waar je op let en wat je doet",
    "signs": (
        "Een kind durft niet naar huis, of wil steeds blijven.\n"
        "Een kind is opeens stil, boos, moe of vaak ziek.\n"
        "De ex-partner is weer in beeld, of wacht bij school of huis.\n"
        "Een ouder zegt afspraken af, doet niet open of verbreekt het contact.\n"
        "Er zijn verwondingen met een verhaal dat niet klopt.\n"
        "Er is meer drank, drugs of schuld dan eerst.\n"
        "Een ouder mag niet zelf beslissen over geld, bezoek of telefoon."
    ),
    "what_to_do": (
        "Is er nu gevaar? Bel 112.\n"
        "Schrijf op wat je zag en hoorde, en wanneer. Zet apart wat je denkt.\n"
        "Praat erover met een collega.\n"
        "Deel je zorg hier, ook als het alleen een gevoel is. Je krijgt een nummer en een functie om te bellen.\n"
        "Twijfel je? Bel Veilig Thuis: 0800-2000, dag en nacht. Dat mag zonder namen.\n"
        "Blijf gewoon contact houden met het kind."
    ),
    "what_to_say": (
        "Tegen een kind: ‘Ik zie dat je het moeilijk hebt. Het is niet jouw schuld. Je hoeft het niet alleen te doen.’\n"
        "Tegen een ouder, alleen als het veilig is: ‘Ik maak me zorgen om je kind. Ik wil graag horen hoe het gaat.’\n"
        "Beloof niet dat je iets geheim houdt."
    ),
    "sources": (
        "Besluit verplichte meldcode huiselijk geweld en kindermishandeling.\n"
        "Wet maatschappelijke ondersteuning 2015, hoofdstuk 4 en artikel 5.2.6.\n"
        "Rapport en infographic: ‘Moeder en kind verlaten de vrouwenopvang’ (2017).\n"
        "Werkwijzer: werken aan sociale netwerken van cliënten."
    ),
}


def write_page(apps, schema_editor):
    page = apps.get_model("signals", "KnowledgePage")
    if not page.objects.filter(kind=None).exists():
        page.objects.create(kind=None, version=1, written_at=datetime(2026, 1, 1, tzinfo=UTC), **PAGE)


class Migration(migrations.Migration):
    dependencies = [("signals", "0004_locks_and_terms")]
    operations = [migrations.RunPython(write_page, migrations.RunPython.noop)]
