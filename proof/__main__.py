"""Run every proof and say what it found.

    python -m proof            all of it; --short leaves out what takes minutes

A proof is a test under tests/proof, or a requirement elsewhere whose tests are run here: it holds when all pass.
The figures are kept in proof/security.json.
"""

import argparse
import os
import re
import subprocess
import sys

from ops import acceptance
from ops.kept import ROOT
from proof.results import keep

# Requirements whose tests, wherever they stand, carry out the whole check.
CARRIED_BY_TESTS = ("R1", "R3", "R4", "R10", "R39", "R40", "R42")
# What measures time, or stops servers, runs with nothing beside it.
ALONE = ("tests/proof/test_oracles.py", "tests/handover/test_races.py")
# Carries R1, R3 and R4, and is run once, with those.
GRID = "tests/architecture/test_urls.py"


def main() -> int:
    """Return 0 when everything that was tried holds."""
    arguments = argparse.ArgumentParser(prog="python -m proof", description=__doc__)
    arguments.add_argument("--short", action="store_true", help="leave out what takes minutes")
    short = arguments.parse_args().short
    os.environ["PROOF"] = "on"
    if not short:
        # Those that have a short form in the suite run here at their full figure.
        os.environ["LONG"] = "1"
    failed = False
    if not short:
        failed |= bool(_run([*ALONE, "-m", "proof", "-s"], alone=True))
        failed |= bool(_run(["tests", "-m", "proof", "-s", *(f"--ignore={path}" for path in (*ALONE, GRID))]))
    failed |= bool(_run(["tests/proof", "-m", "not slow" if short else "not proof"]))
    carried = {requirement: acceptance.carried(ROOT / "tests")[requirement] for requirement in CARRIED_BY_TESTS}
    code, wrong = _failing(sorted({test for tests in carried.values() for test in tests}))
    ended = code in (0, 1)
    for requirement, tests in carried.items():
        missed = wrong & set(tests)
        figure = f"{len(tests)} tests, {', '.join(sorted(missed)) or 'none of them'} failed"
        keep(requirement, holds=ended and not missed, figure=figure if ended else f"the tests broke off with {code}")
    return int(failed or bool(wrong) or not ended)


def _run(tests: list[str], *, alone: bool = False) -> int:
    """Run tests, side by side unless they measure, and return what pytest returns."""
    return subprocess.run(_pytest(tests, alone=alone), cwd=ROOT, check=False).returncode  # noqa: S603 - a fixed command


def _failing(tests: list[str]) -> tuple[int, set[str]]:
    """Run tests; return what pytest returned (more than 1: they did not run to their end), and which failed."""
    done = subprocess.run(  # noqa: S603 - a fixed command
        [*_pytest(tests), "-rfE"], cwd=ROOT, check=False, stdout=subprocess.PIPE, text=True
    )
    sys.stdout.write(done.stdout)
    # Without what a test was given: a requirement names the test.
    named = re.findall(r"^(?:FAILED|ERROR) ([^\s\[]+)", done.stdout, re.M)
    return done.returncode, set(named)


def _pytest(tests: list[str], *, alone: bool = False) -> list[str]:
    return [sys.executable, "-m", "pytest", "-n", "0" if alone else "auto", "-q", *tests]


if __name__ == "__main__":
    sys.exit(main())
