import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import FieldError
from django.db import connection

from accounts.models import Draft
from tests import factories


@pytest.fixture
def draft(db):
    return Draft.objects.create(
        user=factories.user(), form="cases:open_family", sealed="geheim: Vechtstraat", saved_at=factories.NOW
    )


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM accounts_draft")
        return cursor.fetchone()[0]


def test_the_database_holds_ciphertext_and_the_application_reads_text(draft):
    assert "Vechtstraat" not in stored()
    assert Draft.objects.get().sealed == "geheim: Vechtstraat"


def test_the_same_text_is_never_stored_the_same(draft):
    first = stored()
    draft.save()

    assert stored() != first


def test_an_old_key_still_reads_and_a_new_one_writes(draft, settings):
    old = settings.FIELD_KEYS
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *old]

    again = Draft.objects.get()
    assert again.sealed == "geheim: Vechtstraat"
    again.save()

    settings.FIELD_KEYS = old
    with pytest.raises(InvalidToken):
        Draft.objects.get()


def test_a_value_that_was_tampered_with_is_an_error_and_not_text(draft):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_draft SET sealed = left(sealed, 60) || 'AAAA' || right(sealed, 20)")

    with pytest.raises(InvalidToken):
        Draft.objects.get()


def test_nothing_can_be_looked_up_by_its_text(draft):
    with pytest.raises(FieldError, match="encrypted"):
        Draft.objects.filter(sealed="geheim: Vechtstraat").exists()


def test_empty_stays_empty(db):
    Draft.objects.create(user=factories.user(), form="x", sealed="", saved_at=factories.NOW)

    assert stored() == ""
