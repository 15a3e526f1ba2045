"""The papers of the safety plan: what is on each, line by line, and everything that may not be."""

import re
import socket
import threading
import time
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from access.models import Involvement
from core.errors import WrongState
from safety_plans import operations, recipients
from safety_plans.models import IssuedPaper, PaperKind, Section
from tests import factories
from tests.core.test_paper import payloads
from tests.paper_text import beyond_the_paper, read
from tests.safety_plans.conftest import REVIEW

PAPER = """
Mijn veiligheidsplan
Versie 1, afgesproken op 2 maart 2026.
Nu gevaar
Bel 112. Bang of twijfel? Bel 0800-2000, dag en nacht, gratis.
Wat het gevaar is
Hij komt langs als hij boos is.
Wat de politie doet
geen afspraak
Marloes
Er is nog niets afgesproken.
Femke
Er is nog niets afgesproken.
Daan
Wat we afspraken
Alleen oma haalt Daan op. Let erop: Intern begeleider.
"""


def without_the_mark(lines):
    words = " ".join(line for line in lines if not re.fullmatch(r"\d+ ?/ ?\d+", line))
    return re.sub(
        r"•\s*", "", re.sub(r"Voor .*?\. Afgedrukt op .*?\.( Nummer \S+\.)?( \d+ ?/ ?\d+)?$", "", words)
    ).strip()


PLACES = ("(?i)de haven", "(?i)de vlieger", "(?i)zwolle", r"\b\d{4} ?[A-Z]{2}\b", "(?i)dorpsstraat", "de Wit", "@")


@pytest.mark.row("L6")
def test_the_paper_says_exactly_this(issue, current, household):
    pdf, issued = issue(current, "client")
    paper = read(pdf)

    assert without_the_mark(paper.lines) == " ".join(PAPER.split("\n")).strip()
    # For whom, when, and under which number; not who printed it: that would tell where she is helped.
    assert f"Voor Marloes. Afgedrukt op 2 maart 2026 10:00. Nummer {issued.number}." in paper.text
    assert household.worker.name not in paper.text


@pytest.mark.row("D19")
@pytest.mark.row("L6")
@pytest.mark.parametrize("value", ["client", "card", "child", "network", "partner"])
def test_no_paper_holds_a_place_not_even_one_that_was_typed(issue, full, household, value):
    paper = read(issue(full, value)[0])

    everything = paper.text + " ".join(paper.properties.values())
    for forbidden in (*PLACES, household.family.reference, household.worker.name, "Vinger aan de Pols"):
        assert not re.search(forbidden, everything), forbidden


@pytest.mark.row("R24")
@pytest.mark.parametrize("value", ["client", "child", "network", "partner"])
def test_every_page_says_for_whom_when_and_which_number_and_the_file_nothing(issue, full, value):
    pdf, issued = issue(full, value)
    paper = read(pdf)

    for page in paper.pages:
        assert f"Afgedrukt op 2 maart 2026 10:00. Nummer {issued.number}." in " ".join(page.split())
    assert paper.title == f"Papier {issued.number}"
    assert set(paper.properties) <= {"/Title", "/Producer"}
    assert paper.tagged
    assert paper.files == 0


@pytest.mark.row("R24")
def test_places_stand_on_a_paper_only_where_that_was_ticked(issue, full):
    ticked = read(issue(full, "partner", with_places=True)[0])

    assert "Voor Basisschool De Vlieger." in ticked.text
    assert "De Haven" in ticked.text
    assert "De Haven" not in read(issue(full, "partner")[0]).text
    assert "Voor Basisschool. Afgedrukt" in read(issue(full, "partner")[0]).text


@pytest.mark.row("C6")
def test_who_does_not_know_the_address_stands_on_no_paper_that_may_tell_it(issue, full, household):
    plain, ticked = read(issue(full, "partner")[0]).text, read(issue(full, "partner", with_places=True)[0]).text

    # Without places everybody may stand on it; with them only who knows the address already.
    assert "Oma Riet" in plain
    assert "Oma Riet" not in ticked
    assert "Buurvrouw" in ticked
    own = read(issue(full, "network")[0])
    assert "Wat ik doe voor Marloes" in own.text
    assert "Controleert" in own.text or "controleert" in own.text
    for forbidden in PLACES:
        assert not re.search(forbidden, own.text), forbidden
    network = recipients.of(full, at=factories.NOW)
    oma = next(one for one in network if one.network and one.network.who == "Oma Riet")
    with pytest.raises(WrongState):
        operations.issue_paper(
            full,
            PaperKind.NETWORK,
            to=oma.to(with_places=True),
            with_places=True,
            by=household.worker,
            at=factories.NOW,
        )


@pytest.mark.parametrize("value", ["client", "child", "network", "partner"])
def test_what_to_do_in_danger_is_on_the_first_page_and_never_alone_on_the_last(
    issue, draft, write, hold, shared_with, value
):
    write(draft, Section.NETWORK, "Belt elke dag.", who="Oma", task="both", knows_address=False)
    for number in range(60):
        write(
            draft,
            Section.CONDITIONS,
            f"{number}. Hij komt niet in de straat.",
            checked_by="School",
            until_on=REVIEW,
            if_broken="Bel",
        )
    plan = hold(draft)
    shared_with("School", level=4)
    pages = read(issue(plan, value)[0]).pages

    assert "112" in pages[0]
    assert not any("112" in page for page in pages[1:])


@pytest.mark.parametrize("value", ["client", "card", "child", "network", "partner"])
def test_no_name_and_no_word_without_an_end_is_cut_off_at_the_edge(
    issue, draft, household, write, hold, shared_with, value
):
    """A telephone number beside a name of eight words was: who needs it reads half of it."""
    name, word = "Maria Wilhelmina Alexandra van den Bosch-Kromhout tot Ravensteijn van Oldebarn", "vergaderings" * 9
    household.daan.given_name = household.femke.given_name = word[:60]
    household.daan.save()
    household.femke.save()
    number = "+31 (0)88 000 01 24 toestel 12"
    write(draft, Section.CONDITIONS, word, checked_by=name, until_on=REVIEW, if_broken=word)
    write(draft, Section.WHOM_TO_CALL, word, phone=number)
    for who in (name, word[:80]):
        write(draft, Section.NETWORK, word, who=who, task="both", knows_address=False, phone=number)
        write(draft, Section.PROFESSIONALS, word, who=who, rhythm=word[:60], phone=number)
    for person in (household.client, household.daan, household.femke):
        write(draft, Section.WHAT_I_DO, word, person=person)
    plan = hold(draft)
    shared_with("School", level=4)

    assert beyond_the_paper(issue(plan, value)[0]) == []


def test_a_childs_page_holds_that_child_and_no_other(issue, full, household):
    paper = read(issue(full, f"child:{household.daan.pk}")[0])

    assert "Daan: mijn bladzijde" in paper.text
    assert "Ik ga naar de juf." in paper.text
    assert "Femke" not in paper.text
    assert "Hij komt langs" not in paper.text


def test_an_organisation_gets_the_children_and_the_parts_it_was_told_of(issue, full, household):
    paper = read(issue(full, "partner")[0]).text

    assert "Alleen oma haalt Daan op." in paper
    assert "Femke doet haar deur" not in paper
    # What she does and the numbers of her network are not for a school.
    assert "Ik ga naar de juf." not in paper
    assert "088 000 01 24" not in paper
    Involvement.objects.filter(family=household.family, relation="partner").update(level=4)
    assert "088 000 01 24" in read(issue(full, "partner")[0]).text


@pytest.mark.row("D7")
def test_what_a_parent_may_be_to_a_child_is_on_no_paper(issue, full, household, assess):
    assess()

    for value in ("client", "card", "child", "network", "partner"):
        assert "schreeuwt" not in read(issue(full, value)[0]).text


def test_only_the_version_that_holds_goes_to_somebody_else(draft, household, write, shared_with):
    write(draft, Section.NETWORK, "Belt.", who="Oma", task="checks", knows_address=False)
    school = shared_with("School")
    values = {one.value.partition(":")[0] for one in recipients.of(draft, at=factories.NOW)}
    assert values == {"client", "card", "child"}

    refused = {PaperKind.PARTNER: school.organisation, PaperKind.NETWORK: None}
    for kind, organisation in refused.items():
        with pytest.raises(WrongState):
            operations.issue_paper(
                draft,
                kind,
                to=operations.Recipient("x", organisation=organisation),
                by=household.worker,
                at=factories.NOW,
            )
    assert not IssuedPaper.objects.exists()


def test_an_organisation_without_a_share_gets_no_paper(full, household):
    to = operations.Recipient("x", organisation=household.other_org)

    with pytest.raises(WrongState):
        operations.issue_paper(full, PaperKind.PARTNER, to=to, by=household.worker, at=factories.NOW)


@pytest.mark.row("R25")
@pytest.mark.enable_socket
def test_hostile_words_in_every_field_are_printed_as_words_and_fetch_nothing(
    draft, household, write, hold, shared_with, issue, tmp_path
):
    (tmp_path / "secret.txt").write_text("canary-in-a-local-file")
    visits = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_count, args=(door, visits), daemon=True).start()
        targets = [(tmp_path / "secret.txt").as_uri(), f"http://127.0.0.1:{door.getsockname()[1]}/x"]
        hostile = payloads(targets)
        assert len(hostile) >= 40
        _write_everywhere(draft, household, write, hostile)
        plan = hold(draft)
        shared_with("School")
        made = [issue(plan, value)[0] for value in ("client", "card", "child", "network", "partner")]
        time.sleep(0.1)

    assert visits == []
    for pdf in made:
        paper = read(pdf)
        assert (paper.files, paper.pictures) == (0, 0)
        assert "canary-in-a-local-file" not in paper.raw
        assert "/EmbeddedFile" not in paper.raw
        assert "/URI" not in paper.raw
    printed = re.sub(r"\s", "", read(made[0]).text)
    assert sum(re.sub(r"\s", "", one)[:30] in printed for one in hostile) == len(hostile)


def _count(door, visits):
    try:
        while True:
            visits.append(door.accept())
    except OSError:
        pass


def _write_everywhere(draft, household, write, hostile):
    """Each payload in a line of its own, and in every field of a line that has it."""
    persons = [None, household.client, household.daan, household.femke]
    for number, words in enumerate(hostile):
        write(draft, Section.WHAT_I_DO, words, person=persons[number % 4])
        short = words[:120]
        write(
            draft,
            Section.CONDITIONS,
            words,
            checked_by=short,
            rhythm=words[:80],
            until_on=REVIEW,
            if_broken=words,
        )
        write(draft, Section.NETWORK, words, who=short, task="both", knows_address=False, phone=words[:40])
        write(draft, Section.PROFESSIONALS, words, who=short, rhythm=words[:80])
        write(draft, Section.POLICE, words, who=short)
        write(draft, Section.WHOM_TO_CALL, words, phone=words[:40])


class TestLongPlan:
    """A plan of twelve pages about six children, in one go: accessible as far as can be checked without a validator."""

    @pytest.fixture
    def pdf(self, draft, household, write, hold, issue):
        from cases.models import Person, Place

        children = [household.femke, household.daan]
        children += [
            Person.objects.create(family=household.family, place=Place.CHILD, given_name=name)
            for name in ("Abel", "Bente", "Cas", "Dunya")
        ]
        for number in range(24):
            write(
                draft,
                Section.CONDITIONS,
                f"Voorwaarde {number}: hij komt niet bij het huis, de school of de sport van de kinderen.",
                checked_by="Wijkagent",
                rhythm="elke vrijdag",
                until_on=REVIEW,
                if_broken="Wie het ziet belt 112, en daarna de regisseur.",
            )
        for number in range(8):
            write(draft, Section.NETWORK, "Haalt op.", who=f"Buur {number}", task="checks", knows_address=False)
            write(draft, Section.PROFESSIONALS, "Praat.", who=f"Hulp {number}", rhythm="elke week")
        for child in children:
            for section in (Section.EARLY_SIGNS, Section.WHAT_I_DO, Section.WHOM_TO_CALL):
                for number in range(11):
                    write(draft, section, f"{number}. Dit spreken we samen af, in gewone woorden. " * 4, person=child)
        return issue(hold(draft), "client")[0]

    def test_it_renders_whole_and_says_how_it_is_read_out(self, pdf):
        paper = read(pdf)
        assert len(paper.pages) >= 12
        for name in ("Abel", "Bente", "Cas", "Dunya", "Femke", "Daan"):
            assert name in paper.text
        assert "Voorwaarde 23" in paper.text

        with pikepdf.open(BytesIO(pdf)) as document:
            root = document.Root
            assert str(root.Lang) == "nl"
            assert root.MarkInfo.Marked
            assert root.ViewerPreferences.DisplayDocTitle
            tags = list(_tags(root.StructTreeRoot))
            kinds = [str(tag.get("/S", "")) for tag in tags]
            headings = [kind for kind in kinds if re.fullmatch(r"/H[1-6]", kind)]
            assert headings[0] == "/H1"
            assert headings.count("/H1") == 1
            assert all(int(b[2]) - int(a[2]) <= 1 for a, b in pairwise(headings))
            assert kinds.count("/Table") == 2
            heads = [tag for tag in tags if str(tag.get("/S", "")) == "/TH"]
            assert len(heads) == 8 + 16
            # Every picture has an alternative text: there are none, and none may slip in.
            assert "/Figure" not in kinds
            fonts = [font for page in document.pages for font in _fonts(page)]
            assert fonts
            assert all(_is_embedded(font) for font in fonts)


def _tags(node):
    if isinstance(node, pikepdf.Array):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _tags(node.K)


def _fonts(page):
    return page.Resources.get("/Font", {}).values()


def _is_embedded(font):
    if "/DescendantFonts" in font:
        font = font.DescendantFonts[0]
    descriptor = font.get("/FontDescriptor", {})
    return any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3"))
