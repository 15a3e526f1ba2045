"""The lock files in requirements/: written from pyproject.toml, and checked to be current without a network.

    python -m ops.locks write [--upgrade]
    python -m ops.locks check

Names, versions and hashes, no addresses: `pip install --require-hashes` reads them too. Each lock starts with a digest
of what it was made from and of what it holds, so that a forgotten `make lock` and an edit by hand are both noticed.
"""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from ops.kept import ROOT

PYTHON = "3.11"
# Each is constrained by the one before, so that all three agree on every version.
LOCKS: dict[str, tuple[str, ...]] = {"production": (), "demo": ("demo",), "dev": ("demo", "dev")}
_MARK = "# from pyproject.toml and what stands below: sha256 "


def digest(project: dict[str, Any], groups: tuple[str, ...], body: str) -> str:
    """Return the digest of the requirements that a lock answers and of the answer itself."""
    asked = {
        "python": [project["project"]["requires-python"], PYTHON],
        "dependencies": project["project"]["dependencies"],
        "groups": {group: project["dependency-groups"][group] for group in groups},
    }
    return hashlib.sha256((json.dumps(asked, sort_keys=True) + body).encode()).hexdigest()


def is_current(project: dict[str, Any], groups: tuple[str, ...], lock: str) -> bool:
    """Is this lock what `make lock` left for these requirements?"""
    first, _, body = lock.partition("\n")
    return first == _MARK + digest(project, groups, body)


def write(options: list[str], root: Path = ROOT) -> None:
    """Resolve again. Versions that still fit are kept, unless --upgrade is given."""
    project = tomllib.loads((root / "pyproject.toml").read_text())
    before: list[str] = []
    for name, groups in LOCKS.items():
        lock = Path("requirements") / f"{name}.txt"
        command = [".tools/bin/uv", "pip", "compile", "-q", "--generate-hashes", "--no-emit-index-url", "--universal"]
        command += ["--python-version", PYTHON, "--no-header", "pyproject.toml", *before, *options]
        for group in groups:
            command += ["--group", group]
        subprocess.run([*command, "-o", str(lock)], cwd=root, check=True)
        body = (root / lock).read_text()
        (root / lock).write_text(f"{_MARK}{digest(project, groups, body)}\n{body}")
        before = ["-c", str(lock)]


def main() -> None:
    match sys.argv[1:]:
        case ["write", *options]:
            write(options)
        case ["check"]:
            project = tomllib.loads((ROOT / "pyproject.toml").read_text())
            for name, groups in LOCKS.items():
                if not is_current(project, groups, (ROOT / "requirements" / f"{name}.txt").read_text()):
                    sys.exit(f"requirements/{name}.txt does not belong to pyproject.toml: run `make lock`.")
        case _:
            sys.exit("Use: python -m ops.locks write [--upgrade] | check")


if __name__ == "__main__":
    main()
