"""Walls that nobody has seen fail guard nothing: each is broken once here, in a copy, and must be caught by name."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.urls import get_resolver, path

from tests.architecture import test_urls

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = [contract["name"] for contract in PROJECT["tool"]["importlinter"]["contracts"]]
LINT = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]

# contract -> what breaks it: a file, and the import that is written into it. At least one way per contract.
BREAKS = [
    ("Rooms are layers: import downwards only", "follow_ups/models.py", "import aftercare.apps"),
    ("Rooms are layers: import downwards only", "core/errors.py", "from audit import events"),
    ("Rooms are layers: import downwards only", "family_plans/apps.py", "import safety_plans.apps"),
    ("Rooms are layers: import downwards only", "cases/models/person.py", "from config import settings"),
    ("Inside a room: the web on top, the rows at the bottom", "follow_ups/models.py", "import follow_ups.operations"),
    ("Inside a room: the web on top, the rows at the bottom", "cases/forms/family.py", "import cases.views"),
    ("Inside a room: the web on top, the rows at the bottom", "accounts/querysets.py", "import accounts.models"),
    ("Only audit.record writes the audit log", "cases/operations/family.py", "from audit.models import AuditEvent"),
    ("Only the clock knows Celery", "follow_ups/operations.py", "from celery import shared_task"),
    ("Mail is sent from one place", "cases/operations/doors.py", "from reminders import mail"),
    ("Mail is sent from one place", "oversight/apps.py", "import reminders.tasks"),
]


@pytest.fixture
def copy(tmp_path):
    """Our rooms without anything else: what the contracts are about."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in PROJECT["tool"]["importlinter"]["root_packages"]:
        shutil.copytree(
            ROOT / room, tmp_path / room, ignore=lambda folder, names: [n for n in names if not is_source(folder, n)]
        )
    return tmp_path


def is_source(folder, name):
    return name.endswith(".py") or (Path(folder, name).is_dir() and name not in {"__pycache__", "migrations"})


def lint(tree):
    """Run the linter as `make check` does; return whether it was satisfied, and the contracts it found broken."""
    done = subprocess.run(LINT, cwd=tree, capture_output=True, text=True, timeout=120, check=False)
    said = " ".join(done.stdout.split())
    return done.returncode == 0, {name for name in CONTRACTS if f"{name} BROKEN" in said}


@pytest.mark.slow
@pytest.mark.parametrize(("contract", "file", "line"), BREAKS, ids=[f"{file}: {line}" for _, file, line in BREAKS])
def test_a_broken_wall_is_named(copy, contract, file, line):
    source = copy / file
    source.write_text(f"{source.read_text()}\n{line}\n")

    satisfied, broken = lint(copy)

    assert not satisfied
    assert contract in broken


@pytest.mark.slow
def test_the_copy_itself_breaks_nothing(copy):
    assert lint(copy) == (True, set())


def test_every_contract_is_broken_at_least_once():
    assert {contract for contract, _, _ in BREAKS} == set(CONTRACTS)


def test_every_room_is_behind_the_walls():
    """A room that the linter does not know may import anything."""
    rooms = {apps.parent.name for apps in ROOT.glob("*/apps.py")} | {"config"}
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]

    assert set(PROJECT["tool"]["importlinter"]["root_packages"]) == rooms
    assert {room for layer in layers for room in layer.split(" | ")} == rooms


def test_a_new_address_is_noticed(monkeypatch):
    resolver = get_resolver()
    test_urls.test_every_address_is_in_the_table()
    monkeypatch.setattr(resolver, "url_patterns", [*resolver.url_patterns, path("nieuw/", print, name="forgotten")])

    with pytest.raises(AssertionError, match="forgotten"):
        test_urls.test_every_address_is_in_the_table()


def test_an_address_that_went_is_noticed(monkeypatch):
    resolver = get_resolver()
    monkeypatch.setattr(
        resolver, "url_patterns", [one for one in resolver.url_patterns if one.pattern._route != "taal/"]
    )

    with pytest.raises(AssertionError, match="set_language"):
        test_urls.test_every_address_is_in_the_table()
