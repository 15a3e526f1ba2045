"""What a coordinator sees of what was published, and what leaves with her."""

import re
import zipfile
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

import pytest
import time_machine
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone, translation

from access import policy
from access.models import AssignmentKind
from access.policy import GRANTS
from accounts.models import Role
from cases.models import Family
from core.database import DatabaseRole, acting_as
from figures.areas import Geography
from figures.counting import totals
from figures.definitions import BY_SLUG
from figures.exporting import harmless, to_csv, to_xlsx
from figures.history import invent, places
from figures.models import ReleasedCell, StatisticsRow
from figures.operations import freeze
from figures.periods import Quarter
from figures.releasing import plan_release
from figures.writing import publish
from organisations.models import Municipality, Organisation
from tests import factories
from tests.figures.passages import many
from tests.figures.test_counting import BY_HAND, EIGHT
from tests.organisations import factories as make
from tests.paper_text import read as read_paper

FORMULAS = [
    *(
        f"{start}{body}"
        for start in ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", '"=', "'=")
        for body in (
            'HYPERLINK("http://x.example","k")',
            "1+1",
            "SUM(A1:A9)",
            "cmd|' /C calc'!A0",
        )
    ),
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "|calc",
    "%0A=1",
    "\u00a0=1",
    "\ufeff=1",
]


@pytest.fixture
def coordinator(db):
    return factories.user(Role.COORDINATOR, at=factories.organisation("Gemeenteteam Oostrand", kind="municipality"))


def keep(passages):
    StatisticsRow.objects.bulk_create(StatisticsRow.of(one) for one in passages)


def release(*quarters):
    with acting_as(DatabaseRole.JOBS):
        for quarter in quarters:
            freeze(Quarter.read(quarter), at=timezone.now())


def page(browser, name="figures", *args, **asked):
    return browser.get(reverse(f"municipalities:{name}", args=args), asked)


def read(response):
    return re.sub(r"\s+", " ", response.content.decode())


@cache
def two_years():
    """The releases of two years about families of five, made once."""
    passages = invent(until=date(2025, 12, 28), families=360, years=3)
    numbers, groups, found = {}, {}, []
    for quarter in (Quarter(2024, 4), Quarter(2025, 4)):
        plan = plan_release(quarter, passages, geography=places(), frozen=numbers, grouped=groups)
        numbers, groups = {**numbers, **plan.numbers}, {**groups, **plan.groups}
        found.append((quarter, plan))
    return found


@pytest.fixture
def published(coordinator):
    for quarter, plan in two_years():
        publish(plan, quarter=quarter, at=factories.NOW)


@pytest.mark.row("K17")
def test_the_yearly_report_has_the_four_themes(client, sign_in, coordinator, published):
    pdf = page(sign_in(coordinator), "yearly_report", plek="NL", jaar="2024")

    words = " ".join(" ".join(read_paper(pdf.content).pages).split())

    found = [
        words.index(title) for title in ("1. Continuïteit", "2. Veiligheid", "3. Samenwerking", "4. Deskundigheid")
    ]
    assert found == sorted(found)
    assert "Hernieuwd geweld binnen 12 maanden" in words


@pytest.mark.parametrize("name", ["figures", "monitor"])
def test_every_bar_has_its_number_in_a_table_and_is_read_aloud(client, sign_in, coordinator, published, name):
    html = read(page(sign_in(coordinator), name, plek="NL", jaar="2024"))

    bars = re.findall(r'role="img" aria-label="([^"]+)"', html)
    # The flow from home to home is a table by itself.
    assert len(bars) + (name == "monitor") == html.count("<table") > 4
    assert all("procent" in spoken for spoken in bars)
    # What it shows can be chosen, and what it shows now stands chosen.
    assert re.search(r'<option value="NL"[^>]* selected', html)
    assert re.search(r'<option value="2024"[^>]* selected', html)
    assert 'style="' not in html


@pytest.mark.row("B32")
def test_who_leads_the_project_sees_the_figures_of_the_region_and_opens_no_family(
    client, sign_in, cast, coordinator, published
):
    """Not even of a family that her organisation works with, that it is responsible for, or that she was assigned."""
    (seat,) = coordinator.standing
    leader = factories.user(Role.PROJECT_LEADER, at=Organisation.objects.get(pk=seat), name="Lia Vos")
    for relation in ("working", "regisseur", "responsible", "partner"):
        factories.involvement(cast.family, Organisation.objects.get(pk=seat), relation)
    for kind in AssignmentKind:
        if kind != AssignmentKind.BARRED:
            factories.assignment(cast.family, leader, Organisation.objects.get(pk=seat), kind)
    # Her municipality lies in a region about which something was published.
    cells = ReleasedCell.objects.filter(area__startswith="VT-", period="2024", number__isnull=False)
    region = cells.values_list("area").annotate(many=Count("pk")).order_by("-many", "area")[0][0]
    Municipality.objects.filter(organisations__pk=seat).update(
        veilig_thuis_region=make.region(name=region.removeprefix("VT-"))
    )
    browser = sign_in(leader)

    html = read(page(browser, plek=region, jaar="2024"))

    assert Geography.read().region(Organisation.objects.get(pk=seat).municipality.code) == region
    assert re.search(rf'<option value="{region}"[^>]* selected', html)
    assert re.search(r'role="img" aria-label="[^"]*procent', html)
    for action in GRANTS:
        assert policy.families_open_to(leader, action) is None, action
    with acting_as(DatabaseRole.APP, user_id=leader.pk, organisation_ids=list(leader.standing)):
        assert not Family.objects.visible_to(leader).exists()
    pages = ["overview:family", "cases:persons", "safety_plans:plan", "family_plans:plan", "signals:of_family"]
    assert {browser.get(reverse(name, args=[cast.family.pk])).status_code for name in pages} == {404}


@pytest.mark.row("C31")
def test_the_monitor_shows_what_was_counted_by_hand_and_exports_it(client, sign_in, coordinator, published):
    html = read(page(sign_in(coordinator), "monitor", plek="NL", jaar="2024"))
    exported = page(sign_in(coordinator), "export_figures", "csv", plek="NL").content.decode("utf-8-sig")

    for slug in ("origin", "place", "context", "ages", "stay", "longer", "waited_for", "destination"):
        figure = BY_SLUG[slug]
        with translation.override("nl"):
            assert str(figure.title) in html
            assert f'"2024";"Nederland";"{figure.title}";"' in exported
        counted = totals(EIGHT, figure)
        assert {key: number for key, number in counted.items() if number} == {
            key: number for key, number in BY_HAND[slug].items() if number
        }


@pytest.mark.row("D22")
def test_the_monitor_shows_the_flow_from_the_old_home_to_the_new_one(client, sign_in, coordinator, published):
    html = read(page(sign_in(coordinator), "monitor", plek="NL", jaar="2024"))

    assert len(totals(EIGHT, BY_SLUG["flow"])) == 16
    row = re.search(r'<th scope="row">Elders</th>(.*?)</tr>', html)[1]
    assert "naar de gemeente van de opvang</th>" in html
    number = ReleasedCell.objects.get(area="NL", period="2024", figure="flow", category="other_own").number
    assert re.findall(r">([0-9]+|niet getoond)<", row)[0] == str(number or "niet getoond")
    assert row.count("<td") == 4


@pytest.mark.row("G10")
@pytest.mark.row("C34")
def test_the_days_that_places_were_taken_longer_than_needed_stand_on_the_page(client, sign_in, coordinator, published):
    html = read(page(sign_in(coordinator), "monitor", plek="NL", jaar="2024"))

    shown = re.search(r"minstens (\d+) en ongeveer (\d+) dagen een plek", html.replace(".", ""))
    assert shown is not None
    assert 0 < int(shown[1]) < int(shown[2])


@pytest.mark.row("D11")
def test_the_share_of_families_of_which_the_fathers_role_is_described_is_on_the_dashboard(
    client, sign_in, coordinator, published
):
    html = read(page(sign_in(coordinator), plek="NL", jaar="2024"))

    numbers = dict(
        ReleasedCell.objects.filter(area="NL", period="2024", figure="father").values_list("category", "number")
    )
    whole = ReleasedCell.objects.get(area="NL", period="2024", figure="left", category="total").number
    with translation.override("nl"):
        shown = html[html.index(str(BY_SLUG["father"].title)) :]
    assert f"{round(100 * numbers['yes'] / whole)}%" in shown[:3000]


@pytest.mark.parametrize(
    ("slug", "category"),
    [
        pytest.param("stuck_with", "debts", marks=pytest.mark.row("G3")),
        pytest.param("stuck", "waiting_short", marks=pytest.mark.row("G3")),
        pytest.param("tailored", "granted", marks=pytest.mark.row("G6")),
        pytest.param("help_before", "all", marks=pytest.mark.row("G7")),
        pytest.param("solved_by", "escalation", marks=pytest.mark.row("G14")),
        pytest.param("paid_by", "jeugdwet", marks=pytest.mark.row("G19")),
        pytest.param("children_unpaid", "unknown", marks=pytest.mark.row("G19")),
    ],
)
def test_what_was_stuck_and_how_help_went_is_reported(client, sign_in, coordinator, published, slug, category):
    html = read(page(sign_in(coordinator), plek="NL", jaar="2024"))

    figure = BY_SLUG[slug]
    number = ReleasedCell.objects.get(area="NL", period="2024", figure=slug, category=category).number
    with translation.override("nl"):
        shown = html[html.index(str(figure.title)) :]
        label = re.escape(str(figure.categories[category]))
        row = re.search(rf"(?i)<th scope=\"row\"[^>]*>{label}</th>(.*?)</tr>", shown)
    assert row is not None
    # What is too small to be told says so.
    assert (f">{number}<" if number is not None else "niet getoond") in row[1]


@pytest.mark.row("D21")
def test_how_many_went_to_the_municipality_of_the_shelter_is_reported(client, sign_in, coordinator, published):
    html = read(page(sign_in(coordinator), "monitor", plek="NL", jaar="2024"))

    number, whole = (
        ReleasedCell.objects.get(area="NL", period="2024", figure=figure, category=category).number
        for figure, category in (("destination", "own"), ("left", "total"))
    )
    with translation.override("nl"):
        shown = html[html.index(str(BY_SLUG["destination"].title)) :]
    assert f"{round(100 * number / whole)}%" in shown[:3000]


def test_a_quarter_has_a_page_for_the_country_and_for_nothing_smaller(client, sign_in, coordinator, published):
    browser = sign_in(coordinator)
    html = read(page(browser, plek="GM0193", jaar="2024Q4"))

    assert "Cijfers van Nederland, kwartaal 4 van 2024" in html
    assert re.search(r'<option value="2024Q4"[^>]* selected', html)
    numbers = {int(one) for one in re.findall(r'<td class="vp-num">(\d+)</td>', html)}
    kept = set(ReleasedCell.objects.filter(area="NL", period="2024Q4").values_list("number", flat=True))
    assert numbers
    assert numbers <= kept
    for name in ("monitor", "yearly_report"):
        assert page(browser, name, plek="NL", jaar="2024Q4").status_code == 200
    # A quarter that was not published is not there.
    assert "2019" not in read(page(browser, jaar="2019Q1"))


def test_a_page_shows_nothing_but_what_was_published(client, sign_in, coordinator, published):
    html = read(page(sign_in(coordinator), plek="NL", jaar="2024"))

    numbers = {int(one) for one in re.findall(r'<td class="vp-num">(\d+)</td>', html)}
    assert numbers <= set(ReleasedCell.objects.filter(area="NL", period="2024").values_list("number", flat=True))
    assert all(number % 5 == 0 and number >= 10 for number in numbers)


def test_before_the_first_release_the_page_says_so(client, sign_in, coordinator):
    assert "Er is nog niets gepubliceerd" in read(page(sign_in(coordinator)))
    assert page(sign_in(coordinator), "export_figures", "xlsx").status_code == 200
    assert page(sign_in(coordinator), "yearly_report").status_code == 200


def test_a_place_with_nobody_and_one_with_a_single_family_read_the_same(client, sign_in, coordinator):
    keep(many(1, destination="GM0193"))
    release("2024Q4")

    browser = sign_in(coordinator)
    lone, empty = (read(page(browser, plek=plek, jaar="2024")) for plek in ("GM0193", "GM0014"))

    for html in (lone, empty):
        assert "te weinig gezinnen" in html
        assert '<td class="vp-num">' not in html


@pytest.mark.slow
def test_five_thousand_families_read_well(client, sign_in, coordinator):
    keep(invent(until=date(2024, 12, 28), families=5000, years=1))
    release("2024Q4")

    html = read(page(sign_in(coordinator), "monitor", plek="NL", jaar="2024"))

    shown = re.search(r"Gezinnen die de opvang verlieten</dt><dd>([0-9.]+)<", html)
    assert 4900 <= int(shown[1].replace(".", "")) <= 5000


def test_a_page_takes_as_many_queries_for_one_place_as_for_all_and_fewer_once_it_was_drawn(
    client, sign_in, coordinator, published, django_assert_max_num_queries
):
    browser = sign_in(coordinator)
    for plek in ("NL", "GM0193"):
        page(browser, "monitor", plek=plek, jaar="2024")
    counted = []
    for plek in ("NL", "GM0193", "NL", "GM0193"):
        with django_assert_max_num_queries(12) as asked:
            page(browser, plek=plek, jaar="2024")
        counted.append(len(asked))
    assert counted[0] == counted[1] > counted[2] == counted[3]


def test_a_page_that_was_drawn_is_drawn_again_for_another_place_year_language_and_release(client, sign_in, coordinator):
    (earlier, first), (later, second) = two_years()
    browser = sign_in(coordinator)
    publish(first, quarter=earlier, at=factories.NOW)
    country = read(page(browser, plek="NL", jaar="2024"))
    others = [page(browser, "monitor", plek="NL", jaar="2024"), page(browser, plek="NL", jaar="2023")]
    publish(second, quarter=later, at=factories.NOW)
    others += [page(browser, plek="NL", jaar="2024"), page(browser, plek="GM0193", jaar="2024")]
    with translation.override("en"):
        browser.post(reverse("set_language"), {"language": "en"})
    others.append(page(browser, plek="NL", jaar="2024"))

    assert len({country, *map(read, others)}) == 6
    assert '<option value="2025"' not in country
    assert '<option value="2025"' in read(others[2])
    assert "Figures of the Netherlands, 2024" in read(others[4])


@pytest.mark.parametrize("role", [Role.WORKER, Role.TEAM_LEAD, Role.SIGNALLER, Role.DUTY_DESK])
def test_whoever_is_not_a_coordinator_finds_no_figures(client, sign_in, db, role):
    browser = sign_in(factories.user(role))
    assert {page(browser, name).status_code for name in ("figures", "monitor", "yearly_report")} == {404}
    assert page(browser, "export_figures", "csv").status_code == 404


def test_a_quarter_that_was_not_published_in_time_is_told(client, sign_in, coordinator, published):
    assert "niet gepubliceerd" not in read(page(sign_in(coordinator)))
    with time_machine.travel(datetime(2026, 4, 14, 9, tzinfo=UTC)):
        assert "niet gepubliceerd" not in read(page(sign_in(coordinator)))
    with time_machine.travel(datetime(2026, 4, 16, 9, tzinfo=UTC)):
        assert "niet gepubliceerd" in read(page(sign_in(coordinator)))


def test_a_place_or_year_that_is_not_there_is_the_own_one(client, sign_in, coordinator, published):
    browser = sign_in(coordinator)
    assert page(browser, plek="GM9999", jaar="1900").status_code == 200
    assert page(browser, plek="rest:x", jaar="²").status_code == 200
    assert page(browser, "export_figures", "ods").status_code == 404


def test_no_cell_of_an_export_is_a_formula():
    rows = [("Kop", "Tekst")] + [(payload, f"gewoon {payload}") for payload in FORMULAS]
    assert len(FORMULAS) >= 40

    book = zipfile.ZipFile(BytesIO(to_xlsx(rows)))
    text = to_csv(rows).decode("utf-8-sig")

    sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert sum(sheet.count("<f>") + sheet.count("<f ") + sheet.count("<hyperlink") for sheet in sheets) == 0
    cells = re.findall(r'(?:^|;)"((?:[^"]|"")*)"', text, flags=re.M)
    assert len(cells) == 2 * len(rows)
    dangerous = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")
    assert not [cell for cell in cells if cell.lstrip(' "\u00a0\ufeff').startswith(dangerous)]


def test_a_number_is_no_formula():
    assert [harmless("10"), harmless("2024Q4"), harmless("-1")] == ["10", "2024Q4", "'-1"]
