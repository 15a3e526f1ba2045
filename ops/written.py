"""Documents that are written from the code: write them anew, or say that they are no longer what the code says."""

import sys
from collections.abc import Callable
from pathlib import Path

from ops.kept import ROOT


def between(text: str, mark: str, part: str) -> str:
    """Return `text` with what stands between its two `mark` comments replaced. Raises ValueError without the marks."""
    start, end = f"<!-- {mark} -->\n", f"<!-- end of {mark} -->"
    head, found_start, rest = text.partition(start)
    _, found_end, tail = rest.partition(end)
    if not (found_start and found_end):
        raise ValueError(f"The marks of {mark!r} are gone.")
    return f"{head}{start}{part}{end}{tail}"


def run(module: str, documents: dict[str, Callable[[], str]], root: Path = ROOT) -> None:
    """Write the documents, or check that each is current: the command line of a generator."""
    match sys.argv[1:]:
        case ["write"]:
            for name, text in documents.items():
                (root / name).write_text(text(), encoding="utf-8")
        case ["check"]:
            for name, text in documents.items():
                path = root / name
                if not path.exists() or path.read_text(encoding="utf-8") != text():
                    sys.exit(f"{name} is not what the code says: run `make documents`.")
        case _:
            sys.exit(f"Use: python -m {module} write | check")
