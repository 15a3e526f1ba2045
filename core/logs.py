"""Log lines without contents. What a person typed, and whom it is about, is not in a log."""

import logging
import re
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any
from uuid import UUID

_STANDARD = frozenset(logging.LogRecord("", 0, "", 0, "", (), None).__dict__) | {"message", "asctime", "taskName"}
# A name of something in the code: a view, a status, a task. Prose and addresses do not match.
_WORD = re.compile(r"[\w.:-]{1,60}")


class WithoutContents(logging.Formatter):
    """Print where it went wrong and what kind of error it was, never the error's own text.

    A violated constraint carries the whole row in its text, a failed validation what somebody typed. Extras of a
    record are printed when they are identifiers, numbers or single words.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        chain = list(_chain(record.exc_info[1])) if record.exc_info else []
        record = logging.makeLogRecord(record.__dict__)
        # Another handler may have printed this record before us, with contents, and left its text behind.
        record.exc_text = None
        record.msg, record.args = _without(_message(record), chain), ()
        text = super().format(record)
        extras = " ".join(f"{name}={value}" for name, value in _identifiers(record))
        head, line, rest = text.partition("\n")
        return f"{head} {extras}{line}{rest}" if extras else text

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the name is of the standard library
        return "\n".join(_frames(error, error.__traceback__) for error in reversed(list(_chain(ei[1]))))


def _message(record: logging.LogRecord) -> str:
    args = record.args
    if isinstance(args, tuple):
        record.args = tuple(_class_name(arg) for arg in args)
    elif isinstance(args, dict):
        record.args = {name: _class_name(arg) for name, arg in args.items()}
    return record.getMessage()


def _class_name(value: Any) -> Any:
    return type(value).__qualname__ if isinstance(value, BaseException) else value


def _without(message: str, chain: list[BaseException]) -> str:
    for error in chain:
        for text in (repr(error), str(error)):
            if text:
                message = message.replace(text, type(error).__qualname__)
    return message


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _frames(error: BaseException, where: TracebackType | None) -> str:
    lines = "".join(traceback.format_tb(where))
    return f"{lines}{type(error).__module__}.{type(error).__qualname__}"


def _identifiers(record: logging.LogRecord) -> Iterator[tuple[str, object]]:
    for name, value in record.__dict__.items():
        if name in _STANDARD:
            continue
        if isinstance(value, UUID | int) or (isinstance(value, str) and _WORD.fullmatch(value)):
            yield name, value
