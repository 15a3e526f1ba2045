"""docs/acceptance.md: every acceptance row and requirement, with the tests that carry it.

    python -m ops.acceptance write | check

The tests are read, not run: `@pytest.mark.row("A1", "R5")` on a function, a class or a parameter, or a `pytestmark`.
Beside them stand the scenarios of `make chaos`: `@carries("R49")`.
The rows and their titles are docs/acceptance.csv and docs/requirements.csv.
"""

import ast
import csv
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ops import written
from ops.kept import ROOT

DOCUMENT = "docs/acceptance.md"
_LISTED = {"M": "must", "S": "should"}
_NOT_YET = "not yet"
_HEAD = """# Acceptance rows and the tests that carry them

Written by `python -m ops.acceptance write` from the markers in tests/ and chaos/; `make check` notices when it is
behind. A test beside a row shows that part of the row, or all of it, and so does a scenario of `make chaos`; *not yet*
means that none names it. Rows that may be left out are in docs/acceptance.csv and not here.

"""


class UnknownRow(Exception):
    """A test names a row that is on no list, or names one in a way that cannot be read without running it."""


def carried(tests: Path) -> dict[str, list[str]]:
    """Return, per row, the tests that name it, sorted. Raises UnknownRow on a marker that cannot be read."""
    found: dict[str, set[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        if "mark.row" not in source:
            continue
        name = f"tests/{path.relative_to(tests).as_posix()}"
        for row, test in _marked(ast.parse(source).body, name, frozenset()):
            found.setdefault(row, set()).add(test)
    return {row: sorted(names) for row, names in found.items()}


def scenarios(chaos: Path) -> dict[str, list[str]]:
    """Return, per requirement, the scenarios of `make chaos` that carry it out by killing processes."""
    found: dict[str, list[str]] = {}
    for path in sorted(chaos.glob("*.py")):
        functions = [
            one for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.FunctionDef)
        ]
        for one in functions:
            for call in one.decorator_list:
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "carries":
                    for requirement in call.args:
                        found.setdefault(ast.literal_eval(requirement), []).append(f"chaos/{path.name}::{one.name}")
    return found


def _marked(body: Iterable[ast.stmt], name: str, outer: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (row, test) for each test below; a class or module hands its own rows down."""
    statements = list(body)
    rows = outer | {row for one in statements if _is_pytestmark(one) for row in _rows_in([one], name)}
    for one in statements:
        if isinstance(one, ast.ClassDef) and one.name.startswith("Test"):
            yield from _marked(one.body, f"{name}::{one.name}", rows | _rows_in(one.decorator_list, name))
        elif isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and one.name.startswith("test_"):
            for row in rows | _rows_in(one.decorator_list, name):
                yield row, f"{name}::{one.name}"


def _is_pytestmark(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Assign) and any(
        isinstance(target, ast.Name) and target.id == "pytestmark" for target in statement.targets
    )


def _rows_in(nodes: Iterable[ast.AST], name: str) -> frozenset[str]:
    """Return the rows of every `….mark.row(…)` in these expressions, parameters of a test included."""
    rows: set[str] = set()
    for call in (node for top in nodes for node in ast.walk(top) if isinstance(node, ast.Call)):
        if ast.unparse(call.func).endswith("mark.row"):
            for argument in call.args:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    raise UnknownRow(f"{name}: name rows in plain words, not {ast.unparse(argument)}")
                rows.add(argument.value)
    return frozenset(rows)


def known(root: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of one of the two lists, in their order."""
    with (root / "docs" / f"{name}.csv").open(encoding="utf-8", newline="") as rows:
        return list(csv.DictReader(rows))


def document(root: Path = ROOT) -> str:
    """Return docs/acceptance.md as it should be. Raises UnknownRow when a test names what is on neither list."""
    rows, requirements = known(root, "acceptance"), known(root, "requirements")
    tests = carried(root / "tests")
    for requirement, names in scenarios(root / "chaos").items():
        tests[requirement] = [*tests.get(requirement, []), *names]
    on_a_list = {row["id"] for row in [*rows, *requirements]}
    for unknown in sorted(set(tests) - on_a_list):
        raise UnknownRow(f"{unknown} is no acceptance row and no requirement ({', '.join(tests[unknown])})")
    listed = [row for row in rows if row["prio"] in _LISTED]
    parts = [_HEAD, _how_many(listed, requirements, tests), "\n## Acceptance rows\n\n"]
    parts += ["| row | prio | what | tests |\n|---|---|---|---|\n"]
    parts += [f"| {row['id']} | {row['prio']} | {row['title']} | {_cell(tests.get(row['id']))} |\n" for row in listed]
    parts += ["\n## Security requirements\n\n| requirement | what | tests |\n|---|---|---|\n"]
    parts += [f"| {row['id']} | {row['title']} | {_cell(tests.get(row['id']))} |\n" for row in requirements]
    return "".join(parts)


def _how_many(rows: list[dict[str, str]], requirements: list[dict[str, str]], tests: dict[str, list[str]]) -> str:
    lines = []
    for prio, word in _LISTED.items():
        ids = [row["id"] for row in rows if row["prio"] == prio]
        lines.append(f"- {prio} ({word}): {sum(one in tests for one in ids)} of {len(ids)} rows are named by a test.\n")
    named = sum(row["id"] in tests for row in requirements)
    return "".join(lines) + f"- Requirements: {named} of {len(requirements)}.\n"


def _cell(tests: list[str] | None) -> str:
    return "<br>".join(f"`{test}`" for test in tests) if tests else _NOT_YET


def main() -> None:
    try:
        written.run("ops.acceptance", {DOCUMENT: document})
    except UnknownRow as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
