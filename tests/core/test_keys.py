"""A key of its own for each value, outside the database: destroyed, it takes every copy of the value with it."""

from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from core import keys


@pytest.fixture
def folder(settings, tmp_path):
    settings.PROTECTED_KEYS = tmp_path / "keys"
    return settings.PROTECTED_KEYS


def test_a_value_is_read_with_its_own_key_until_that_is_destroyed_and_never_after(folder):
    one, other = uuid4(), uuid4()
    sealed = keys.seal(one, "Geheim 1")
    also = keys.seal(one, "Geheim 2")
    elsewhere = keys.seal(other, "Geheim 3")
    assert "Geheim" not in sealed
    assert (keys.unseal(one, sealed), keys.unseal(one, also)) == ("Geheim 1", "Geheim 2")
    with pytest.raises(keys.KeyGone):
        keys.unseal(other, sealed)

    assert keys.destroy([one, uuid4()]) == 1
    assert keys.destroy([one]) == 0
    with pytest.raises(keys.KeyGone):
        keys.unseal(one, sealed)
    assert keys.unseal(other, elsewhere) == "Geheim 3"
    # A new key under the old name opens nothing of before.
    keys.seal(one, "Nieuw")
    with pytest.raises(keys.KeyGone):
        keys.unseal(one, sealed)


def test_the_folder_alone_opens_nothing_and_only_this_user_reads_it(folder):
    name = uuid4()
    sealed = keys.seal(name, "Geheim 1")
    (file,) = folder.iterdir()
    assert (file.name, file.stat().st_mode & 0o777) == (f"{name}.key", 0o600)
    with pytest.raises(ValueError, match="Fernet key"):
        Fernet(file.read_bytes()).decrypt(sealed)


def test_what_stood_in_the_file_is_written_over_before_it_goes(folder, monkeypatch):
    name = uuid4()
    keys.seal(name, "Geheim 1")
    (file,) = folder.iterdir()
    before, left = file.read_bytes(), []
    monkeypatch.setattr(Path, "unlink", lambda path, **_: left.append(path.read_bytes()))
    keys.destroy([name])
    assert left != [before]
    assert len(left[0]) == len(before)
