from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from figures.simulation import attack_all, release_all


class Command(BaseCommand):
    help = "Release an invented country quarter by quarter and try to work out its small numbers (R20)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--months", type=int, default=24)
        parser.add_argument("--families", type=int, default=600)
        parser.add_argument("--seed", type=int, default=20)

    def handle(self, *args: Any, **options: Any) -> None:
        published = release_all(months=options["months"], families=options["families"], seed=options["seed"])
        careful, careless = attack_all(published), attack_all(published, careless=True)
        for name, found in (("as released", careful), ("only small numbers left out", careless)):
            self.stdout.write(
                f"{name}: {found.published} numbers published, {found.withheld} withheld, {found.small} small; "
                f"{found.determined} worked out exactly, narrowest range {found.narrowest}"
            )
        if careful.determined or careful.too_narrow:
            raise CommandError(f"{careful.too_narrow} small numbers can be worked out too closely")
        if not careless.determined:
            raise CommandError("the attack breaks nothing: it proves nothing")
