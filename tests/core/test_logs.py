import logging
from uuid import UUID

import pytest

from core.logs import WithoutContents

SECRET = "Marloes de Wit, Kerkstraat 1"


def written(**record):
    made = logging.LogRecord(
        "signals", logging.ERROR, "x.py", 1, record.pop("msg", "Failed"), record.pop("args", ()), None
    )
    made.exc_info = record.pop("exc_info", None)
    made.__dict__.update(record)
    return WithoutContents().format(made)


def caught(make):
    try:
        make()
    except Exception as error:
        return type(error), error, error.__traceback__


def fail():
    raise ValueError(SECRET)


def fail_twice():
    try:
        fail()
    except ValueError as error:
        raise KeyError(SECRET + " again") from error


@pytest.mark.row("R30")
@pytest.mark.parametrize("make", [fail, fail_twice])
def test_a_traceback_says_where_and_what_kind_but_not_the_text(make):
    line = written(exc_info=caught(make))
    assert "in fail" in line
    assert "builtins.ValueError" in line
    assert SECRET not in line


def test_both_errors_of_a_chain_are_named():
    line = written(exc_info=caught(fail_twice))
    assert line.index("builtins.ValueError") < line.index("builtins.KeyError")


@pytest.mark.row("R30")
def test_an_error_in_the_message_is_named_by_its_class():
    error = ValueError(SECRET)
    assert SECRET not in written(msg="Not sent: %s", args=(error,))
    assert "Not sent: ValueError" in written(msg="Not sent: %s", args=(error,))
    assert SECRET not in written(msg="Task: %(exc)s", args=({"exc": error},))


@pytest.mark.row("R30")
def test_an_error_already_written_into_the_message_is_taken_out():
    found = caught(fail)
    assert SECRET not in written(msg=f"Task raised {found[1]!r}", exc_info=found)


@pytest.mark.row("R30")
def test_what_another_handler_wrote_is_not_reused():
    assert SECRET not in written(exc_info=caught(fail), exc_text=f"ValueError: {SECRET}")


def test_identifiers_are_kept_and_prose_is_not():
    family = UUID(int=7)
    line = written(family=family, days=3, view="cases:open", note=SECRET, request=object())
    assert f"family={family}" in line
    assert "days=3" in line
    assert "view=cases:open" in line
    assert SECRET not in line
    assert "request" not in line


def test_the_record_itself_is_left_alone_for_other_handlers():
    made = logging.LogRecord("x", logging.INFO, "x.py", 1, "Sent %s", ("mail",), None)
    WithoutContents().format(made)
    assert (made.msg, made.args) == ("Sent %s", ("mail",))
