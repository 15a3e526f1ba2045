"""House rules that a linter cannot express. Each names the mistake it prevents."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.parent for path in ROOT.glob("*/apps.py"))
SOURCES = sorted(path for room in ROOMS for path in room.rglob("*.py") if "migrations" not in path.parts)
OPERATIONS = sorted(
    path
    for room in ROOMS
    for path in [*room.glob("operations.py"), *room.glob("operations/*.py")]
    if path.name != "__init__.py"
)


def name_of(path):
    return str(path.relative_to(ROOT))


def public_functions(path):
    tree = ast.parse(path.read_text())
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


@pytest.mark.parametrize("path", OPERATIONS, ids=name_of)
def test_every_public_function_is_an_operation_or_a_step_within_one(path):
    for function in public_functions(path):
        is_step = "within" in {argument.arg for argument in function.args.kwonlyargs}
        opens = any(isinstance(n, ast.Call) and getattr(n.func, "id", "") == "operation" for n in ast.walk(function))
        assert is_step != opens, f"{name_of(path)}: {function.name}"


@pytest.mark.parametrize("path", OPERATIONS, ids=name_of)
def test_operations_know_nothing_of_the_web(path):
    imported = {node.module or "" for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)}
    web = ("django.http", "django.shortcuts", "django.contrib.messages", "django.forms", "django.template")
    assert not [module for module in imported if module.startswith(web)]


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_but_move_to_assigns_a_status_or_a_state(path):
    tree = ast.parse(path.read_text())
    allowed = {
        id(node)
        for f in ast.walk(tree)
        if isinstance(f, ast.FunctionDef) and f.name == "move_to"
        for node in ast.walk(f)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and id(node) not in allowed:
            for target in getattr(node, "targets", [getattr(node, "target", None)]):
                assert not (isinstance(target, ast.Attribute) and target.attr in {"status", "state"}), name_of(path)


BANNED = {"manager", "managers", "service", "services", "helper", "helpers", "util", "utils", "handle", "process"}
# Words that a framework insists on.
ASKED_FOR = {"handle", "handle_starttag", "handle_endtag", "handle_data", "process_view", "process_exception"}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_name_says_nothing(path):
    assert not BANNED & set(path.stem.split("_")), name_of(path)
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name not in ASKED_FOR:
            words = set("".join(f"_{c.lower()}" if c.isupper() else c for c in node.name).split("_"))
            assert not BANNED & words, f"{name_of(path)}: {node.name}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_file_outgrows_four_hundred_lines(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_views_open_no_transaction_and_save_nothing(path):
    if path.stem != "views" and path.parent.name != "views":
        return
    for node in ast.walk(ast.parse(path.read_text())):
        assert not isinstance(node, ast.Try), f"{name_of(path)}: a view catches nothing"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"save", "bulk_create", "atomic"}, f"{name_of(path)}: {node.attr}"


@pytest.mark.parametrize("path", [path for path in SOURCES if "forms" in name_of(path)], ids=name_of)
def test_every_day_that_is_asked_for_is_one_that_somebody_can_have_meant(path):
    """The last day of a calendar stopped whole pages, and never comes: `core.forms.Day` refuses it beside its field."""
    assert name_of(path) == "core/forms.py" or "forms.DateField(" not in path.read_text()


def test_every_room_says_what_it_is_for():
    for room in ROOMS:
        assert ast.get_docstring(ast.parse((room / "__init__.py").read_text())), room.name


def test_the_repository_names_no_machine_and_no_registry():
    made = {".git", ".venv", ".tools", "var", "staticfiles"}
    tracked = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file() and not made & set(path.parts)]
    # Split, so that this file does not find itself.
    forbidden = [
        "/wo" + "rk/",
        "pypi" + ".org",
        "python" + "hosted",
        "deb.deb" + "ian",
        "registry.npm" + "js",
    ]
    for name in tracked:
        path = ROOT / name
        if path.suffix in {
            ".py",
            ".md",
            ".txt",
            ".toml",
            ".html",
            ".yml",
            ".sh",
            ".css",
            ".js",
            ".po",
            ".json",
        }:
            text = path.read_text()
            assert not [word for word in forbidden if word in text], name
