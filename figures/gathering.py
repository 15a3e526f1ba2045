"""From the files to passages. Runs as the jobs role, reads over all families, and lets no name or key through."""

from datetime import date
from typing import Any

from access.models import Decoy
from cases.models import Trajectory
from figures.areas import Geography
from figures.models import StatisticsRow
from figures.passages import Passage
from figures.reading import aftercare, departure


def gather(*, today: date) -> list[Passage]:
    """Return every passage there is: those in the files, and those of families that are gone."""
    kept = [row.as_passage() for row in StatisticsRow.objects.order_by("left_on", "pk")]
    return [*kept, *from_files(today=today)]


def from_files(*, today: date) -> list[Passage]:
    """Return the passages in the files, as they are known on `today`. A fixed number of queries, whatever there is."""
    trajectories = list(
        Trajectory.objects.exclude(family_id__in=Decoy.objects.standing().values("family_id"))
        .select_related("organisation__municipality", "origin", "municipality", "admission")
        .order_by("starts_on", "pk")
    )
    if not trajectories:
        return []
    files = {trajectory.family_id: Files() for trajectory in trajectories}
    for name, rows in (*departure.rows(), *aftercare.rows()):
        for row in rows:
            # A signal that fits no family yet has none.
            if row.family_id in files:
                getattr(files[row.family_id], name).append(row)
    for trajectory in trajectories:
        files[trajectory.family_id].trajectories.append(trajectory)
    geography = Geography.read()
    norms = aftercare.Norms(today)
    return [_passage(one, files[one.family_id], geography, norms, today) for one in trajectories]


def _passage(
    trajectory: Trajectory, files: "Files", geography: Geography, norms: aftercare.Norms, today: date
) -> Passage:
    facts = departure.coming_in(trajectory, files, geography)
    left_on = trajectory.departs_on
    if left_on is not None and left_on <= today:
        facts |= departure.going_out(trajectory, files, geography, left_on)
        facts |= aftercare.year_after(trajectory, files, norms, left_on, today)
    return Passage(**facts)


class Files:
    """What is read of one family's file: lists of rows, by the name of what they are."""

    def __init__(self) -> None:
        self.trajectories: list[Trajectory] = []
        self.contexts: list[Any] = []
        self.persons: list[Any] = []
        self.ready: list[Any] = []
        self.shares: list[Any] = []
        self.plans: list[Any] = []
        self.receipts: list[Any] = []
        self.involvements: list[Any] = []
        self.network: list[Any] = []
        self.help: list[Any] = []
        self.moves: list[Any] = []
        self.income: list[Any] = []
        self.stagnations: list[Any] = []
        self.handovers: list[Any] = []
        self.check_ins: list[Any] = []
        self.signals: list[Any] = []
        self.closings: list[Any] = []
        self.year_answers: list[Any] = []
