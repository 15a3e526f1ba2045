"""What can be taken out as a file: which there are, by whom, that it is on record, and that no cell runs (R22, R26)."""

import csv
import io
import re
import time
import zipfile

import pytest
from django.urls import reverse

from audit.events import Event
from audit.models import AuditEvent
from core import spreadsheets
from figures.exporting import to_csv, to_xlsx
from ops.kept import ROOT
from tests import factories
from tests.architecture.test_urls import world

__all__ = ["world"]
# Where a file leaves the program, and why it may. A new one is refused until it stands here, and below.
LEAVES = {
    "administration/views/importing.py": "the lines of an import that were wrong, given back to who sent them just now",
    "core/paper/http.py": "a paper, of which R24 is the rule",
    "municipalities/views/expertise.py": "what shelters can show of their quality: about no family",
    "municipalities/views/statistics.py": "published figures",
    "oversight/views/log.py": "sealed rows of the log; of at most 200 files, what an inspectorate may know",
}
_WILD = ["=", "+", "-", "@", "\t=", "\r=", "\n=", "|", "%", "＝", "＋", "－", "＠"]
_BEFORE = ["", " ", '"', "'", "\u00a0", "\ufeff", "\u200b"]
PAYLOADS = [f"{before}{start}cmd('calc')!A1" for before in _BEFORE for start in _WILD] + [
    '=HYPERLINK("https://vinger.example","klik")',
    "=1+1;=2",
    '"=1',
    "@SUM(1,2)",
    "+31612",
]
RUNS = frozenset("=+-@|%＝＋－＠\t\r\n")


def cells_that_run(rows):
    return [cell for row in rows for cell in row if cell.lstrip(" \u00a0\ufeff\u200b")[:1] in RUNS]


def read(text):
    return csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";")


@pytest.mark.row("R26")
def test_no_cell_of_any_export_is_a_formula():
    """Every way in which a table leaves, with everything a spreadsheet takes for a formula in each of its columns."""
    assert len(set(PAYLOADS)) >= 40
    rows = [[payload] * 5 for payload in PAYLOADS]
    assert cells_that_run(read(spreadsheets.write(rows))) == []
    assert cells_that_run(read(to_csv(rows).decode("utf-8"))) == []
    book = zipfile.ZipFile(io.BytesIO(to_xlsx(rows)))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r"<f[ >]", sheet) == []
    assert "hyperlink" not in sheet
    assert set(re.findall(r'<c [^>]*t="(\w+)"', sheet)) == {"s"}


@pytest.mark.row("R22")
def test_every_file_that_leaves_is_known_and_holds_nothing_of_a_family(world, client, sign_in):
    found = {
        str(path.relative_to(ROOT))
        for room in ROOT.iterdir()
        if (room / "__init__.py").exists() and room.name != "tests"
        for path in room.rglob("*.py")
        if re.search(r"Content-Disposition|FileResponse", path.read_text(encoding="utf-8"))
    }
    assert found == set(LEAVES)

    from oversight.inspection import MOST_FILES
    from tests.proof import canaries

    assert MOST_FILES <= 200
    coordinator = factories.user("coordinator", at=factories.organisation(kind="municipality"))
    for who, address, typed, event in (
        (coordinator, reverse("municipalities:export_figures", args=["csv"]), None, Event.FIGURES_EXPORTED),
        (coordinator, reverse("municipalities:export_quality"), None, Event.QUALITY_EXPORTED),
        (
            world.privacy_officer,
            reverse("oversight:proof"),
            {"from_day": "2026-03-01", "to_day": "2026-03-02"},
            Event.PROOF_EXPORTED,
        ),
        (
            world.privacy_officer,
            reverse("oversight:inspection"),
            {"from_day": "2026-03-01", "to_day": "2026-03-02", "part": 1},
            Event.INSPECTION_EXPORTED,
        ),
    ):
        sign_in(who)
        answer = client.post(address, typed) if typed else client.get(address)
        assert "attachment" in answer.headers["Content-Disposition"]
        # The checklist is about shelters, and says of none that it knows a family.
        known = {canaries.SHELTER} if event == Event.QUALITY_EXPORTED else set()
        assert canaries.found_in(answer.content) <= known
        taken = AuditEvent.objects.get(event=event)
        # Whoever finds the file finds who took it out: a number that is in the log too, or her key.
        assert str(taken.details.get("number", who.pk)) in answer.content.decode()

        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": time.time() - 301}]
        session.save()
        answer = client.post(address, typed) if typed else client.get(address)
        assert "Content-Disposition" not in answer.headers
        assert AuditEvent.objects.filter(event=event).count() == 1
