"""A file of organisations, teams or people: what is right goes in, the rest comes back, and nothing of it is kept."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Invitation, Role, User
from core import spreadsheets
from core.uploads import LARGEST
from organisations.models import Organisation, Team
from tests import factories
from tests.organisations import factories as make

FORMULAS = ["=1+1", "+31", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "|cmd", "%0A", "\u200b=1", "'=1"]


@pytest.fixture
def clerk(db, sign_in):
    town = factories.organisation("Gemeenteteam Oostrand", kind="municipality")
    make.kind("neighbourhood_team")
    make.kind("womens_shelter")
    clerk = factories.user(Role.FUNCTIONAL_ADMINISTRATOR, at=town)
    sign_in(clerk)
    return clerk


def send(client, kind, text, *, only_look=False, name="bestand.csv"):
    content = text if isinstance(text, bytes) else text.encode()
    typed = {"kind": kind, "file": SimpleUploadedFile(name, content, "text/csv")}
    return client.post(reverse("administration:import"), typed | ({"only_look": "on"} if only_look else {}))


@pytest.mark.row("L13")
def test_what_is_right_goes_in_and_what_is_not_comes_back_as_text(client, clerk):
    text = (
        "naam;soort;telefoon;nazorgmaanden\r\n"
        "Wijkteam Zon;neighbourhood_team;038-000 00 00;\r\n"
        "=1+1;neighbourhood_team;;\r\n"
        ";;;\r\n"
        "De Haven;womens_shelter;+31 38 000 00 01;6\r\n"
        "Zonder soort;bestaat_niet;;\r\n"
        "Wijkteam Zon;neighbourhood_team;;\r\n"
        "Te lang;womens_shelter;;900\r\n"
    )
    looked = send(client, "organisaties", text, only_look=True)
    assert looked.context["result"].done == 2
    assert not Organisation.objects.filter(name="De Haven").exists()
    answer = send(client, "organisaties", text)

    assert answer.context["result"].done == 2
    assert Organisation.objects.get(name="De Haven").aftercare_months == 6
    assert Organisation.objects.get(name="De Haven").central_phone == "+31 38 000 00 01"
    assert [row.number for row, _said in answer.context["result"].refused] == [3, 6, 7, 8]
    taken = client.post(reverse("administration:import_errors"), {"file": answer.context["error_file"]})
    assert taken["Content-Disposition"] == 'attachment; filename="fouten.csv"'
    rows = list(csv.reader(io.StringIO(taken.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == "'=1+1"
    assert len(rows) == 5
    # What was sent is nowhere but in the rows that went in; bringing it in again does no harm.
    assert send(client, "organisaties", text).context["result"].done == 0


@pytest.mark.row("L13")
@pytest.mark.parametrize("cell", FORMULAS)
def test_no_cell_that_goes_out_begins_a_formula(cell):
    for delimiter_inside in (cell, cell + ";=1", '"' + cell, "a\n" + cell):
        (row,) = csv.reader(io.StringIO(spreadsheets.write([[delimiter_inside]]).removeprefix("\ufeff")), delimiter=";")
        assert len(row) == 1
        assert row[0].lstrip()[:1] not in set("=+-@|%＝")
    assert spreadsheets.safe_cell(spreadsheets.safe_cell(cell)) == spreadsheets.safe_cell(cell)


def test_people_are_invited_and_teams_made(client, clerk):
    here = clerk.memberships.get().organisation
    team = make.organisation(name="Wijkteam Zon", municipality=here.municipality)
    make.organisation(name="Elders", municipality=make.municipality())
    assert send(client, "teams", "organisatie,team\nWijkteam Zon,Noord\nElders,Zuid\n").context["result"].done == 1
    assert Team.objects.get(organisation=team).name == "Noord"
    users = User.objects.count()
    answer = send(
        client,
        "mensen",
        "organisatie;team;naam;e-mail;functies\n"
        "Wijkteam Zon;Noord;Nina Nieuw;Nina@vinger.example;worker, team_lead\n"
        "Wijkteam Zon;Zuid;Piet;piet@vinger.example;worker\n"
        "Wijkteam Zon;;Bram;bram@vinger.example;functional_administrator\n"
        "Wijkteam Zon;;Kim;geen-adres;worker\n"
        "Wijkteam Zon;;Kim;kim@vinger.example;god\n"
        "Elders;;Kim;kim@vinger.example;worker\n",
    )
    assert answer.context["result"].done == 1
    invited = Invitation.objects.get()
    assert (invited.email, invited.roles, invited.team.name) == (
        "nina@vinger.example",
        ["team_lead", "worker"],
        "Noord",
    )
    assert User.objects.count() == users


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02",
        "naam;soort\n".encode("utf-16"),
        b"heel;iets;anders\n1;2;3\n",
        b'naam;soort;telefoon;nazorgmaanden\n"nooit dicht;x\n',
        b"naam;soort;telefoon;nazorgmaanden\n" + b"a;b;c;d\n" * 2_001,
        b"x" * (LARGEST + 1),
    ],
    ids=["empty", "bytes", "utf-16", "other", "open", "long", "large"],
)
def test_a_file_that_is_none_is_told_beside_the_field(client, clerk, content):
    before = Organisation.objects.count()
    answer = send(client, "organisaties", content)

    assert answer.status_code == 200
    assert "vp-field--error" in answer.content.decode()
    assert Organisation.objects.count() == before


def test_a_file_anywhere_else_is_refused_before_it_is_kept(client, clerk):
    for name in ("administration:import_errors", "reminders:choose_hour", "account_logout"):
        answer = client.post(reverse(name), {"file": SimpleUploadedFile("x.csv", b"a")})
        assert answer.status_code == 400, name


def test_who_may_not_gets_nothing_back(client, sign_in, db):
    sign_in(factories.user(Role.ORGANISATION_ADMINISTRATOR))
    assert send(client, "teams", "organisatie;team\n").status_code == 404
    assert client.post(reverse("administration:import_errors"), {"file": "a"}).status_code == 404
