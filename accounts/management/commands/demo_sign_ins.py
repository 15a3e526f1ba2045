from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.demo import NotADemonstration, sign_ins
from core.database import DatabaseRole, acting_as


class Command(BaseCommand):
    help = "Print the sign-ins of the demonstration with their current codes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only", metavar="LOGIN", help="one login, with or without its domain")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with acting_as(DatabaseRole.APP):
                found = list(sign_ins(now=timezone.now(), only=options["only"]))
        except NotADemonstration as error:
            raise CommandError(str(error)) from error
        if not found:
            raise CommandError("No such sign-in. Start the demonstration once with: make run")
        width = max(len(one.email) for one in found)
        for one in found:
            self.stdout.write(f"  {one.email:<{width}}  {one.password}  code {one.code}   {one.name}")
        self.stdout.write("  A code holds for half a minute. A new one: make code LOGIN=<login>")
