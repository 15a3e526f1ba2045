"""What a checkout keeps for itself in var/: secrets, passwords, and how to reach the demonstration that is running.

Everything here is for `make run` and `make test`. A real installation gets its secrets from its environment.
"""

import base64
import json
import os
import secrets
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"


def write(path: Path, content: Any) -> None:
    """Write JSON that only this user can read, in one move: a reader never sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(content, file, indent=1)
    unfinished.replace(path)


def read(path: Path) -> dict[str, Any]:
    """Return what was written, or an empty dictionary when there is nothing."""
    return dict(json.loads(path.read_text())) if path.exists() else {}


def application_secrets(var: Path = VAR) -> dict[str, str]:
    """Return SECRET_KEY and FIELD_KEYS, made once: with new ones a second start could not read the first one's data."""
    path = var / "secrets.json"
    found = read(path)
    if not found:
        found = {
            "SECRET_KEY": secrets.token_urlsafe(64),
            # The form of a Fernet key.
            "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        }
        write(path, found)
    return {name: str(value) for name, value in found.items()}
