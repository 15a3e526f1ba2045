"""Where a proof leaves its figure: proof/security.json, one line per requirement."""

import json
import os

from ops.kept import ROOT

RESULTS = ROOT / "proof" / "security.json"


def keep(requirement: str, *, holds: bool, figure: str) -> None:
    """Write down the figure of one requirement when `make proof` runs its test; elsewhere nothing."""
    if os.environ.get("PROOF"):
        write(requirement, holds=holds, figure=figure)


def write(requirement: str, *, holds: bool, figure: str) -> None:
    """Write down the figure of one requirement, over an earlier one."""
    known = json.loads(RESULTS.read_text(encoding="utf-8"))["requirements"] if RESULTS.exists() else []
    rows = [row for row in known if row["id"] != requirement]
    rows.append({"id": requirement, "holds": holds, "figure": figure})
    rows.sort(key=lambda row: int(row["id"].removeprefix("R")))
    RESULTS.write_text(json.dumps({"requirements": rows}, indent=2) + "\n", encoding="utf-8")
