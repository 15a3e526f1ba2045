"""Run every proof and say what it found.

    python -m proof            all of it; --short leaves out what takes minutes

A proof is a test under tests/proof, or a requirement elsewhere whose tests are run here: it holds when all pass.
The figures are kept in proof/security.json.
"""

import argparse
import os
import subprocess
import sys

from ops import acceptance
from ops.kept import ROOT
from proof.results import keep

# Requirements whose tests, wherever they stand, carry out the whole check.
CARRIED_BY_TESTS = ("R1", "R10", "R39", "R40", "R42")


def main() -> int:
    """Return 0 when everything that was tried holds."""
    arguments = argparse.ArgumentParser(prog="python -m proof", description=__doc__)
    arguments.add_argument("--short", action="store_true", help="leave out what takes minutes")
    short = arguments.parse_args().short
    os.environ["PROOF"] = "on"
    # Those that have a short form in the suite run here at their full figure.
    failed = False if short else bool(_run(["-m", "proof", "-s"], long=True))
    failed |= bool(_run(["tests/proof", *(["-m", "not slow"] if short else [])]))
    carried = acceptance.carried(ROOT / "tests")
    for requirement in CARRIED_BY_TESTS:
        tests = carried.get(requirement, [])
        wrong = bool(_run(tests)) if tests else True
        keep(
            requirement, holds=not wrong, figure=f"{len(tests)} tests, {'not all of them pass' if wrong else '0 fail'}"
        )
        failed |= wrong
    return int(failed)


def _run(tests: list[str], *, long: bool = False) -> int:
    """Run tests, side by side unless they measure, and return what pytest returns."""
    return subprocess.run(  # noqa: S603 - a fixed command
        [sys.executable, "-m", "pytest", "-n", "0" if long else "auto", "-q", *tests],
        cwd=ROOT,
        env=os.environ | ({"LONG": "1"} if long else {}),
        check=False,
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
