"""The help of a family: with which kind of partner it was stuck, what was tailored, and who pays (G3, G6, G19)."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from figures.definitions.figure import Figure, Theme
from figures.definitions.populations import YEAR_AFTER
from organisations.kinds import DefaultKind

# Kinds of organisation that a reader takes together; every other kind is "other".
_PARTNERS: Mapping[str, frozenset[DefaultKind]] = {
    "debts": frozenset({DefaultKind.DEBT_SUPPORT, DefaultKind.FINANCIAL_ADMINISTRATOR}),
    "income": frozenset({DefaultKind.WORK_AND_INCOME, DefaultKind.MUNICIPALITY}),
    "team": frozenset({DefaultKind.NEIGHBOURHOOD_TEAM, DefaultKind.SOCIAL_WORK}),
    "youth": frozenset(
        {DefaultKind.YOUTH_TEAM, DefaultKind.CENTRE_FOR_YOUTH_AND_FAMILY, DefaultKind.SPECIALISED_YOUTH_CARE}
    ),
    "mental": frozenset({DefaultKind.MENTAL_HEALTH_CARE, DefaultKind.ADDICTION_CARE, DefaultKind.FORENSIC_CARE}),
    "housing": frozenset({DefaultKind.HOUSING_CORPORATION}),
}
_LAWS = ("wmo", "jeugdwet", "participatiewet", "wgs", "zvw", "wlz", "education", "shelter", "none")


def partner_of(kind: str) -> str:
    """Return the category of a kind of organisation."""
    return next((name for name, kinds in _PARTNERS.items() if kind in kinds), "other")


def payer_of(law: str | None) -> str:
    """Return the category of the law of a help line; one that an administrator added is another one."""
    return "unknown" if law is None else law if law in _LAWS else "other"


FIGURES = (
    Figure(
        slug="stuck_with",
        theme=Theme.CONTINUITY,
        title=_("With which kind of partner it was stuck"),
        definition=_("Of what was stuck longest in the stay or the year after: whose help the family waited for."),
        source=_("The stagnations of the plan, and the help lines they are about."),
        population=YEAR_AFTER,
        categories={
            "nothing": _("nothing was stuck"),
            "debts": _("debt support or financial administration"),
            "income": _("work and income, or the municipality"),
            "team": _("a neighbourhood team or social work"),
            "youth": _("youth care"),
            "mental": _("mental health, addiction or forensic care"),
            "housing": _("a housing corporation"),
            "other": _("another partner"),
            "nobody": _("no help line: income, housing or something else"),
        },
        sort=lambda passage: (passage.stuck_with or "nobody") if passage.stuck_cause else "nothing",
        rows=("G3",),
    ),
    Figure(
        slug="tailored",
        theme=Theme.CONTINUITY,
        title=_("Income tailored to the family"),
        definition=_(
            "Whether the municipality was asked, around the departure or a move, to depart from its usual way."
        ),
        source=_("The income lines of the plan with the occasion departure or move."),
        population=YEAR_AFTER,
        categories={
            "granted": _("asked and granted"),
            "refused": _("asked and refused"),
            "asked": _("asked, no answer yet"),
            "not_asked": _("not asked"),
            "unknown": _("not recorded"),
        },
        sort=lambda passage: passage.tailored or "unknown",
        rows=("G6",),
        headline="granted",
    ),
    Figure(
        slug="paid_by",
        theme=Theme.CONTINUITY,
        title=_("Who pays for the help"),
        definition=_(
            "The law or source of most of the help that was asked in the stay or the year after; the first one asked "
            "counts where it is even."
        ),
        source=_("The help lines of the plan."),
        population=YEAR_AFTER,
        categories={
            "wmo": _("Social Support Act"),
            "jeugdwet": _("Youth Act"),
            "participatiewet": _("Participation Act"),
            "wgs": _("Municipal Debt Help Act"),
            "zvw": _("Health Insurance Act"),
            "wlz": _("Long-term Care Act"),
            "education": _("education"),
            "shelter": _("the shelter"),
            "none": _("nobody: free of charge"),
            "other": _("another source"),
            "unknown": _("not known"),
            "no_help": _("no help asked"),
        },
        sort=lambda passage: passage.paid_by or "no_help",
        rows=("G19",),
    ),
    Figure(
        slug="children_unpaid",
        theme=Theme.CONTINUITY,
        title=_("Help to children without a known source"),
        definition=_(
            "Whether of all help to a child, in the stay or the year after, it is known which law pays for it."
        ),
        source=_("The help lines of the plan that are for a child."),
        population=YEAR_AFTER,
        categories={
            "known": _("known of all of it"),
            "unknown": _("not known of some of it"),
            "no_help": _("no help to a child"),
        },
        sort=lambda passage: passage.children_unpaid or "no_help",
        rows=("G19",),
        headline="unknown",
    ),
)
