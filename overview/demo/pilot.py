"""The trial of the demonstration: fixed before it began, answered by people who cannot be found, and with lessons."""

from datetime import datetime, timedelta

from django.utils import timezone

from figures import operations
from figures.models import Chapter, Pilot, Respondent, Way
from organisations.models import Municipality
from overview.demo.people import Cast
from overview.demo.steps import as_in_the_browser

TITLE = "Warm van opvang naar wijk"
_INDICATORS = (
    operations.Said("Cliënten weten wie ze kunnen bellen.", "4 van de 5", "3 van de 5"),
    operations.Said("De regie ligt vast op de dag van vertrek.", "elk gezin", "zes van de tien"),
)
_PROFILE = {
    "teams": "Twee wijkteams, bereikbaar via het contactpunt.",
    "regie": "Het wijkteam, vanaf de dag van de overdracht.",
    "start": "Vier weken voor het vertrek.",
    "waiting": "Traumabehandeling: vier maanden.",
    "collaboration": "Elke maand een overleg met opvang en politie.",
}
# Of twelve clients and eleven professionals: the four answers of each.
_CLIENTS = ((5, 4, 3, 4), (4, 4, 4, 3), (5, 5, 4, 4), (3, 4, 2, 3)) * 3
_PROFESSIONALS = ((4, 3, 4, 4), (5, 4, 4, 4), (3, 2, 3, 4)) * 4


def load_pilot(cast: Cast, *, now: datetime) -> None:
    """Make the trial, once. Its indicators are chosen and fixed while it still lies ahead, as they must be."""
    if Pilot.objects.exists():
        return
    today, by = timezone.localdate(now), cast.people["hanna"]
    town, elsewhere = (Municipality.objects.get(name=name) for name in ("Zwolle", "Utrecht"))
    with as_in_the_browser(by):
        pilot = operations.record_pilot(
            TITLE,
            starts_on=today + timedelta(days=30),
            ends_on=today + timedelta(days=365),
            regions=[one.veilig_thuis_region for one in (town, elsewhere) if one.veilig_thuis_region],
            owner=cast.organisations["Gemeenteteam Oostrand"],
            by=by,
        )
        for said in _INDICATORS:
            operations.add_indicator(pilot, said, by=by, at=now)
        operations.lock(pilot, by=by, at=now)
        operations.move_pilot(
            pilot, starts_on=today - timedelta(days=240), ends_on=today + timedelta(days=300), by=by, at=now
        )
        taking_part = operations.join(pilot, town, joined_on=today - timedelta(days=240), by=by)
        operations.write_profile(taking_part, _PROFILE, by=by)
        _answers(pilot, cast, now)
        operations.note_lesson(
            pilot,
            "Een bezoek in de opvang, samen met het wijkteam, scheelt weken na het vertrek.",
            learned_on=today - timedelta(days=60),
            heard_from="professional",
            region=town.veilig_thuis_region,
            follows="Plan het bezoek zodra de vertrekdatum bekend is.",
            by=by,
        )
        operations.write_chapter(pilot, Chapter.METHOD, "Eén regisseur, één plan, en een jaar lang contact.", by=by)
        operations.write_chapter(
            pilot, Chapter.REGIE, "Het wijkteam neemt de regie over bij een warme overdracht.", by=by
        )


def _answers(pilot: Pilot, cast: Cast, now: datetime) -> None:
    for respondent, answers, way in (
        (Respondent.CLIENT, _CLIENTS, Way.TOGETHER),
        (Respondent.PROFESSIONAL, _PROFESSIONALS, Way.SELF),
    ):
        for one in (*answers, ()):
            operations.record_survey(pilot, respondent, one, month=3, way=way, by=cast.people["hanna"], at=now)
