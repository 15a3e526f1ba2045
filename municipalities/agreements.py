"""What was agreed with whom: the list, the calendar of evaluations, which partners are missing, and the agenda."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from access.policy import Action
from accounts.models import User
from cases.papers import mark
from collaboration.models import (
    BEYOND,
    REMIND_BEFORE,
    AgreedStep,
    AgreementPartner,
    CollaborationAgreement,
    Level,
)
from core.paper.rendering import Mark, render
from family_plans.models import Cause, Stagnation
from organisations.kinds import SCHOOLS, DefaultKind
from organisations.models import Municipality, Region
from signals.models import Signal

# Below this a count on paper could point at a family (product decision 15).
FEWEST = 10
LOOKING_BACK = timedelta(days=365)
# The kinds of partner of J2, those that were missing most often first.
PARTNERS: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (_("General practices"), frozenset({DefaultKind.GENERAL_PRACTICE})),
    (_("Schools"), SCHOOLS),
    (_("Mental health care"), frozenset({DefaultKind.MENTAL_HEALTH_CARE})),
    (_("Youth care"), frozenset({DefaultKind.SPECIALISED_YOUTH_CARE, DefaultKind.YOUTH_TEAM})),
    (_("Addiction care"), frozenset({DefaultKind.ADDICTION_CARE})),
    (_("Youth health care"), frozenset({DefaultKind.YOUTH_HEALTH_CARE, DefaultKind.INFANT_WELFARE_CENTRE})),
    (_("Housing"), frozenset({DefaultKind.HOUSING_CORPORATION})),
    (_("Veilig Thuis"), frozenset({DefaultKind.VEILIG_THUIS})),
    (_("Police"), frozenset({DefaultKind.POLICE})),
)


@dataclass(frozen=True)
class Overview:
    """The agreements somebody may read, and what asks attention among her own."""

    agreements: list[CollaborationAgreement]
    structural: int
    incomplete: int
    due: list[CollaborationAgreement]
    overdue: list[CollaborationAgreement]
    steps: list[AgreedStep]


def overview(user: User, *, level: str, today: date) -> Overview:
    """Return the agreements of this user's organisations and those that reach beyond another's (C38 narrows by level).

    At most two hundred are shown; what is due is counted over all of her own.
    """
    own = CollaborationAgreement.objects.permitting(user, Action.VIEW_COLLABORATION)
    shown = CollaborationAgreement.objects.filter(Q(pk__in=own.values("pk")) | Q(level__in=BEYOND)).not_over(today)
    if level in Level.values:
        shown = shown.filter(level=level)
    due = own.to_evaluate(today, within=REMIND_BEFORE).order_by("evaluate_on", "pk")
    counted = own.not_over(today).aggregate(
        structural=Count("pk", filter=~Q(level=Level.CASE)),
        incomplete=Count("pk", filter=Q(whole_plans="") | Q(regie="") | Q(sharing="")),
    )
    steps = AgreedStep.objects.permitting(user, Action.VIEW_COLLABORATION).filter(done_on=None)
    return Overview(
        agreements=list(
            shown.select_related("owner").prefetch_related("partners__organisation").order_by("title", "pk")[:200]
        ),
        due=[one for one in due if one.evaluate_on >= today],
        overdue=[one for one in due if one.evaluate_on < today],
        steps=list(steps.select_related("by_organisation", "evaluation", "meeting").order_by("due_on", "pk")[:50]),
        **counted,
    )


@dataclass(frozen=True)
class Row:
    """One municipality: for each kind of partner whether there is an agreement that holds for more than one family."""

    municipality: str
    cells: list[tuple[str | Promise, bool]]

    @property
    def agreed(self) -> list[str | Promise]:
        return [label for label, is_there in self.cells if is_there]

    @property
    def missing(self) -> list[str | Promise]:
        """The kinds of partner with which nothing was agreed."""
        return [label for label, is_there in self.cells if not is_there]


def coverage(region: Region | None, *, today: date) -> list[Row]:
    """Return the municipalities of a Veilig Thuis region with the partners that an agreement covers (J2). Two queries.

    One for a single family covers nothing; a regional one covers the region of who keeps it, a national one all.
    """
    partners = AgreementPartner.objects.filter(
        agreement__in=CollaborationAgreement.objects.in_force(today).exclude(level=Level.CASE)
    ).values_list(
        "organisation__kind__slug",
        "agreement__level",
        "agreement__owner__municipality_id",
        "agreement__owner__municipality__veilig_thuis_region_id",
    )
    local: dict[UUID, set[str]] = defaultdict(set)
    wide: set[str] = set()
    for slug, level, municipality_id, region_id in partners:
        if level == Level.LOCAL:
            local[municipality_id].add(slug)
        elif level == Level.NATIONAL or (region is not None and region_id == region.pk):
            wide.add(slug)
    rows = Municipality.objects.current(today).filter(veilig_thuis_region=region).order_by("name", "pk")
    return [Row(one.name, [(label, bool(slugs & (local[one.pk] | wide))) for label, slugs in PARTNERS]) for one in rows]


@dataclass(frozen=True)
class Topic:
    """One thing to talk about, and how often it happened; in words, because few would point at somebody."""

    what: str
    count: int

    @property
    def is_few(self) -> bool:
        return self.count < FEWEST


def topics(partner: AgreementPartner, user: User, *, today: date) -> tuple[list[Topic], Topic]:
    """Return the causes of what got stuck with a partner in the last year, most frequent first, and its signals (J6).

    Families of this user's municipality only. Stuck with a partner: its help, a binding request to it, or that the
    municipality called it to account.
    """
    since = today - LOOKING_BACK
    stuck = Stagnation.objects.permitting(user, Action.ANSWER_STAGNATION).filter(
        Q(help_line__organisation=partner.organisation_id)
        | Q(requests__to=partner.organisation_id)
        | Q(addressed=partner.organisation_id),
        since__gte=since,
    )
    counted = stuck.values_list("cause").annotate(families=Count("family_id", distinct=True))
    ordered = sorted(counted, key=lambda line: (-line[1], line[0]))
    signals = Signal.objects.permitting(user, Action.VIEW_MUNICIPAL_LIST).filter(
        organisation=partner.organisation_id, reported_at__date__gte=since
    )
    return [Topic(str(Cause(cause).label), families) for cause, families in ordered], Topic("", signals.count())


def agenda(partner: AgreementPartner, user: User, *, at: datetime, today: date, language: str) -> tuple[bytes, Mark]:
    """Make the agenda for evaluating with a partner (J6): causes and counts, and nothing about a family."""
    foot = mark(user, at)
    causes, signals = topics(partner, user, today=today)
    steps = AgreedStep.objects.filter(evaluation__agreement=partner.agreement_id, done_on=None)
    context = {
        "agreement": partner.agreement,
        "partner": partner,
        "causes": causes,
        "signals": signals,
        "steps": steps.select_related("by_organisation").order_by("due_on", "pk"),
        "since": today - LOOKING_BACK,
    }
    return render("papers/agenda.html", context, language=language, mark=foot), foot
