"""The demonstration shows every row about the file: `overview/demo/rows.py` says where, and this opens it."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from cases.models import Family
from organisations import reference_data
from overview.demo.families import openings
from overview.demo.people import PEOPLE
from overview.demo.rows import SEEN
from tests.factories import NOW

# What issue after issue asks to be seen by hand: of the file, and of nothing else.
ROWS = {
    *("D1", "D2", "D3", "D8", "D9", "D10", "D13", "D14", "D16", "D21", "D25", "D26", "D27", "D28", "D29", "D30"),
    *("B12", "B20", "B22", "C9", "C10", "C11", "C14", "C32", "G8", "G9", "G17", "L7", "L8"),
}


def test_each_row_of_the_file_names_a_sign_in_and_a_family_that_there_are():
    logins = {login for login, _name, _role, _at in PEOPLE}
    families = {f"{one.client.given_name} {one.client.surname}" for one in openings(NOW.date())} | {""}

    assert {row for one in SEEN for row in one.rows} >= ROWS
    assert {one.login for one in SEEN} <= logins
    assert {one.family for one in SEEN} <= families


# page, family, words on it.
READ = (
    ("noor", "cases:persons", "Ruben", ["Ondertoezichtstelling", "Gea Smit"]),
    ("ilse", "cases:persons", "Sanne", ["Wordt 18"]),
    ("els", "cases:parents", "Marloes", ["toestemming ontbreekt", "Eén uur per twee weken", "verbiedt nu contact"]),
    ("els", "cases:measures", "Marloes", ["AWARE", "Contactverbod"]),
    ("els", "cases:measures", "Aylin", ["Nog 2 dagen"]),
    ("els", "cases:stay", "Aylin", ["eergerelateerd"]),
    ("els", "cases:network", "Aylin", ["Tante Sevgi"]),
    (
        "els",
        "cases:persons",
        "Marloes",
        ["Geen eigen begeleider", "Nog niets besloten", "Niet voor de ouders", "06-00 00 00 01"],
    ),
    ("samir", "cases:persons", "Femke", ["Tess Noordhof"]),
    ("els", "cases:stay", "Marloes", ["Het inkomen is gestopt", "dit blijft zoals het is", "veiliger buiten de regio"]),
    ("els", "cases:stay", "Marloes", ["Een woning: 9 dagen"]),
    ("samir", "aftercare:check_in", "Naima", ["tolk", "Arabisch", "Kan dit niet lezen"]),
    ("els", "cases:network", "Rosa", ["Geen netwerk"]),
    ("samir", "family_plans:stagnations", "Naima", ["Nee, het is gestopt", "een gesprek met het gezin"]),
    ("ilse", "cases:stay", "Joyce", ["2 trajecten", "mbulant"]),
)


@pytest.mark.slow
def test_the_pages_that_it_points_at_show_it(settings, client, sign_in):
    settings.DEMO = True
    reference_data.load()
    call_command("load_demo", verbosity=0)
    missing = []
    for login, page, given_name, words in READ:
        sign_in(User.objects.get(email__startswith=f"{login}@"))
        family = Family.objects.filter(persons__given_name=given_name).order_by("opened_at")[0]
        shown = client.get(reverse(page, args=[family.pk])).content.decode()
        missing += [(page, given_name, word) for word in words if word not in shown]

    assert missing == []
    sign_in(User.objects.get(email__startswith="els@"))
    assert "ander dossier staat" in client.get("/").content.decode()
    found = client.post(reverse("cases:find_family"), {"name": "yildiz"}).content.decode()
    assert found.count("Aylin") == 2
