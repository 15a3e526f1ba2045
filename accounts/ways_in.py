"""Links by mail that open a way in. What is kept is a hash: who reads the database or a backup holds no link."""

import hashlib
import secrets
from datetime import timedelta

INVITED_FOR = timedelta(days=7)
RECOVERED_FOR = timedelta(hours=24)


def new_token() -> str:
    """Return what makes a link: unguessable, and made at the moment it is mailed."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Return what of a token is kept, and what it is found by."""
    return hashlib.sha256(token.encode()).hexdigest()
