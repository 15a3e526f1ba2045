"""In, through and out of the shelter: the monitor (C31, C32, C34, D21, D22, G10, K16)."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from figures.definitions.figure import Figure, Theme, banded
from figures.definitions.populations import ARRIVED, CHILDREN, LEFT
from figures.passages import Passage

_UNKNOWN = _("not known")
_NEAR = {"own": _("the municipality of the shelter"), "region": _("the region of the shelter"), "other": _("elsewhere")}
_CAME = _NEAR | {"unknown": _("a place that is not known")}
_WENT = _NEAR | {"hidden": _("a place that is protected or not known")}


def _stay(passage: Passage) -> str:
    return banded(passage.stay_days, [("quarter", 91), ("half", 182), ("year", 365)], beyond="longer")


def _longer(passage: Passage) -> str:
    return banded(passage.longer_days, [("no", 0), ("month", 30), ("quarter", 91)], beyond="longer")


def _ages(passage: Passage) -> list[str]:
    bands = [("unknown", -1), ("baby", 3), ("primary", 11), ("young", 17)]
    return [banded(age, bands, beyond="adult") for age in passage.ages]


def _origin(passage: Passage) -> str:
    if passage.came_from == "other" and passage.outside_because in {"safety", "shortage"}:
        return passage.outside_because
    return passage.came_from


def _context(passage: Passage) -> str:
    if not passage.contexts:
        return "none"
    if len(passage.contexts) > 1:
        return "several"
    return {"honour_related_violence": "honour", "forced_marriage": "honour"}.get(passage.contexts[0], "other")


def _flow(passage: Passage) -> str:
    went = "hidden" if passage.went_to in {"protected", "unknown"} else passage.went_to
    return f"{passage.came_from}_{went}"


FIGURES = (
    Figure(
        slug="origin",
        theme=Theme.INFLOW,
        title=_("Where families come from"),
        definition=_(
            "The municipality where the family lived before, against that of the shelter. From another region: because "
            "it was safer, because there was no place nearer, or without a reason on file."
        ),
        source=_("The passage (origin, shelter) and the reason for a place outside the region."),
        population=ARRIVED,
        categories={
            "own": _("own municipality"),
            "region": _("same region"),
            "safety": _("another region, for safety"),
            "shortage": _("another region, because there was no place"),
            "other": _("another region, reason not recorded"),
            "unknown": _UNKNOWN,
        },
        sort=_origin,
        rows=("C31", "C32"),
        headline="shortage",
    ),
    Figure(
        slug="place",
        theme=Theme.INFLOW,
        title=_("The place a family came into"),
        definition=_("A crisis place, a place for longer, or help at home without a place."),
        source=_("The admission."),
        population=ARRIVED,
        categories={
            "crisis": _("crisis place"),
            "follow_up": _("follow-up place"),
            "none": _("no place: help at home"),
            "unknown": _UNKNOWN,
        },
        sort=lambda passage: passage.place or "unknown",
        rows=("C31", "C34"),
    ),
    Figure(
        slug="context",
        theme=Theme.INFLOW,
        title=_("What plays a part"),
        definition=_("Circumstances on the list of contexts that were noted for this family at any time."),
        source=_("The contexts of the file."),
        population=ARRIVED,
        categories={
            "none": _("nothing of the list"),
            "honour": _("honour or a forced marriage"),
            "other": _("something else of the list"),
            "several": _("several"),
        },
        sort=_context,
        rows=("C31",),
    ),
    Figure(
        slug="ages",
        theme=Theme.INFLOW,
        title=_("Ages of the children who came along"),
        definition=_("In whole years on the day of arrival. Children are counted, not families."),
        source=_("The children of the file and their days of birth."),
        population=CHILDREN,
        categories={
            "baby": _("0 to 3 years"),
            "primary": _("4 to 11 years"),
            "young": _("12 to 17 years"),
            "adult": _("18 years or older"),
            "unknown": _UNKNOWN,
        },
        sort=_ages,
        rows=("C31",),
    ),
    Figure(
        slug="stay",
        theme=Theme.STAY,
        title=_("How long families stayed"),
        definition=_("Days from the day of arrival up to the day of departure."),
        source=_("The passage: the day of arrival and the day of departure."),
        population=LEFT,
        categories={
            "quarter": _("up to 3 months"),
            "half": _("3 to 6 months"),
            "year": _("6 to 12 months"),
            "longer": _("longer than a year"),
        },
        sort=_stay,
        rows=("C31", "C34"),
    ),
    Figure(
        slug="longer",
        theme=Theme.STAY,
        title=_("Stayed longer than needed"),
        definition=_(
            "Days between the day on which the family could have left and the day on which it left. On each of these "
            "days a place was taken that another family could have had."
        ),
        source=_("The periods in which a family was ready to leave."),
        population=LEFT,
        categories={
            "no": _("not longer than needed"),
            "month": _("up to 30 days longer"),
            "quarter": _("31 to 91 days longer"),
            "longer": _("more than 91 days longer"),
        },
        sort=_longer,
        rows=("C31", "C34", "G10"),
        headline="longer",
    ),
    Figure(
        slug="waited_for",
        theme=Theme.STAY,
        title=_("What kept families in the shelter"),
        definition=_("What the family waited for in its longest time of being ready to leave."),
        source=_("The periods in which a family was ready to leave."),
        population=LEFT,
        categories={
            "nothing": _("not longer than needed"),
            "housing": _("a house"),
            "income": _("income"),
            "safety": _("safety"),
            "help": _("help that takes over"),
            "school": _("a school or childcare"),
            "other": _("something else"),
        },
        sort=lambda passage: (passage.waited_for or "other") if passage.longer_days else "nothing",
        rows=("C31", "G10"),
    ),
    Figure(
        slug="destination",
        theme=Theme.OUTFLOW,
        title=_("Where families went"),
        definition=_("The municipality of the new home, against that of the shelter."),
        source=_("The departure."),
        population=LEFT,
        categories={
            "own": _("the municipality of the shelter"),
            "region": _("same region"),
            "other": _("another region"),
            "protected": _("protected"),
            "unknown": _UNKNOWN,
        },
        sort=lambda passage: passage.went_to,
        rows=("C31", "D21"),
        headline="own",
    ),
    Figure(
        slug="flow",
        theme=Theme.OUTFLOW,
        title=_("From the old home, over the shelter, to the new one"),
        definition=_(
            "Where the family came from and where it went, both against the municipality of the shelter. Only for the "
            "country and the regions: lower down the flows are too small to be safe."
        ),
        source=_("The passage: origin, shelter and destination."),
        population=LEFT,
        categories={
            f"{came}_{went}": format_lazy(_("from {came} to {went}"), came=came_words, went=went_words)
            for came, came_words in _CAME.items()
            for went, went_words in _WENT.items()
        },
        sort=_flow,
        rows=("D22", "K16"),
        matrix=(_CAME, _WENT),
        wide_only=True,
    ),
)
