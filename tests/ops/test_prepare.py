"""Data that another version of the program made ends in one sentence, not halfway in a table that exists."""

import pytest
from django.db import connection

from ops.prepare import stop_on_other_tables


@pytest.mark.django_db
def test_data_of_another_version_is_told_and_left_alone(capsys):
    stop_on_other_tables()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('cases', '0099_of_old', now())")
    with pytest.raises(SystemExit):
        stop_on_other_tables()
    assert "make clean DATA=yes" in capsys.readouterr().out
