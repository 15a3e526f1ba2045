"""Exports that nobody's spreadsheet takes for a program: text is text, and no cell is a formula (R26)."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

import xlsxwriter

# What makes a spreadsheet run a cell of a CSV file, also behind a space or a quotation mark.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """Return the text with an apostrophe before it when a spreadsheet might run it. A plain number is left alone."""
    bare = text.lstrip(" \"'\u00a0\ufeff\u200b")
    if bare.startswith(_STARTS) or text.startswith(("\t", "\r", "\n")):
        return f"'{text}"
    return text


def to_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as CSV with semicolons, as Dutch spreadsheets expect it, in UTF-8 with its mark."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(" ".join(cell.splitlines()) if "\n" in cell else cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """Return the rows as a workbook of which every cell is a text or a whole number, and none a formula or a link."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell.isascii() and cell.isdigit():
                sheet.write_number(number, column, int(cell))
            else:
                sheet.write_string(number, column, cell, bold if number == 0 else None)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 0, 10)
    sheet.set_column(1, 3, 40)
    book.close()
    return out.getvalue()
