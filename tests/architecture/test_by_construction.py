"""What holds because there is no code that does otherwise: messages and uploads (R23, R27)."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.urls import reverse

ROOT = Path(__file__).parents[2]
ROOMS = sorted(path.parent for path in ROOT.glob("*/apps.py"))
SOURCES = sorted(path for room in ROOMS for path in room.rglob("*.py") if "migrations" not in path.parts)


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def who_imports(*names):
    return {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if any(one == name or one.startswith(f"{name}.") for one in imported(path) for name in names)
    }


@pytest.mark.row("R23")
def test_only_one_place_can_send_and_it_sends_to_a_user():
    """Nothing else speaks to the outside, and that one takes a user: no person of a family has a way in there."""
    sends = who_imports("smtplib", "django.core.mail", "requests", "httpx", "urllib.request", "http.client", "socket")
    assert sends <= {
        "reminders/mail.py",  # staff
        "reminders/outside.py",  # a watchdog and a clock: no content
        "reminders/dispatch.py",
        "accounts/provider.py",  # staff sign in at their own organisation's provider: it asks, and tells nothing
        "core/paper/cell.py",
        "core/paper/press.py",
    }
    tree = ast.parse((ROOT / "reminders" / "mail.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "EmailMessage"]
    to = {ast.unparse(word.value) for call in calls for word in call.keywords if word.arg == "to"}
    # A member of the staff, and the work address of somebody who was invited or looked after by her administrator.
    assert to <= {"[message.recipient.email]", "[letter.to]"}


@pytest.mark.row("R23")
def test_no_paper_is_a_letter_to_an_address_of_the_file():
    """Class A is in no template of a paper, nor is anything that could hold an address of somebody of the family."""
    for template in (ROOT / "templates" / "papers").glob("*.html"):
        text = template.read_text().lower()
        for word in ("protected", "sealed", ".address", "street", "postcode"):
            assert word not in text, (template.name, word)


@pytest.mark.row("R27")
def test_no_field_of_a_form_or_a_row_holds_a_file():
    assert who_imports("django.core.files.storage", "zipfile", "PIL", "tarfile") == set()
    held = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField)
    ]
    assert held == []
    for path in SOURCES:
        if path.parent.name == "forms" or path.stem == "forms":
            # One page of an administrator takes a list, in memory.
            is_the_one = path == ROOT / "administration" / "forms" / "importing.py"
            assert "FileField(" not in path.read_text() or is_the_one, path


FILES = [
    SimpleUploadedFile("foto.jpg", b"\xff\xd8\xff\xe1Exif\0\0GPS" + bytes(64), "image/jpeg"),
    SimpleUploadedFile("plan.pdf", b"%PDF-1.7\n/JavaScript (alert)", "application/pdf"),
    SimpleUploadedFile("brief.docx", b"PK\x03\x04docProps/core.xml", "application/octet-stream"),
    SimpleUploadedFile("beeld.svg", b"<svg onload='alert(1)'/>", "image/svg+xml"),
    SimpleUploadedFile("lijst.csv", b"=HYPERLINK(1)", "text/csv"),
    SimpleUploadedFile("../../leeg", b"", "text/plain"),
]


@pytest.mark.row("R27")
@pytest.mark.parametrize("name", ["cases:find_family", "signals:report", "cases:open_family"])
def test_a_file_that_is_sent_anyway_is_refused_before_a_byte_is_kept(cast, client, sign_in, name):
    sign_in(cast.worker)
    for file in FILES:
        file.seek(0)
        assert client.post(reverse(name), {"name": "Jan", "file": file}).status_code == 400
