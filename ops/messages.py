"""The translations: compile them, check that none is absent, and bring in new source strings.

    python -m ops.messages compile | check | update

Compiling needs nothing but Python. The other two read the source strings with gettext's xgettext, in a copy of the
source: Django's makemessages writes next to what it reads.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib

from ops import environment
from ops.kept import ROOT

LOCALE = ROOT / "locale"
_READ = ("*.py", "*.html", "*.txt", "*.xml", "*.svg")
_NOT_READ = {"tests", "ops", "benchmarks", "docs", "var", "static", "staticfiles", "locale", "requirements"}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def compile_all(locale: Path = LOCALE) -> None:
    """Write the .mo file of every .po file that is newer than it."""
    for source in locale.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        # In one move: tests and a running site may be reading.
        unfinished = target.with_suffix(f".{os.getpid()}")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)


def problems(translations: polib.POFile, sources: polib.POFile) -> Iterator[str]:
    """Say what a reader of the translation would stumble on: strings absent, empty, unsure, or with other gaps."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in translations if not entry.obsolete}
    for source in sources:
        entry = known.get((source.msgctxt, source.msgid))
        if entry is None:
            places = ", ".join(sorted({name for name, _ in source.occurrences}))
            yield f"absent: {source.msgid!r} ({places})"
    for entry in known.values():
        if entry.fuzzy:
            yield f"fuzzy: {entry.msgid!r}"
        elif not entry.translated():
            yield f"not translated: {entry.msgid!r}"
        elif not _same_gaps(entry):
            yield f"other placeholders: {entry.msgid!r}"


def _same_gaps(entry: polib.POEntry) -> bool:
    allowed = set(_PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    texts = list(entry.msgstr_plural.values()) or [entry.msgstr]
    # A plural form may leave the number out ("één gezin"); no text may name what is not filled in.
    complete = bool(entry.msgid_plural) or set(_PLACEHOLDER.findall(texts[0])) == allowed
    return complete and all(set(_PLACEHOLDER.findall(text)) <= allowed for text in texts)


def source_strings(root: Path = ROOT) -> polib.POFile:
    """Return all strings of the source that are marked for translation."""
    with tempfile.TemporaryDirectory(prefix="vinger-") as folder:
        copy = Path(folder)
        (copy / "locale").mkdir()
        for path in _files(root):
            target = copy / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        command = [sys.executable, "-m", "django", "makemessages", "-l", "nl", "--keep-pot", "--no-wrap", "-v0"]
        extensions = [f"-e={pattern[2:]}" for pattern in _READ]
        done = subprocess.run(
            [*command, *extensions], cwd=copy, env=_with_gettext(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"The source strings could not be read: {done.stderr.strip() or done.stdout.strip()}")
        return polib.pofile((copy / "locale" / "django.pot").read_text())


def _files(root: Path) -> Iterator[Path]:
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in _NOT_READ:
            for pattern in _READ:
                yield from folder.rglob(pattern)


def _with_gettext() -> dict[str, str]:
    variables = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return variables | environment.libraries(variables)


def check() -> int:
    """Print every problem of every translation. English needs no file: it is the source."""
    sources = source_strings()
    found = 0
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        for problem in problems(polib.pofile(str(path)), sources):
            found += 1
            print(f"{path.relative_to(ROOT)}: {problem}")
    if not (LOCALE / "nl" / "LC_MESSAGES" / "django.po").exists() and len(sources):
        print("locale/nl/LC_MESSAGES/django.po: there is none")
        found += 1
    return 1 if found else 0


def update() -> int:
    """Bring the source strings into every translation; what is new stays empty until somebody translates it."""
    sources = source_strings()
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        translations = polib.pofile(str(path), wrapwidth=110)
        translations.merge(sources)
        # In one order whoever wrote it, and without what is gone: two branches then differ where they differ.
        kept = sorted((entry for entry in translations if not entry.obsolete), key=lambda entry: entry.msgid)
        translations[:] = kept
        translations.save()
        print(f"{path.relative_to(ROOT)}: {len(translations.untranslated_entries())} to translate")
    return 0


def main() -> None:
    command = sys.argv[1] if len(sys.argv) == 2 else ""
    if command == "compile":
        compile_all()
    elif command in ("check", "update"):
        sys.exit(check() if command == "check" else update())
    else:
        sys.exit("Use: python -m ops.messages compile | check | update")


if __name__ == "__main__":
    main()
