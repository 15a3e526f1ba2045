""".env.example and config/settings.py name the same variables."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read_by(source):
    """Every NAME in `env("NAME")`, `env.str("NAME")` and so on."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and ast.unparse(node.func).split(".")[0] == "env"
    }


def offered_by(example):
    """Every NAME=, also one that is commented out because its default is safe."""
    return set(re.findall(r"^#?\s?([A-Z][A-Z0-9_]*)=", example, re.MULTILINE))


def test_every_variable_of_the_settings_is_in_the_example_and_the_other_way_round():
    read = read_by((ROOT / "config/settings.py").read_text())

    assert read == offered_by((ROOT / ".env.example").read_text())
    assert {"SECRET_KEY", "DATABASE_URL", "EMAIL_URL", "TRUSTED_PROXIES"} <= read


def test_no_other_room_reads_the_environment_for_a_setting():
    """A setting that is read elsewhere is on no list and in no example."""
    rooms = [path.parent for path in ROOT.glob("*/apps.py")]
    # Fonts and libraries for the press, which is a program of its own and knows no settings.
    allowed = {Path("core/paper/rendering.py")}
    for path in (path for room in rooms for path in room.rglob("*.py")):
        name = path.relative_to(ROOT)
        assert name in allowed or not re.search(r"\benviron\b|getenv", path.read_text()), name


def test_an_unlisted_variable_would_be_noticed():
    assert read_by('A = env("NEW_ONE")\nB = env.int("OTHER", default=0)\nC = other("NO")') == {"NEW_ONE", "OTHER"}
    assert offered_by("# words\nA=1\n# B=2\n") == {"A", "B"}
