"""Check the settings as a real installation has them: .env.example with its secrets filled in, no warning allowed.

python -m ops.deployment
"""

import base64
import os
import secrets
import subprocess
import sys

from ops.kept import ROOT


def example(text: str) -> dict[str, str]:
    """Return the variables of an environment file; comments and empty lines are left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {name.strip(): value.strip() for name, _, value in (line.partition("=") for line in lines)}


def main() -> None:
    variables = example((ROOT / ".env.example").read_text()) | {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "FIELD_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    sys.exit(subprocess.run(command, cwd=ROOT, env={**os.environ, **variables}, check=False).returncode)


if __name__ == "__main__":
    main()
