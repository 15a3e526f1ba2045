"""Papers and the press: what goes in cannot reach out, and what comes out says no more than it should."""

import logging
import os
import re
import socket
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as project

from core.paper import http, rendering
from core.paper.rendering import Mark, PaperFailed, PaperTooSlow
from tests.paper_text import read

SECRET = "canary-in-a-local-file"
MOMENT = datetime(2026, 11, 24, 14, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))
MARK = Mark(printed_by="Samir B.", printed_at=MOMENT, number="K7Q2-11")
# Each way in which HTML can ask for something from outside. Together with the four targets: 84 payloads.
CARRIERS = [
    '<img src="{0}">',
    '<img srcset="{0} 2x" src="{0}">',
    '<picture><source srcset="{0}"><img src="{0}"></picture>',
    '<input type="image" src="{0}">',
    '<object data="{0}"></object>',
    '<embed src="{0}">',
    '<iframe src="{0}"></iframe>',
    '<video poster="{0}" src="{0}"></video>',
    '<link rel="stylesheet" href="{0}">',
    '<link rel="attachment" href="{0}">',
    '<a rel="attachment" href="{0}">x</a>',
    '<base href="{0}"><img src="x.png">',
    '<style>@import "{0}";</style>',
    "<style>@import url({0}) print;</style>",
    "<style>@font-face {{ font-family: f; src: url({0}); }} p {{ font-family: f }}</style><p>x</p>",
    '<p style="background: url({0})">x</p>',
    '<ul style="list-style-image: url({0})"><li>x</ul>',
    '<p style="border-image: url({0}) 1; border: 1px solid">x</p>',
    "<style>p::before {{ content: url({0}) }}</style><p>x</p>",
    '<svg width="9" height="9"><image href="{0}" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="{0}#a"/></svg>',
]


@pytest.fixture
def template(tmp_path, settings):
    """Write a template for one test; what comes back is its name."""
    first = {**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [first]

    def write(content):
        text = '{% extends "papers/base.html" %}{% block content %}' + content + "{% endblock %}"
        (tmp_path / "sheet.html").write_text(text)
        return "sheet.html"

    return write


@pytest.fixture
def targets(tmp_path, request):
    """Where a payload points: a file, a link-local host, this machine, and data that is a file by itself."""
    (tmp_path / "secret.txt").write_text(SECRET)
    return [
        (tmp_path / "secret.txt").as_uri(),
        "http://169.254.169.254/latest/meta-data/",
        "data:text/plain," + SECRET,
        getattr(request, "param", "http://127.0.0.1:9/"),
    ]


def payloads(targets):
    return [carrier.format(target) for carrier in CARRIERS for target in targets]


def in_a_cell(code):
    """Run code in the cell of the press. What is imported here is imported before the door shuts, as in the press."""
    start = (
        "import os, socket, subprocess, sys, ctypes; from core.paper import cell; cell.enter(seconds=5, megabytes=512);"
    )
    done = subprocess.run(
        [sys.executable, "-c", start + code], cwd=project.ROOT, capture_output=True, text=True, timeout=20, check=False
    )
    return done.returncode, done.stderr.strip().rpartition("\n")[2]


def test_a_paper_is_tagged_and_has_a_language_and_a_title_that_says_nothing(template):
    paper = read(
        rendering.render(template("<h1>{{ name }}</h1>"), {"name": "Marloes de Wit"}, language="nl", mark=MARK)
    )

    assert paper.tagged
    assert paper.language == "nl"
    assert paper.title.endswith(" K7Q2-11")
    assert "Marloes" not in paper.title
    assert set(paper.properties) <= {"/Title", "/Producer"}


@pytest.mark.row("R24")
def test_every_page_says_who_printed_it_when_and_under_which_number(template):
    sheet = template('{% for letter in "abc" %}<section class="side"><h1>{{ letter }}</h1></section>{% endfor %}')

    paper = read(rendering.render(sheet, {}, language="en", mark=MARK))

    assert len(paper.pages) == 3
    for page in paper.pages:
        assert "Printed by Samir B. on 24 November 2026 14:10. Number K7Q2-11." in " ".join(page.split())


def test_a_long_mark_does_not_run_off_the_page(template):
    mark = Mark(
        printed_by="Wilhelmina-Alexandra van den Heuvel-Oosterhuizen tot Lange Achternaam" * 2,
        printed_at=MOMENT,
        number="K7",
    )

    paper = read(rendering.render(template("<h1>x</h1>"), {}, language="en", mark=mark))

    assert "Number K7." in " ".join(paper.text.split())


@pytest.mark.row("R25")
def test_text_from_a_file_is_printed_as_text_and_never_followed(template, targets, caplog):
    sheet = template("{% for note in notes %}<p>{{ note }}</p>{% endfor %}")

    paper = read(rendering.render(sheet, {"notes": payloads(targets)}, language="en", mark=MARK))

    assert '<img src="http://169.254' in paper.text
    assert paper.files == 0
    assert "asked for something outside" not in caplog.text


@pytest.mark.row("R25")
@pytest.mark.enable_socket
def test_html_that_got_in_fetches_nothing_and_packs_nothing(targets, caplog):
    visits = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_count, args=(door, visits), daemon=True).start()
        targets[-1] = f"http://127.0.0.1:{door.getsockname()[1]}/x"
        hostile = payloads(targets)
        pdf = rendering.press(f'<html lang="nl"><title>Papier</title><p>Intact</p>{"".join(hostile)}</html>')
        time.sleep(0.1)

    paper = read(pdf)
    assert len(hostile) >= 60
    assert visits == []
    assert "Intact" in paper.text
    assert (paper.files, paper.pictures) == (0, 0)
    assert SECRET not in paper.raw.replace(f"data:text/plain,{SECRET}", "")
    assert "/EmbeddedFile" not in paper.raw
    (record,) = [record for record in caplog.records if "outside itself" in record.message]
    # Fewer than were sent: rules for the same element replace each other. Each one alone is the next test.
    assert record.refused > 20


def _count(door, visits):
    try:
        while True:
            visits.append(door.accept())
    except OSError:
        pass


@pytest.mark.row("R25")
@pytest.mark.parametrize("carrier", CARRIERS)
def test_each_way_of_asking_is_met_by_the_fetcher_or_not_understood(carrier, targets):
    from core.paper import press

    for target in targets:
        paper = read(press.press(carrier.format(target), "", press.RefuseAll()))

        assert SECRET not in paper.raw.replace(f"data:text/plain,{SECRET}", "")
        assert (paper.files, paper.pictures) == (0, 0)


def test_without_the_fetcher_a_paper_would_swallow_a_file(tmp_path):
    from weasyprint.urls import URLFetcher

    from core.paper import press

    (tmp_path / "secret.txt").write_text(SECRET)

    pdf = press.press(f'<link rel="attachment" href="{(tmp_path / "secret.txt").as_uri()}">', "", URLFetcher())

    assert SECRET in read(pdf).raw


@pytest.mark.row("R25")
class TestCell:
    def test_leaves_ordinary_work_alone(self):
        assert in_a_cell("assert os.getpid() and open('/proc/self/stat').read()") == (0, "")

    @pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX"])
    def test_has_no_network(self, family):
        code, said = in_a_cell(f"socket.socket(socket.{family})")

        assert code == 1
        assert said.startswith("PermissionError")

    @pytest.mark.parametrize("act", ["subprocess.run(['/bin/true'])", "os.execv('/bin/true', ['true'])"])
    def test_starts_no_other_program(self, act):
        code, said = in_a_cell(act)

        assert code == 1
        assert said.startswith("PermissionError")

    def test_writes_no_file(self, tmp_path):
        code, _said = in_a_cell(f"f = open({str(tmp_path / 'left-behind')!r}, 'wb'); f.write(b'x'); f.flush()")

        assert code == 1
        assert (tmp_path / "left-behind").read_bytes() == b""

    def test_has_a_ceiling_on_memory(self):
        code, said = in_a_cell("bytearray(600 * 1024 * 1024)")

        assert code == 1
        assert said == "MemoryError"

    def test_nothing_is_printed_where_the_network_cannot_be_taken_away(self):
        code, said = in_a_cell(
            "import platform; platform.machine = lambda: 'abacus'; cell.enter(seconds=5, megabytes=512)"
        )

        assert code == 1
        assert said == "core.paper.cell.NoCell"


@pytest.mark.row("R25")
def test_the_press_is_in_its_cell_before_it_reads_a_byte():
    child = subprocess.Popen(
        [sys.executable, "-m", "core.paper.press", "--seconds", "5"],
        cwd=project.ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        # The loop ends with the assertion below when it never gets there.
        for _ in range(100):
            status = Path(f"/proc/{child.pid}/status").read_text()
            if "Seccomp:\t2" in status:
                break
            threading.Event().wait(0.1)
        limits = Path(f"/proc/{child.pid}/limits").read_text()
    finally:
        child.kill()
        child.communicate()

    assert "Seccomp:\t2" in status
    assert "NoNewPrivs:\t1" in status
    assert re.search(r"Max file size +0 +0 ", limits)
    assert re.search(r"Max cpu time +5 +5 ", limits)


def test_the_press_knows_no_django_and_gets_no_keys(monkeypatch):
    seen = {}
    real = subprocess.run
    monkeypatch.setattr(rendering.subprocess, "run", lambda *a, **kw: seen.update(kw) or real(*a, **kw))
    monkeypatch.setenv("FIELD_KEYS", "must-not-travel")

    rendering.press("<p>x</p>")

    assert set(seen["env"]) <= {"FONTCONFIG_FILE", "LD_LIBRARY_PATH", "LC_ALL", "PYTHONDONTWRITEBYTECODE"}
    loaded = "import core.paper.press, sys; sys.exit('django' in sys.modules)"
    assert real([sys.executable, "-c", loaded], cwd=project.ROOT, check=False).returncode == 0


def test_a_paper_that_takes_too_long_is_stopped_and_says_so():
    began = time.monotonic()

    with pytest.raises(PaperTooSlow):
        rendering.press("<table>" + "<tr><td>x<td>y" * 20_000 + "</table>", seconds=1.5)

    assert time.monotonic() - began < 5
    assert Path(f"/proc/self/task/{os.getpid()}/children").read_text() == ""


# WeasyPrint stumbles over a refused colour profile instead of going on without it: no paper is the safe outcome.
@pytest.mark.parametrize(
    "html", ["<div>" * 3000, "<style>@color-profile --p { src: url(file:///etc/hostname) }</style>"]
)
def test_a_page_that_breaks_the_press_fails_without_quoting_it(html, caplog):
    caplog.set_level(logging.DEBUG)

    with pytest.raises(PaperFailed) as refusal:
        rendering.press(f"<p>Marloes</p>{html}")

    assert "Marloes" not in str(refusal.value) + caplog.text


def test_a_download_has_a_new_name_each_time_and_stays_in_no_cache():
    first, second = http.download(b"%PDF-1"), http.download(b"%PDF-1")

    assert first["Content-Disposition"].startswith('attachment; filename="papier-')
    assert first["Content-Disposition"] != second["Content-Disposition"]
    assert first["Cache-Control"] == "no-store"
    assert first.content == b"%PDF-1"


# As families write themselves: Polish, Turkish, Vietnamese, Azeri, Ukrainian, Greek, Arabic, Dari, Kurdish, Tigrinya.
NAMES = [
    "Łucja Żółć",
    "Gülşah Işık",
    "Nguyễn Thị Phượng",
    "Zəhra",
    "Їванна Ґжицька",
    "Ευαγγελία",
    "مريم الخطيب",
    "پروانه گلچین",
    "ئاڤان ڕۆژ",
    "ሓዳስ ኣብርሃ",
    "Amélie\u200fZoe\u0308",
]


def test_a_name_is_printed_in_its_own_letters(template):
    """A font that lacks them prints boxes, and says nothing: these were, for a mother from Syria and her children."""
    sheet = template("{% for name in names %}<p>{{ name }} <strong>{{ name }}</strong></p>{% endfor %}")

    paper = read(rendering.render(sheet, {"names": NAMES}, language="nl", mark=MARK))

    assert "[?]" not in paper.text
    for font in ("Arabic", "Ethiopic", "Cyrillic", "Greek", "Vietnamese", "Latin"):
        assert re.search(rf"Noto-?Sans-?{font}", paper.raw), font


def test_a_letter_that_cannot_be_printed_is_marked_and_said(template):
    paper = read(rendering.render(template("<p>{{ name }}</p>"), {"name": "Li 李 Wei"}, language="nl", mark=MARK))

    assert "Li [?] Wei" in paper.text
    assert "[?] staat voor een letter die hier niet gedrukt kan worden." in paper.text
    plain = read(rendering.render(template("<p>{{ name }}</p>"), {"name": "Li"}, language="nl", mark=MARK))
    assert "staat voor een letter" not in plain.text


def test_a_small_paper_shrinks_its_letters_and_loses_no_word(template):
    sheet = template('{% for side in sides %}<section class="side">{{ side }}</section>{% endfor %}')

    def printed(words):
        context = {"sides": ["woord " * words, "einde"]}
        return read(rendering.render(sheet, context, language="nl", mark=None, most_pages=2))

    assert len(printed(10).pages) == 2
    many = printed(320)
    assert (len(many.pages), many.text.count("woord")) == (2, 320)
    # More than the smallest letters hold goes on: a third side is better than half a sentence.
    assert printed(3_000).text.count("woord") == 3_000
