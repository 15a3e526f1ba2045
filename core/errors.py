"""How the domain refuses. `core.middleware.DomainErrors` turns these into pages; views do not catch them."""

from typing import Protocol


class SupportsUrl(Protocol):
    def get_absolute_url(self) -> str: ...


class DomainError(Exception):
    """Refused for a reason the user may read: `str(error)` is shown as it is, so it is translated and holds no name."""


class NotAllowed(DomainError):
    """The user may see the object but not do this to it."""


class WrongState(DomainError):
    """The object has moved on: a stale page, a double click, a colleague who was faster.

    `about` is where the user is taken to, to see the current state.
    """

    def __init__(self, reason: str, *, about: SupportsUrl) -> None:
        super().__init__(reason)
        self.about = about
