"""A real browser against a real server: `visit` opens one address and checks it the way every page is checked."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

PHONE, DESK = 390, 1280
# Playwright runs its own loop; Django would refuse the database in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let these tests, and only these, reach the server they start themselves."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"]))


@pytest.fixture(scope="session")
def browser(django_db_setup) -> Iterator[Browser]:
    migrated = connection._test_serialized_contents
    with sync_playwright() as playwright:
        # In Playwright's loop Django has a connection of its own: it must know too what migrations put in the database.
        connection._test_serialized_contents = migrated
        # The papers are made with the bundled fonts only; a browser that finds no other font stops.
        variables = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        yield playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"], env=variables
        )


@pytest.fixture
def visit(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open an address: `visit("/gezinnen/", signed_in=client, width=PHONE, dark=True, script=False)`.

    The test fails when the page asked anything of another site, broke the content policy, or is wider than the screen.
    """
    opened, wrong = [], []

    def watched(page: Page) -> Page:
        page.on("request", lambda request: wrong.append(f"asked {request.url}") if _elsewhere(request.url) else None)
        page.on("console", lambda message: wrong.append(message.text) if "Content Security" in message.text else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    def _elsewhere(url: str) -> bool:
        return not url.startswith((live_server.url, "data:", "blob:"))

    def go(
        path: str, *, signed_in: Client | None = None, width: int = DESK, dark: bool = False, script: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            locale="nl-NL",
        )
        opened.append(context)
        if signed_in:
            cookies = [
                {"name": name, "value": c.value, "url": live_server.url} for name, c in signed_in.cookies.items()
            ]
            context.add_cookies(cookies)
        page = watched(context.new_page())
        page.goto(live_server.url + path)
        if script and page.evaluate("document.documentElement.scrollWidth") > width:
            wrong.append(f"{path} is wider than {width} pixels")
        return page

    yield go
    for context in opened:
        context.close()
    assert wrong == []
