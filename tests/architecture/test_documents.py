"""The documents that are made from the code: that they notice what they are meant to notice."""

import ast
import re
import textwrap
from pathlib import Path

import pytest

from ops import acceptance, architecture, states, written

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def tree(tmp_path):
    """A repository with two rows, one requirement and whatever tests are put into it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/acceptance.csv").write_text("id,prio,title\nA1,M,A must\nA2,C,May be left out\nA3,S,A should\n")
    (tmp_path / "docs/requirements.csv").write_text("id,title\nR1,A requirement\n")

    def put(source, name="test_it.py"):
        (tmp_path / "tests/room").mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests/room" / name).write_text(textwrap.dedent(source))
        return tmp_path

    return put


class TestAcceptance:
    def test_the_document_is_what_the_markers_say(self):
        # The same text as `make check` compares, so that a marker without a row fails here too.
        assert acceptance.document().startswith("# Acceptance rows")

    def test_a_marker_is_read_from_a_function_a_class_a_parameter_and_a_module(self, tree):
        root = tree(
            """
            import pytest

            pytestmark = [pytest.mark.slow, pytest.mark.row("R1")]

            @pytest.mark.row("A1")
            class TestThing:
                @pytest.mark.row("A3")
                @pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.row("A2"))])
                def test_one(self, n): ...

                def test_two(self): ...

            def of_no_test(): ...
            """
        )
        one, two = "tests/room/test_it.py::TestThing::test_one", "tests/room/test_it.py::TestThing::test_two"

        assert acceptance.carried(root / "tests") == {"A1": [one, two], "A2": [one], "A3": [one], "R1": [one, two]}

    def test_a_marker_without_a_row_is_refused(self, tree):
        root = tree('@pytest.mark.row("Z9")\ndef test_one(): ...')

        with pytest.raises(acceptance.UnknownRow, match=r"Z9 .*test_it\.py::test_one"):
            acceptance.document(root)

    def test_a_marker_that_must_be_run_to_be_read_is_refused(self, tree):
        root = tree("@pytest.mark.row(*ROWS)\ndef test_one(): ...")

        with pytest.raises(acceptance.UnknownRow, match="plain words"):
            acceptance.document(root)

    def test_a_row_that_no_test_names_says_so(self, tree):
        text = acceptance.document(tree('@pytest.mark.row("A1")\ndef test_one(): ...'))

        assert "| A1 | M | A must | `tests/room/test_it.py::test_one` |" in text
        assert "| A3 | S | A should | not yet |" in text
        assert "| R1 | A requirement | not yet |" in text
        assert "A2" not in text
        assert "- M (must): 1 of 1 rows" in text

    def test_a_scenario_that_kills_processes_stands_beside_the_tests(self, tree):
        root = tree('@pytest.mark.row("R1")\ndef test_one(): ...')
        (root / "chaos").mkdir()
        (root / "chaos/queue.py").write_text('@carries("R1")\ndef emptied(): ...\n\n\ndef settled(): ...\n')

        assert "`tests/room/test_it.py::test_one`<br>`chaos/queue.py::emptied` |" in acceptance.document(root)

    def test_every_row_is_on_the_list_once_with_a_short_title(self):
        rows = acceptance.known(ROOT, "acceptance")
        requirements = acceptance.known(ROOT, "requirements")
        ids = [row["id"] for row in [*rows, *requirements]]

        assert [len(rows), len(requirements), len(set(ids))] == [280, 60, 340]
        assert {prio: sum(row["prio"] == prio for row in rows) for prio in "MSC-"} == {
            "M": 183,
            "S": 87,
            "C": 5,
            "-": 5,
        }
        assert [row for row in [*rows, *requirements] if not 0 < len(row["title"]) <= 60] == []


class TestStates:
    def test_every_table_is_drawn_with_all_its_arrows(self):
        drawn = states.document()
        for life in states.lives():
            assert life.models, f"{life.module}.{life.name} is followed by no model"
            assert life.begins, f"{life.module}.{life.name} begins nowhere"
            for status, onward in life.table.items():
                for other in onward:
                    assert f"    {status.value} --> {other.value}\n" in drawn

    def test_the_first_table_is_found(self):
        assert "follow_ups.models" in {life.module for life in states.lives()}

    def test_a_status_that_a_table_forgot_is_drawn_as_an_end(self, monkeypatch):
        from follow_ups.models import TRANSITIONS, State

        monkeypatch.delitem(TRANSITIONS, State.LAPSED)

        assert 'state "no longer needed" as lapsed' in states.document()
        assert "lapsed --> [*]" in states.document()


class TestArchitecture:
    def test_the_rooms_of_the_page_are_those_of_the_contract(self):
        assert architecture.document() == (ROOT / architecture.DOCUMENT).read_text()

    def test_a_page_without_its_marks_is_refused(self):
        with pytest.raises(ValueError, match="marks"):
            written.between("# A page", "a mark", "text")

    def test_the_files_it_names_are_there(self):
        pages = [ROOT / "docs/architecture.md", ROOT / "docs/guards.md", *sorted((ROOT / "docs/adr").glob("*.md"))]
        named = {
            (page.name, name)
            for page in pages
            for name in re.findall(r"`((?:[a-z_]+/)+[a-z_0-9]+\.[a-z]+)`", page.read_text())
        }

        assert [pair for pair in sorted(named) if not (ROOT / pair[1]).exists()] == []

    def test_decisions_are_numbered_once_and_without_gaps(self):
        numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs/adr").glob("*.md"))]

        assert numbers == list(range(1, len(numbers) + 1))


class TestGuards:
    def test_every_test_in_the_register_exists(self):
        register = (ROOT / "docs/guards.md").read_text()
        for path, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", register):
            defined = {node.name for node in ast.walk(ast.parse((ROOT / path).read_text())) if hasattr(node, "name")}
            assert name in defined, f"{path}::{name}"


@pytest.mark.parametrize("arguments", [["write"], ["check"]])
def test_a_document_is_written_and_then_current(arguments, tmp_path, monkeypatch):
    (tmp_path / "page.md").write_text("new\n")
    monkeypatch.setattr("sys.argv", ["generator", *arguments])

    written.run("ops.generator", {"page.md": lambda: "new\n"}, tmp_path)

    assert (tmp_path / "page.md").read_text() == "new\n"


def test_a_document_that_is_behind_is_named(tmp_path, monkeypatch):
    (tmp_path / "page.md").write_text("old\n")
    monkeypatch.setattr("sys.argv", ["generator", "check"])

    with pytest.raises(SystemExit, match=r"page\.md is not what the code says.*make documents"):
        written.run("ops.generator", {"page.md": lambda: "new\n"}, tmp_path)
