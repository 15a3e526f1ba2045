"""Who is counted, and when."""

from django.utils.translation import gettext_lazy as _

from figures.definitions.figure import Counts, Population

ARRIVED = Population(
    slug="arrived",
    label=_("families that came into a shelter"),
    counts=Counts.FAMILIES,
    day=lambda passage: passage.arrived_on,
    area=lambda passage: passage.shelter,
)
CHILDREN = Population(
    slug="children",
    label=_("children who came into a shelter"),
    counts=Counts.CHILDREN,
    day=lambda passage: passage.arrived_on,
    area=lambda passage: passage.shelter,
    units=lambda passage: passage.children,
)
LEFT = Population(
    slug="left",
    label=_("families that left a shelter"),
    counts=Counts.FAMILIES,
    day=lambda passage: passage.left_on,
    area=lambda passage: passage.home,
)
# The same families, when a year has passed: what happened to them in that year is known by then.
YEAR_AFTER = Population(
    slug="year_after",
    label=_("families of which the first year after the shelter has passed"),
    counts=Counts.FAMILIES,
    day=lambda passage: passage.left_on,
    area=lambda passage: passage.home,
    after=4,
)
POPULATIONS = (ARRIVED, CHILDREN, LEFT, YEAR_AFTER)
# The second has the same families in it as the first: whoever takes figures apart knows that too.
SAME = (("year_after", "left"),)
