"""Checking a proof without trusting whoever hands it over: each row is put behind the digest before it, and must give
its own. The rows hold keys and stored words, no names."""

import json
from hashlib import sha256
from typing import Any


def broken_rows(rows: list[dict[str, Any]]) -> list[int]:
    """Return the positions of the rows that do not give their digest, or do not follow from the row before them."""
    wrong = []
    last: dict[str, Any] | None = None
    for row in rows:
        text = json.dumps(row["facts"], sort_keys=True, separators=(",", ":"), default=str)
        digest = sha256(f"{row['previous']}\n{text}".encode()).hexdigest()
        follows = last is None or row["position"] != last["position"] + 1 or row["previous"] == last["digest"]
        if digest != row["digest"] or not follows:
            wrong.append(int(row["position"]))
        last = row
    return wrong
