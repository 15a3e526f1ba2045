"""The departure and the year after it: what the dashboard shows, in the four themes of the inspectorates."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from figures.definitions.figure import Figure, Theme, banded
from figures.definitions.populations import LEFT, YEAR_AFTER
from figures.passages import MONTHS_ASKED, Passage

DOMAINS = {
    "safety": _("safety"),
    "family": _("family"),
    "education": _("education"),
    "health_care": _("health care"),
    "finances": _("finances"),
    "housing": _("housing"),
}
CAUSES = {
    "waiting": _("waiting list"),
    "capacity": _("too little help to be had"),
    "money": _("money or a decision about it"),
    "staff": _("staff changed or left"),
    "difference_of_view": _("organisations disagree"),
    "not_known": _("not known"),
}
LONG_STUCK = 42
RENEWED_VIOLENCE = 25
_YES_NO = {"yes": _("yes"), "no": _("no")}


def _watch(passage: Passage) -> str:
    return banded(len(set(passage.contact_in)), [("few", 5), ("some", 9)], beyond="most")


def _contact(month: int) -> Figure:
    return Figure(
        slug=f"contact_{month}",
        theme=Theme.CONTINUITY,
        title=format_lazy(_("In contact after {month} months"), month=month)
        if month > 1
        else _("In contact after 1 month"),
        definition=_(
            "Somebody of the family was reached in the month that ends on this day, counted from the departure."
        ),
        source=_("The contacts of aftercare with the outcome reached."),
        population=YEAR_AFTER,
        categories=_YES_NO,
        sort=lambda passage: "yes" if month in passage.contact_in else "no",
        headline="yes",
    )


def _felt(month: int) -> Figure:
    return Figure(
        slug=f"felt_{month}",
        theme=Theme.SAFETY,
        title=format_lazy(_("How safe they feel after {month} months"), month=month)
        if month > 1
        else _("How safe they feel after 1 month"),
        definition=_(
            "Of the families in contact then: the last answer in that month to the question whether they feel safe."
        ),
        source=_("The second of the four questions in the contacts of aftercare."),
        population=YEAR_AFTER,
        within=(f"contact_{month}", "yes"),
        categories={"yes": _("feels safe"), "doubt": _("is not sure"), "no": _("does not feel safe")},
        sort=lambda passage: passage.felt.get(str(month), "doubt"),
        rows=("K14",),
        headline="yes",
    )


def _waiting(domain: str) -> Figure:
    return Figure(
        slug=f"waiting_{domain}",
        theme=Theme.CONTINUITY,
        title=format_lazy(_("Waiting for help: {domain}"), domain=DOMAINS[domain]),
        definition=_(
            "Whether all help in this domain that was asked in the stay or the year after started within the norm of "
            "the municipality. Help that never started is beyond the norm once the norm has passed."
        ),
        source=_("The help lines of the plan, and the norms of the municipality on the day of counting."),
        population=YEAR_AFTER,
        categories={"within": _("within the norm"), "beyond": _("later than the norm"), "none": _("no help asked")},
        sort=lambda passage: passage.waiting.get(domain, "none"),
        rows=("K15", "G18"),
        headline="beyond",
    )


def _stuck(passage: Passage) -> str:
    if not passage.stuck_cause:
        return "nothing"
    return f"{passage.stuck_cause}_{'long' if passage.stuck_days > LONG_STUCK else 'short'}"


def _came_after(passage: Passage) -> str:
    return "unknown" if passage.first_came_after is None else "after" if passage.first_came_after else "before"


FIGURES = (
    Figure(
        slug="watch",
        theme=Theme.CONTINUITY,
        title=_("Coverage of the watch"),
        definition=_("In how many of the twelve months after the departure somebody of the family was reached."),
        source=_("The contacts of aftercare with the outcome reached."),
        population=YEAR_AFTER,
        categories={"most": _("10 to 12 months"), "some": _("6 to 9 months"), "few": _("0 to 5 months")},
        sort=_watch,
        headline="most",
    ),
    *(_contact(month) for month in MONTHS_ASKED),
    Figure(
        slug="help_before",
        theme=Theme.CONTINUITY,
        title=_("Help started before the departure"),
        definition=_("Of the help that was asked up to the day of departure: whether it ran on that day."),
        source=_("The help lines of the plan: asked, started, ended."),
        population=LEFT,
        categories={
            "all": _("all of it ran"),
            "part": _("part of it ran"),
            "nothing": _("none of it ran"),
            "none": _("no help asked"),
        },
        sort=lambda passage: (
            "none"
            if not passage.help_asked
            else "all"
            if passage.help_before >= passage.help_asked
            else "part"
            if passage.help_before
            else "nothing"
        ),
        rows=("G20",),
        headline="all",
    ),
    Figure(
        slug="income",
        theme=Theme.CONTINUITY,
        title=_("Days without income"),
        definition=_("The longest time without income around the departure or a move in the year after it."),
        source=_("The income lines of the plan with the occasion departure or move."),
        population=YEAR_AFTER,
        categories={
            "none": _("no day without income"),
            "month": _("1 to 30 days"),
            "longer": _("more than 30 days"),
            "unknown": _("not recorded"),
        },
        sort=lambda passage: banded(passage.without_income, [("none", 0), ("month", 30)], beyond="longer"),
        rows=("G20",),
        headline="none",
    ),
    Figure(
        slug="interrupted",
        theme=Theme.CONTINUITY,
        title=_("Help interrupted by a move"),
        definition=_("The longest gap between the last day of help in the old place and the first in the new one."),
        source=_("What a move did to each help line."),
        population=YEAR_AFTER,
        categories={
            "none": _("not interrupted"),
            "month": _("1 to 30 days"),
            "longer": _("more than 30 days"),
            "unknown": _("no help at a move"),
        },
        sort=lambda passage: banded(passage.interrupted, [("none", 0), ("month", 30)], beyond="longer"),
        rows=("G20",),
        headline="none",
    ),
    Figure(
        slug="stuck",
        theme=Theme.CONTINUITY,
        title=_("What was stuck, and for how long"),
        definition=_(
            "The cause of what was stuck longest in the stay or the year after, and whether that was over 42 days."
        ),
        source=_("The stagnations of the plan."),
        population=YEAR_AFTER,
        categories={"nothing": _("nothing was stuck")}
        | {
            f"{code}_{length}": format_lazy("{cause}, {length}", cause=words, length=length_words)
            for code, words in CAUSES.items()
            for length, length_words in (("short", _("up to 42 days")), ("long", _("more than 42 days")))
        },
        sort=_stuck,
        rows=("G20",),
        headline="nothing",
    ),
    Figure(
        slug="solved_by",
        theme=Theme.CONTINUITY,
        title=_("What solved it"),
        definition=_("What ended that which was stuck longest."),
        source=_("The stagnations of the plan that were solved."),
        population=YEAR_AFTER,
        categories={
            "nothing": _("nothing was stuck"),
            "started": _("it started after all"),
            "longer_stay": _("a longer stay"),
            "escalation": _("the municipality pushed it through"),
            "binding_request": _("a binding request of the regisseur"),
            "other_partner": _("other help at another partner"),
            "tailored": _("the municipality departed from its usual way"),
            "not_needed": _("it was not needed any more"),
            "open": _("not solved yet"),
        },
        sort=lambda passage: (passage.solved_by or "open") if passage.stuck_cause else "nothing",
        rows=("G14",),
    ),
    *(_waiting(domain) for domain in DOMAINS),
    Figure(
        slug="renewed_violence",
        theme=Theme.SAFETY,
        title=_("Renewed violence within 12 months"),
        definition=_(
            "At least one signal in the year after the departure that was judged, and of which the judgement is that a "
            "child is not safe, or that it went to Veilig Thuis or the police. A signal nobody judged is not counted."
        ),
        source=_("The signals about the family and how they were judged."),
        population=YEAR_AFTER,
        categories=_YES_NO,
        sort=lambda passage: "yes" if passage.confirmed else "no",
        rows=("A5",),
        headline="yes",
        reference=RENEWED_VIOLENCE,
        reference_words=_("research: about a quarter in the first year"),
    ),
    Figure(
        slug="with_child",
        theme=Theme.SAFETY,
        title=_("Incidents with a child"),
        definition=_(
            "Of the families with renewed violence: whether a signal was judged with a child that is not safe. Beside "
            "it stands how many that are of a hundred trajectories."
        ),
        source=_("The signals about the family and how they were judged."),
        population=YEAR_AFTER,
        within=("renewed_violence", "yes"),
        categories={"child": _("a child was not safe"), "other": _("no child was found not safe")},
        sort=lambda passage: "child" if passage.child_incidents else "other",
        rows=("K13",),
        headline="child",
    ),
    Figure(
        slug="came_after",
        theme=Theme.SAFETY,
        title=_("Whether a signal came before it went wrong"),
        definition=_(
            "Of the families with renewed violence: whether the first signal of the year was already an acute one."
        ),
        source=_("The signals about the family, by the moment of reporting."),
        population=YEAR_AFTER,
        within=("renewed_violence", "yes"),
        categories={
            "before": _("there was an earlier signal"),
            "after": _("the first signal was acute"),
            "unknown": _("the first signal does not say"),
        },
        sort=_came_after,
        rows=("H5",),
        headline="after",
    ),
    Figure(
        slug="first_action",
        theme=Theme.SAFETY,
        title=_("Time from a signal to its judgement"),
        definition=_("Days between the report and the judgement of the signal that took longest, in the year after."),
        source=_("The signals about the family: reported and judged."),
        population=YEAR_AFTER,
        categories={
            "none": _("no signal"),
            "day": _("the same day or the next"),
            "week": _("2 to 7 days"),
            "longer": _("more than 7 days, or not judged"),
        },
        sort=lambda passage: banded(passage.acted_in, [("day", 1), ("week", 7)], beyond="longer", unknown="none"),
        rows=("H5",),
        headline="day",
    ),
    *(_felt(month) for month in MONTHS_ASKED),
    Figure(
        slug="back",
        theme=Theme.SAFETY,
        title=_("Back in a shelter within 12 months"),
        definition=_("A next passage of the same family that began within a year after the departure."),
        source=_("The passages of the family."),
        population=YEAR_AFTER,
        categories=_YES_NO,
        sort=lambda passage: "no" if passage.back_in is None else "yes",
        rows=("J15",),
        headline="yes",
    ),
    Figure(
        slug="accepted",
        theme=Theme.COLLABORATION,
        title=_("Time to accept a handover"),
        definition=_("Days between the offer and the acceptance of the first handover that was accepted."),
        source=_("The handovers of the file."),
        population=YEAR_AFTER,
        categories={
            "week": _("within 7 days"),
            "month": _("8 to 30 days"),
            "longer": _("more than 30 days"),
            "unknown": _("no handover accepted"),
        },
        sort=lambda passage: banded(passage.accepted_in, [("week", 7), ("month", 30)], beyond="longer"),
        headline="week",
    ),
    Figure(
        slug="warm",
        theme=Theme.COLLABORATION,
        title=_("Warm handovers"),
        definition=_("Whether both sides went to the family together, for the first handover that was accepted."),
        source=_("The joint visits of that handover that were held."),
        population=YEAR_AFTER,
        categories={"warm": _("warm"), "cold": _("on paper only"), "none": _("no handover accepted")},
        sort=lambda passage: "none" if passage.warm is None else "warm" if passage.warm else "cold",
        headline="warm",
    ),
    Figure(
        slug="partners",
        theme=Theme.COLLABORATION,
        title=_("Partners with the safety plan that counts"),
        definition=_(
            "On the day of departure: organisations the plan is shared with, against those that read this version."
        ),
        source=_("The shares of the safety plan and the receipts per version."),
        population=LEFT,
        categories={
            "all": _("all of them have it"),
            "part": _("some of them have it"),
            "nothing": _("none of them has it"),
            "none": _("shared with nobody"),
        },
        sort=lambda passage: (
            "none"
            if not passage.partners
            else "all"
            if passage.partners_current >= passage.partners
            else "part"
            if passage.partners_current
            else "nothing"
        ),
        headline="all",
    ),
    Figure(
        slug="father",
        theme=Theme.EXPERTISE,
        title=_("The other parent's role is written down"),
        definition=_(
            "Of the families with children and another parent in the file: whether it says how that parent takes part."
        ),
        source=_("The decisions about involving a parent."),
        population=LEFT,
        categories={**_YES_NO, "none": _("no other parent in the file")},
        sort=lambda passage: passage.father or "none",
        rows=("D11",),
        headline="yes",
    ),
    Figure(
        slug="network",
        theme=Theme.EXPERTISE,
        title=_("People around the family"),
        definition=_("How many people of its own network the family could lean on, on the day of departure."),
        source=_("The network of the file."),
        population=LEFT,
        categories={
            "few": _("nobody or one person"),
            "some": _("2 or 3 people"),
            "many": _("4 or more"),
            "unknown": _("not known"),
        },
        sort=lambda passage: banded(passage.network, [("few", 1), ("some", 3)], beyond="many"),
        headline="few",
    ),
    Figure(
        slug="enough",
        theme=Theme.EXPERTISE,
        title=_("Whether a year was enough"),
        definition=_("What was answered at the closing, or else when the year was over."),
        source=_("The closings, and the answers at the end of the year."),
        population=YEAR_AFTER,
        categories={
            "sufficient": _("a year was enough"),
            "longer": _("it should have been longer"),
            "earlier": _("it could have been shorter"),
            "unknown": _("not answered yet"),
        },
        sort=lambda passage: passage.enough or "unknown",
        rows=("A16",),
    ),
)
