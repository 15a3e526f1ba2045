"""Make the two databases, measure, tell, and judge."""

import argparse
import json
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings
from django.utils import timezone

from benchmarks import data, measures
from ops import template

REPORT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.json"
FULL, SHORT = (5_000, 500_000), (6_000, 24_000)
_COUNTED = ("P4 caseload", "P4 family page")
_MARKS = {True: "holds", False: "FAILS", None: "     "}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    sizes = SHORT if asked.short else FULL
    blocks, rounds = (3, 8) if asked.short else (4, 25)
    with override_settings(DEBUG=False, ALLOWED_HOSTS=["testserver"]):
        small, large = (_sized(size, blocks=blocks, rounds=rounds) for size in sizes)
    found = measures.report(small, large)
    for one in found:
        print(f"{_MARKS[one.holds]}  {one.name}: {one.said}")
    if asked.write and not asked.short:
        REPORT.write_text(json.dumps({"measures": [one.as_row() for one in found]}, indent=2) + "\n")
    # A few rounds on a machine that others use judge no time; a count of statements is the same anywhere. Taking in a
    # worry is above its bar: the full run says so, and fails, until that is mended.
    judged = [one for one in found if not asked.short or one.name.startswith(_COUNTED)]
    return 1 if any(one.holds is False for one in judged) else 0


def _sized(families: int, *, blocks: int, rounds: int) -> measures.Sized:
    """Make a database of this size, measure in it, and drop it."""
    real = settings.DATABASES["default"]["NAME"]
    connection.settings_dict["TEST"]["TEMPLATE"] = template.laid(connection.get_connection_params())
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    began = time.monotonic()
    try:
        call_command("load_reference_data", verbosity=0)
        world = data.make(families, timezone.localdate())
        print(f"{families:,} families made in {time.monotonic() - began:.0f} s", flush=True)
        return measures.measure(world, families, blocks=blocks, rounds=rounds)
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)
