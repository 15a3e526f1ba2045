import csv
import shutil

import pytest

from organisations.reference_data import DIRECTORY, load


@pytest.fixture
def reference_data(db):
    return load()


@pytest.fixture
def files(tmp_path):
    """A copy of the files that a test may change."""
    return shutil.copytree(DIRECTORY, tmp_path / "data")


@pytest.fixture
def edit(files):
    """Rewrite rows of municipalities.csv by code; a code that is not there is added, like the first row."""

    def rewrite(**by_code):
        path = files / "municipalities.csv"
        with path.open(encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row.update(by_code.pop(row["code"], {}))
        rows += [rows[0] | {"code": code} | values for code, values in by_code.items()]
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
        return files

    return rewrite
