"""The generated part of docs/architecture.md: the rooms by layer, from the import contract and the rooms themselves.

python -m ops.architecture write | check
"""

import ast
import tomllib
from pathlib import Path

from ops import written
from ops.kept import ROOT

DOCUMENT = "docs/architecture.md"
MARK = "the rooms, from pyproject.toml"


def rooms(root: Path = ROOT) -> str:
    """Return the table of rooms, highest layer first, each with what its package says it is for."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(
        one
        for one in project["tool"]["importlinter"]["contracts"]
        if one["type"] == "layers" and "containers" not in one
    )
    lines = ["| layer | room | what it is for |\n|---|---|---|\n"]
    height = len(contract["layers"])
    for depth, layer in enumerate(contract["layers"]):
        for room in layer.split(" | "):
            docstring = ast.get_docstring(ast.parse((root / room / "__init__.py").read_text(encoding="utf-8"))) or ""
            lines.append(f"| {height - depth} | `{room}` | {' '.join(docstring.split())} |\n")
    return "".join(lines)


def document(root: Path = ROOT) -> str:
    """Return docs/architecture.md with its generated part as it should be."""
    return written.between((root / DOCUMENT).read_text(encoding="utf-8"), MARK, rooms(root))


def main() -> None:
    written.run("ops.architecture", {DOCUMENT: document})


if __name__ == "__main__":
    main()
