"""Some promises are about how often: they have a short form in every run, and their full figure with `make proof`."""

import os
from typing import TypeVar

T = TypeVar("T")

LONG = bool(os.environ.get("LONG"))


def long_or_short(long: T, short: T) -> T:
    return long if LONG else short
