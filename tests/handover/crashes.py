"""Kill PostgreSQL under a load of handovers, again and again, and count the families that are not with one regisseur.

    python -m tests.handover.crashes [KILLS [FAMILIES]]      its own server, its own data, nothing else is touched

The server is killed with SIGKILL, its own processes included, and started anew on the same files, durably.
"""

import contextlib
import os
import random
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import django
from django.core.management import call_command

from ops import embedded, environment, logins, roles
from ops.children import say

THREADS = 4
WORK = 4  # acceptances between two kills
BETWEEN = (0.0, 0.5)  # and seconds more


@dataclass
class Load:
    """Threads that offer and accept without end, and live through the server's deaths."""

    families: list
    workers: dict
    accepted: int = 0
    unexpected: list = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> list[threading.Thread]:
        threads = [threading.Thread(target=self._work, args=[number]) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        return threads

    def _work(self, seed: int) -> None:
        from django.db import DatabaseError, InterfaceError, connection

        from core.errors import DomainError

        choose = random.Random(seed)  # noqa: S311 - which family comes next is no secret
        while not self.stop.is_set():
            try:
                self.accepted += self._step(choose)
            except (DatabaseError, InterfaceError):
                connection.close()
                time.sleep(0.02)
            except DomainError:
                continue
            except Exception as error:  # anything else is a finding
                connection.close()
                self.unexpected.append(repr(error))
        connection.close()

    def _step(self, choose: random.Random) -> bool:
        from django.utils import timezone

        from cases.models import RegisseurPeriod
        from handover import operations
        from handover.models import Handover
        from tests.handover.conftest import offered

        family = choose.choice(self.families)
        now = timezone.now()
        waiting = Handover.objects.filter(family=family).open().first()
        if waiting:
            operations.accept(waiting, by=choose.choice(self.workers[waiting.to_organisation_id]), at=now)
            return True
        current = RegisseurPeriod.objects.select_related("user").get(family=family, ends_at=None)
        to = choose.choice([one for one in self.workers if one != current.organisation_id])
        receiver = self.workers[to][0].memberships.get().organisation
        operations.offer(family, to=receiver, what=offered(), by=current.user, at=now)
        return False


def wrong(families: list) -> list[str]:
    """Return what is not as it must be: no regisseur or two, a gap between two periods, an answer without its regie."""
    from django.db import connection, transaction

    with transaction.atomic():
        # One moment for all questions: the load goes on meanwhile, and would answer between two of them.
        connection.cursor().execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return [fault for family in families for fault in _wrong_of(family)]


def _wrong_of(family) -> list[str]:
    from cases.models import RegisseurPeriod
    from handover.models import Handover, Status

    found = []
    periods = list(RegisseurPeriod.objects.filter(family=family).order_by("starts_at"))
    if sum(period.ends_at is None for period in periods) != 1:
        found.append(f"{family}: not one regisseur")
    if any(one.ends_at != following.starts_at for one, following in pairwise(periods)):
        found.append(f"{family}: time without a regisseur")
    if len(periods) != 1 + Handover.objects.filter(family=family, status=Status.ACCEPTED).count():
        found.append(f"{family}: an answer without its regie")
    return found


def _open_families(count: int) -> tuple[list, dict]:
    from access.models import Relation
    from cases.models import Family
    from tests import factories
    from tests.handover.conftest import regie_of_the_shelter

    organisations = [factories.organisation(f"Wijkteam {name}") for name in ("Noord", "Oost", "Zuid")]
    workers = {one.pk: [factories.user(at=one), factories.user(at=one)] for one in organisations}
    families = []
    for _ in range(count):
        at = organisations[0]
        family = factories.family(opened_by=at)
        factories.involvement(family, at, Relation.WORKING)
        factories.assignment(family, workers[at.pk][0], at)

        class Cast:
            shelter, worker = at, workers[at.pk][0]

        Cast.family = family
        regie_of_the_shelter(Cast)
        families.append(Family.objects.get(pk=family.pk))
    return families, workers


def _kill(server: embedded.Server) -> None:
    """End the server and every process of it at once, as a power cut would."""
    postmaster = server.child.pid
    own = [postmaster]
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if int(entry.joinpath("stat").read_text().rsplit(")", 1)[1].split()[1]) == postmaster:
                own.append(int(entry.name))
    for process in own:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    server.child.wait(30)


def run(kills: int, count: int) -> tuple[int, list[str], list[str]]:
    """Return how many acceptances came through, what was wrong, and what nobody expected."""
    base = Path(tempfile.mkdtemp(prefix="crash")) / "pg"
    with embedded.postgres(base) as (folder, server):
        roles.create(f"postgresql://postgres@/postgres?host={folder}", tests=True)
        known = logins.on_socket(folder)
        os.environ |= environment.for_tests(os.environ, known, "unix:///nowhere", "unix:///nowhere")
        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        families, workers = _open_families(count)
        load = Load(families, workers)
        threads = load.run()
        found = _die_and_live(kills, base, folder, server, load)
    load.stop.set()
    for thread in threads:
        thread.join(30)
    return load.accepted, found, load.unexpected


def _let_work(load: Load) -> None:
    """Wait until some handovers came through, and then a moment that falls in the middle of others."""
    wanted, deadline = load.accepted + WORK, time.monotonic() + 60
    while load.accepted < wanted and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(random.uniform(*BETWEEN))  # noqa: S311 - when it dies is no secret


def _die_and_live(kills: int, base: Path, folder: Path, server: embedded.Server, load: Load) -> list[str]:
    from django.db import connection

    found: list[str] = []
    with contextlib.ExitStack() as stack:
        stack.callback(load.stop.set)
        for _ in range(kills):
            _let_work(load)
            _kill(server)
            connection.close()
            again, server = stack.enter_context(embedded.postgres(base))
            assert again == folder
            found += wrong(load.families)
        _let_work(load)
        load.stop.set()
        time.sleep(1)
        found += wrong(load.families)
        connection.close()
    return found


def main() -> int:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    accepted, found, unexpected = run(kills, count)
    say(
        f"{kills} deaths under load, {count} families, {accepted} acceptances: "
        f"{len(found)} families wrong, {len(unexpected)} unexpected errors"
    )
    for line in [*found[:20], *sorted(set(unexpected))[:20]]:
        say(f"  {line}")
    return 1 if found or unexpected or not accepted else 0


if __name__ == "__main__":
    sys.exit(main())
