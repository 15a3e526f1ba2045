"""The demonstration shows every row about signals: `overview/demo/rows.py` says where, and this opens it."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from cases.models import Family
from organisations import reference_data
from overview.demo.rows import SEEN
from signals.models import Signal, VeiligThuisReport

ROWS = {
    *(f"H{number}" for number in range(1, 16)),
    *("A11", "B7", "B17", "C8", "C12", "C13", "C15", "C19", "C36", "C37", "J12", "J13", "J14", "J16"),
}


def test_each_row_about_signals_is_pointed_at():
    assert {row for one in SEEN for row in one.rows} >= ROWS


@pytest.mark.slow
def test_the_pages_that_it_points_at_show_it(settings, client, sign_in):
    settings.DEMO = True
    reference_data.load()
    call_command("load_demo", verbosity=0)
    femke = Family.objects.filter(persons__given_name="Femke").order_by("opened_at")[0]
    judged = Signal.objects.get(status="handled")
    worked_on = Signal.objects.get(status="in_progress")
    at_desk = Signal.objects.get(desk__isnull=False)
    report = VeiligThuisReport.objects.get()
    family, signal = [femke.pk], "signals:signal"
    # login, page, what it is about, words on it.
    read = (
        ("juf", "signals:report", [], ["Is het kind nu in gevaar?", "112", "0800-2000", "Tijn Jansen"]),
        ("juf", "signals:own", [], [worked_on.number, at_desk.number]),
        ("juf", "signals:receipt", [at_desk.pk], ["Contactpunt nazorg", "088-000 00 11"]),
        ("juf", "signals:knowledge", [], ["Voor de basisschool", "Voor vrijwilligers"]),
        ("juf", "signals:own_questions", [], ["harde stemmen", "Een vaste plek bij de deur", "Beantwoord: 1"]),
        ("maatje", "signals:own", [], [judged.number, "Afgehandeld"]),
        ("samir", signal, [judged.pk], ["wacht", "Samir Bouzid", "Afgehandeld", report.number, "Teruggegeven"]),
        ("samir", signal, [worked_on.pk], ["samen weegt dat zwaarder", "Woonstichting Vier Torens", "De wijkagent"]),
        ("samir", signal, [worked_on.pk], ["luistert mee", "Hulp kan het gevaar wegnemen", "Femke Jansen"]),
        ("samir", "signals:of_family", family, ["Het wijkteam, elke twee weken", report.number, "De wijkagent"]),
        ("samir", "signals:address_requests", family, ["Wessel Brandsma", "Wij brengen de brief"]),
        ("vt", "signals:received_report", [report.pk], ["Tijn Jansen", "vader weer contact", "nog niet geantwoord"]),
        ("piket", "signals:at_desk", [at_desk.pk], ["Noa Verbruggen"]),
    )
    missing = []
    for login, page, about, words in read:
        sign_in(User.objects.get(email__startswith=f"{login}@"))
        shown = client.get(reverse(page, args=about)).content.decode()
        missing += [(login, page, word) for word in words if word not in shown]
        assert "Voorbeeldstraat" not in shown

    assert missing == []
    # Nobody of the reporters sees whether the family is known, or what became of it.
    sign_in(User.objects.get(email__startswith="juf@"))
    for one in (judged, worked_on):
        assert client.get(reverse("signals:signal", args=[one.pk])).status_code == 404
    call_command("load_demo", verbosity=0)
    assert Signal.objects.count() == 5
