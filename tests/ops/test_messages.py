import polib
import pytest

from ops import messages


def file(*entries):
    found = polib.POFile()
    found.extend(entries)
    return found


def entry(source, text="", **more):
    return polib.POEntry(msgid=source, msgstr=text, **more)


SOURCES = file(entry("Family", occurrences=[("cases/models.py", "1")]))


@pytest.mark.parametrize(
    ("translations", "said"),
    [
        (file(), "absent: 'Family' (cases/models.py)"),
        (file(entry("Family")), "not translated: 'Family'"),
        (file(entry("Family", "Gezin", flags=["fuzzy"])), "fuzzy: 'Family'"),
        (file(entry("Family", "Gezin"), entry("%(a)s left", "%(b)s weg")), "other placeholders: '%(a)s left'"),
    ],
)
def test_what_a_reader_would_stumble_on_is_said(translations, said):
    assert list(messages.problems(translations, SOURCES)) == [said]


def test_a_complete_translation_is_silent():
    plural = entry(
        "one family", msgid_plural="%(count)s families", msgstr_plural={0: "één gezin", 1: "%(count)s gezinnen"}
    )

    assert not list(messages.problems(file(entry("Family", "Gezin"), plural), SOURCES))


def test_a_string_that_left_the_source_does_no_harm():
    assert not list(messages.problems(file(entry("Family", "Gezin"), entry("Gone", obsolete=True)), SOURCES))


def test_compiling_writes_what_is_newer_and_leaves_the_rest(tmp_path):
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    file(entry("Family", "Gezin")).save(str(folder / "django.po"))

    messages.compile_all(tmp_path)
    first = (folder / "django.mo").stat().st_mtime_ns
    messages.compile_all(tmp_path)

    assert polib.mofile(str(folder / "django.mo")).find("Family").msgstr == "Gezin"
    assert (folder / "django.mo").stat().st_mtime_ns == first
    assert [path.name for path in folder.iterdir() if path.suffix not in (".mo", ".po")] == []
