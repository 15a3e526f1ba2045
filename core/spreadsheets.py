"""Rows for a spreadsheet, and rows from one. What goes out is text: no cell of it is a formula (R26)."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

# With these a spreadsheet begins to calculate; also in their wide forms, and behind spaces.
_BEGINS_A_FORMULA = frozenset("=+-@|%")
_SHOWS_AS_TEXT = "'"
DELIMITER = ";"


def safe_cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula. Doing it twice changes nothing more."""
    text = "".join(c for c in str(value) if c in "\n" or unicodedata.category(c) not in {"Cc", "Cf"})
    bare = unicodedata.normalize("NFKC", text).lstrip()
    return _SHOWS_AS_TEXT + text if bare[:1] in _BEGINS_A_FORMULA or text[:1] == "\n" else text


def plain_cell(text: str) -> str:
    """Return what somebody meant with a cell that went out by `safe_cell` and came back."""
    return text[1:] if text[:1] == _SHOWS_AS_TEXT and safe_cell(text[1:]) == text else text


def write(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as a file that a Dutch spreadsheet opens in columns, with every cell made safe."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=DELIMITER, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[safe_cell(cell) for cell in row] for row in rows])
    return "\ufeff" + out.getvalue()


def read(text: str) -> list[list[str]]:
    """Return the rows of a file with semicolons or commas; empty lines are left out. Raises csv.Error."""
    return [row for _number, row in numbered(text)]


def numbered(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows of `read`, each with the number it has in a spreadsheet: empty rows count there."""
    text = text.removeprefix("\ufeff")
    first = text.partition("\n")[0]
    delimiter = DELIMITER if first.count(DELIMITER) >= first.count(",") else ","
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    return [
        (number, [plain_cell(cell.strip()) for cell in row])
        for number, row in enumerate(rows, 1)
        if any(cell.strip() for cell in row)
    ]


def lines(text: str) -> list[list[str]]:
    """Return the rows of a file, or none at all of what cannot be read as one."""
    try:
        return read(text)
    except csv.Error:
        return []
