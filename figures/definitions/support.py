"""How families were met in the year after the shelter, and who stood beside them (E26, E29)."""

from django.utils.translation import gettext_lazy as _

from figures.definitions.figure import Figure, Theme
from figures.definitions.populations import YEAR_AFTER
from figures.passages import Passage


def _visited(passage: Passage) -> str:
    came = {"visit", "outreach"} & set(passage.met_by)
    return "both" if len(came) > 1 else came.pop() if came else "none"


FIGURES = (
    Figure(
        slug="met_by",
        theme=Theme.CONTINUITY,
        title=_("How contact was made"),
        definition=_("The way in which the family was reached most often in the year after the departure."),
        source=_("The contacts of aftercare with the outcome reached."),
        population=YEAR_AFTER,
        categories={
            "phone": _("by phone"),
            "visit": _("by a visit at home"),
            "outreach": _("by going there without an appointment"),
            "video": _("by video"),
            "message": _("by messages"),
            "none": _("the family was not reached"),
        },
        sort=lambda passage: passage.met_by[0] if passage.met_by else "none",
        rows=("E26",),
    ),
    Figure(
        slug="visited",
        theme=Theme.CONTINUITY,
        title=_("Outreach: who came to the door"),
        definition=_("Whether somebody was with the family at home in the year after the departure, and how."),
        source=_("The contacts of aftercare with the outcome reached."),
        population=YEAR_AFTER,
        categories={
            "outreach": _("without an appointment only"),
            "visit": _("by appointment only"),
            "both": _("both"),
            "none": _("nobody came to the door"),
        },
        sort=_visited,
        rows=("E26",),
        headline="none",
    ),
    Figure(
        slug="supporter_for",
        theme=Theme.EXPERTISE,
        title=_("Why a family got a supporter"),
        definition=_("The criterion that weighed most when the first supporter was chosen."),
        source=_("The supporters of the families."),
        population=YEAR_AFTER,
        categories={
            "alone": _("hardly anybody to lean on"),
            "many_helpers": _("many organisations at once"),
            "help_stops": _("help that stopped or threatened to"),
            "waiting": _("help that had not begun"),
            "far_away": _("a place where it knew nobody"),
            "asked_for": _("the family asked for it"),
            "none": _("no supporter"),
        },
        sort=lambda passage: passage.supporter_for or "none",
        rows=("E29",),
        headline="none",
    ),
    Figure(
        slug="supporter_met",
        theme=Theme.EXPERTISE,
        title=_("Whether the supporter was met before the departure"),
        definition=_("Of families with a supporter: whether one was met on the day of the departure or before it."),
        source=_("The supporters of the families."),
        population=YEAR_AFTER,
        categories={
            "before": _("met before the departure"),
            "after": _("met after the departure"),
            "not": _("never met"),
            "none": _("no supporter"),
        },
        sort=lambda passage: passage.supporter_met or "none",
        rows=("E21",),
        headline="before",
    ),
    Figure(
        slug="supporter_stopped",
        theme=Theme.EXPERTISE,
        title=_("Why a supporter stopped"),
        definition=_("Of families that had a supporter: why the last one stopped."),
        source=_("The supporters of the families."),
        population=YEAR_AFTER,
        categories={
            "goes_on": _("the support goes on"),
            "not_needed": _("it was not needed any more"),
            "declined": _("the family did not want it any more"),
            "no_match": _("it did not work between the two"),
            "supporter_left": _("the supporter stopped or was away"),
            "moved": _("the family moved"),
            "handed_over": _("the regie went to another organisation"),
            "none": _("no supporter"),
        },
        sort=lambda passage: passage.supporter_stopped or "none",
        rows=("E29",),
    ),
)
