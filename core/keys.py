"""Keys that stand outside the database, one for each value they seal: a destroyed key destroys every copy (R59).

A value of class A is in the database, in its backups and in the log of its writes. All hold it sealed with a key of
its own, which is in none of them: a file in `PROTECTED_KEYS`, itself sealed with FIELD_KEYS. When a file is
destroyed its keys go, and what any backup still holds can be read by nobody, from that moment on.

A key belongs to one value and not to a family, so that it goes along when families are merged or parted again. Keep the
folder on a disk of its own, mirrored and never archived: a copy from before a destruction would undo it.
"""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID, uuid4

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.fields import cipher


class KeyGone(DomainError):
    """The key of this value was destroyed, or is lost: nobody can read the value any more."""


def seal(name: UUID, text: str) -> str:
    """Return `text` sealed with the key of this name, which is made when there is none, and on the disk by then."""
    return Fernet(_read(name) or _make(name)).encrypt(text.encode()).decode()


def unseal(name: UUID, sealed: str) -> str:
    """Return what was sealed under this name. Raises KeyGone when its key is no longer there, or is another one."""
    key = _read(name)
    with contextlib.suppress(InvalidToken):
        if key is not None:
            return Fernet(key).decrypt(sealed.encode()).decode()
    raise KeyGone(_("Nobody can read this any more: its key is gone. Ask for it again and write it down anew."))


def destroy(names: Iterable[UUID]) -> int:
    """Destroy the keys of these names; return how many there were. Cannot be undone. Safe to repeat."""
    gone = 0
    for name in names:
        path = _path(name)
        if not path.exists():
            continue
        # What stood there is written over first, for a disk that only forgets where it was.
        with path.open("r+b") as file:
            file.write(os.urandom(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        gone += 1
    if gone:
        _keep_folder()
    return gone


def _path(name: UUID) -> Path:
    return Path(settings.PROTECTED_KEYS) / f"{name}.key"


def _read(name: UUID) -> bytes | None:
    try:
        return cipher().decrypt(_path(name).read_bytes())
    except FileNotFoundError:
        return None


def _make(name: UUID) -> bytes:
    """Write a new key, whole or not at all, and keep the first when two are made at once."""
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = path.with_name(f".{uuid4()}.new")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(cipher().encrypt(Fernet.generate_key()))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    _keep_folder()
    key = _read(name)
    if key is None:
        raise KeyGone(_("Nobody can read this any more: its key is gone. Ask for it again and write it down anew."))
    return key


def _keep_folder() -> None:
    """See to it that names which came or went are so after a power cut too."""
    folder = os.open(settings.PROTECTED_KEYS, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
