"""What the municipality of the demonstration agreed, keeps and can show: agreements, training, meetings, quality."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from collaboration import operations as kept
from collaboration.models import (
    SUPPORTER_NEEDS,
    CollaborationAgreement,
    Indicator,
    Level,
    QualityRequirement,
    Result,
    Shown,
    TrainingSubject,
    WishSource,
)
from overview.demo.people import Cast
from overview.demo.steps import as_in_the_browser


def load_collaboration(cast: Cast, *, now: datetime) -> None:
    """Let the coordinator of Zwolle write everything down, once."""
    hanna, town = cast.people["hanna"], cast.organisations["Gemeenteteam Oostrand"]
    if CollaborationAgreement.objects.filter(owner=town).exists():
        return
    with as_in_the_browser(hanna):
        _agree(cast, now)
        _train(cast, now)
        _meet(cast, now)
        _keep_directory(cast, now)
        _look_at_quality(cast, now)
        _steer(cast, now)


def _day(now: datetime, days_ago: int) -> date:
    return timezone.localdate(now) - timedelta(days=days_ago)


def _agree(cast: Cast, now: datetime) -> None:
    hanna, town, there = cast.people["hanna"], cast.organisations["Gemeenteteam Oostrand"], cast.organisations
    school, team = there["Basisschool De Papieren Vlieger"], there["Wijkteam Oeverwijk"]
    terms = kept.Terms(
        title="Convenant onderwijs en zorg",
        level=Level.LOCAL,
        starts_on=_day(now, 385),
        ends_on=None,
        evaluate_every=12,
        kept_at="Archief sociaal domein, map 7",
        whole_plans="School denkt mee in het plan van het gezin.",
        regie="De regisseur belt de school binnen een week.",
        sharing="Delen op één grondslag per keer, met een einddatum.",
    )
    complete = kept.record_agreement(terms, partners=[school, team], owner=town, by=hanna, at=now)
    tasks = {school: "Ziet de kinderen elke dag en deelt zorgen.", team: "Heeft de regie en belt terug."}
    kept.describe_tasks(complete, tasks, by=hanna)
    step = kept.Step("Eén nummer voor de school", by_organisation=team, due_on=_day(now, -30))
    kept.evaluate_collaboration(
        complete,
        held_on=_day(now, 370),
        participants="Directeur, intern begeleider, teamleider",
        findings="De school wist niet wie te bellen.",
        result=Result.GOES_ON,
        steps=[step],
        by=hanna,
        at=now,
    )
    # About the housing of one family, and silent about two of the three subjects.
    once = kept.Terms(
        title="Afspraak over voorrang bij een woning",
        level=Level.CASE,
        starts_on=_day(now, 60),
        ends_on=None,
        evaluate_every=6,
        regie="Het wijkteam vraagt de voorrang aan.",
    )
    kept.record_agreement(once, partners=[there["Woonstichting Vier Torens"]], owner=town, by=hanna, at=now)


def _train(cast: Cast, now: datetime) -> None:
    hanna, town, team = (
        cast.people["hanna"],
        cast.organisations["Gemeenteteam Oostrand"],
        cast.organisations["Wijkteam Oeverwijk"],
    )
    ilse, samir = cast.people["ilse"], cast.people["samir"]
    # Of the four of a supporter she lacks one: that is a warning where she is chosen.
    of_ilse = [TrainingSubject.MELDCODE, *sorted(SUPPORTER_NEEDS)[:3]]
    for user, subject in [*((ilse, one) for one in of_ilse), (samir, TrainingSubject.DOMESTIC_VIOLENCE)]:
        kept.record_training(
            user,
            at_organisation=team,
            subject=TrainingSubject(subject),
            followed_on=_day(now, 200),
            valid_until=_day(now, -500),
            owner=town,
            by=hanna,
            at=now,
        )
    kept.record_introduction(
        ilse, shelter=cast.organisations["Het Anker"], visited_on=_day(now, 90), owner=town, by=hanna, at=now
    )
    for name, dated_on in (("Wijkteam Oeverwijk", _day(now, 700)), ("Basisschool De Papieren Vlieger", None)):
        kept.record_protocol(
            cast.organisations[name], has_one=dated_on is not None, dated_on=dated_on, owner=town, by=hanna, at=now
        )


def _meet(cast: Cast, now: datetime) -> None:
    hanna, town, there = cast.people["hanna"], cast.organisations["Gemeenteteam Oostrand"], cast.organisations
    region = town.municipality.veilig_thuis_region
    if region is None:
        return
    guests = [there["Wijkteam Oeverwijk"], there["Basisschool De Papieren Vlieger"], there["Het Anker"]]
    year = timezone.localdate(now).year
    for theme, on in (
        ("Kinderen na de opvang", date(year, 2, 12)),
        ("Geld na een verhuizing", date(year, 6, 11)),
        ("Wat een school ziet", date(year, 12, 10)),
    ):
        made = kept.plan_meeting(region, theme=theme, meets_on=on, guests=guests, owner=town, by=hanna)
        if on <= timezone.localdate(now):
            kept.record_attendance(made, {guests[0]: 6, guests[1]: 2}, by=hanna, at=now)
    kept.record_vision(
        region,
        title="Regiovisie huiselijk geweld",
        kept_at="Archief sociaal domein, map 2",
        adopted_on=_day(now, 400),
        owner=town,
        by=hanna,
        at=now,
    )


def _keep_directory(cast: Cast, now: datetime) -> None:
    hanna, town, there = cast.people["hanna"], cast.organisations["Gemeenteteam Oostrand"], cast.organisations
    first = kept.record_contact_person(
        there["Het Anker"],
        name="Rob Stuurman",
        function_name="Begeleider",
        direct_phone="088-000 00 31",
        backup=None,
        owner=town,
        by=hanna,
        at=now,
    )
    kept.record_contact_person(
        there["Het Anker"],
        name="Mieke Anker",
        function_name="Contactpersoon vertrek",
        direct_phone="088-000 00 32",
        backup=first,
        owner=town,
        by=hanna,
        at=now,
    )


def _look_at_quality(cast: Cast, now: datetime) -> None:
    hanna, town = cast.people["hanna"], cast.organisations["Gemeenteteam Oostrand"]
    asked = list(QualityRequirement.objects.valid_on(timezone.localdate(now)).order_by("order", "code")[:2])
    found = (kept.Finding(Shown.YES, "Handboek, deel 2"), kept.Finding(Shown.PARTLY))
    for requirement, finding in zip(asked, found, strict=False):
        kept.check_quality(
            cast.organisations["Het Anker"],
            requirement,
            finding,
            checked_on=_day(now, 30),
            owner=town,
            by=hanna,
            at=now,
        )


def _steer(cast: Cast, now: datetime) -> None:
    hanna, town = cast.people["hanna"], cast.organisations["Gemeenteteam Oostrand"]
    kept.record_decision(
        decided_on=_day(now, 120),
        decided_by="De gemeenteraad",
        what="Geld voor ondersteuners voor vier jaar",
        kept_at="Besluitenlijst",
        owner=town,
        by=hanna,
        at=now,
    )
    kept.record_wish(
        received_on=_day(now, 25),
        source=WishSource.CLIENT_COUNCIL,
        words="Eén vast gezicht na de opvang.",
        indicator=Indicator.REGIE,
        owner=town,
        by=hanna,
        at=now,
    )
