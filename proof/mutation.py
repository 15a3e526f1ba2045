"""Changes to the policy and to its questions in SQL, one at a time, each of which somebody should notice (R47)."""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ops.kept import ROOT

POLICY = ROOT / "access" / "policy.py"
# What the policy asks of PostgreSQL stands in a file of its own; a mutant has both in one.
QUESTIONS = ROOT / "access" / "policy_sql.py"


@dataclass(frozen=True)
class Mutant:
    """The whole module with one change."""

    what: str
    source: str


def mutants() -> Iterator[Mutant]:
    """Yield every change that is tried: each line of the table, each standing, role, level, guard and condition."""
    text, taken_in = re.subn(
        r"^from access\.policy_sql import .*$",
        lambda _found: QUESTIONS.read_text(encoding="utf-8"),
        POLICY.read_text(encoding="utf-8"),
        flags=re.M,
    )
    if taken_in != 1:
        raise AssertionError("the questions in SQL are no longer where they were: their conditions would go untried")
    tree = ast.parse(text)
    yield from _without_a_line(tree)
    yield from _other_words(text)
    yield from _without_a_condition(text)


def _without_a_line(tree: ast.Module) -> Iterator[Mutant]:
    """Yield the table without each of its grants, and with each open to any level and any assignment."""
    for number, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Tuple) and any(_is_grant(element) for element in node.elts):
            for index in range(len(node.elts)):
                changed = copy.deepcopy(tree)
                twin = list(ast.walk(changed))[number]
                gone = ast.unparse(twin.elts.pop(index))  # type: ignore[attr-defined]  # the copy of a Tuple
                yield Mutant(f"without {gone} (line {node.lineno})", ast.unparse(changed))
        if isinstance(node, ast.Call) and _is_grant(node) and len(node.args) > 2:
            changed = copy.deepcopy(tree)
            twin = list(ast.walk(changed))[number]
            twin.args.pop()  # type: ignore[attr-defined]  # the copy of a Call
            yield Mutant(f"{ast.unparse(node)} at any level", ast.unparse(changed))


def _is_grant(node: ast.expr) -> bool:
    name = node.value if isinstance(node, ast.Starred) else node
    return (isinstance(name, ast.Call) and ast.unparse(name.func) == "Grant") or (
        isinstance(name, ast.Name) and name.id in {"_WORKING_PERSONS", "_REGISSEUR", "_BROKE_GLASS"}
    )


def _other_words(text: str) -> Iterator[Mutant]:
    """Yield the module with one guard or one word changed."""
    for before, after in (
        ("if not user.is_active:", "if False:"),
        ("return user.is_active and bool(", "return bool("),
        ("& WITHIN_ORGANISATION[action])", "| WITHIN_ORGANISATION[action])"),
        ('(("regisseur",), "regisseur")', '(("working", "regisseur"), "regisseur")'),
        ('(("regisseur",), "stand_in")', '(("working", "regisseur"), "stand_in")'),
        ('(("partner",), "reader")', '(("partner",), None)'),
        ('(("sending",), "worker")', '(("sending",), None)'),
        ('(("responsible",), None)', '(("responsible", "working"), None)'),
        ('(("working", "regisseur"), _IN_EMERGENCY)', '(("working", "regisseur"), None)'),
        ('(("working", "regisseur"), "worker")', '(("working", "regisseur"), None)'),
        ('(("working", "regisseur"), "supporter")', '(("working", "regisseur"), "worker")'),
        ("TEAM_LEAD = frozenset({Role.TEAM_LEAD.value})", "TEAM_LEAD = frozenset({Role.WORKER.value})"),
        ("COORDINATOR = frozenset({Role.COORDINATOR.value})", "COORDINATOR = frozenset({Role.WORKER.value})"),
        (
            "PRIVACY_OFFICER = frozenset({Role.PRIVACY_OFFICER.value})",
            "PRIVACY_OFFICER = frozenset({Role.TEAM_LEAD.value})",
        ),
        ("SIGNALLING = WORKER | SIGNALLER", "SIGNALLING = WORKER"),
        ("_ALERT, _SAFETY_PLAN, _DOMAINS, _FILE = 1, 2, 3, 4", "_ALERT, _SAFETY_PLAN, _DOMAINS, _FILE = 1, 2, 3, 3"),
    ):
        if before in text:
            yield Mutant(f"{before} -> {after}", text.replace(before, after, 1))


def _without_a_condition(text: str) -> Iterator[Mutant]:
    """Yield the module without each condition of its queries: of what is joined, and of what is asked."""
    for query in re.finditer(r'^([A-Z_]+) = """(.*?)"""', text, re.M | re.S):
        for condition in re.finditer(
            r"\b(ON|WHERE|AND) (\([^()]*\)|[\w.]+ (?:=|>=|<=|>|IS NULL)[^\n]*?)(?= AND |\n)", query.group(2)
        ):
            # Made true instead of removed: the value that it compares with must still be taken.
            changed = f"{condition.group(1)} ({condition.group(2).strip('()')} OR true)"
            start = query.start(2) + condition.start()
            end = query.start(2) + condition.end()
            yield Mutant(f"{query.group(1)} without {condition.group(0)}", text[:start] + changed + text[end:])
