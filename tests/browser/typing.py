"""Fill in a form as somebody would who reads it: by the name of each question, whatever kind of field it is."""

from playwright.sync_api import Page


def answer(page: Page, **answers: object) -> None:
    """Fill in each field by its name. True ticks a box; a choice is made by its value, or by its words in a list."""
    for name, value in answers.items():
        field = page.locator(f'main [name="{name}"]:not([type=hidden])')
        page.wait_for_load_state()
        assert field.count(), f"there is no question {name} on {page.url}"
        kind = field.first.evaluate("field => field.tagName === 'SELECT' ? 'select' : field.type")
        if kind == "radio":
            page.check(f'main [name="{name}"][value="{value}"]', force=True)
        elif kind == "checkbox" and value is True:
            field.first.check(force=True)
        elif kind == "checkbox":
            page.check(f'main [name="{name}"][value="{value}"]', force=True)
        elif kind == "select":
            _choose(field.first, str(value))
        else:
            field.first.fill(str(value))


def _choose(field, words: str) -> None:
    values = field.evaluate("field => Array.from(field.options).map(option => [option.value, option.text])")
    chosen = [value for value, text in values if words in (value, text)] or [
        value for value, text in values if words in text
    ]
    assert chosen, f"{words} is not among {values}"
    field.select_option(chosen[0])


def press(page: Page, selector: str) -> None:
    """Click, and wait until the page this leads to is there in full: its address changes before its words arrive."""
    page.click(selector)
    page.wait_for_load_state()


def send(page: Page, button: str = "") -> None:
    """Press the button of the form, the one with these words if there are more, and expect it to be accepted."""
    chosen = page.locator(f'main form button[type=submit]:has-text("{button}")') if button else None
    (chosen or page.locator("main form.vp-form button[type=submit]")).first.click()
    page.wait_for_load_state()
    faults = page.locator(".vp-errors")
    assert not faults.count(), f"{page.url}: {faults.first.inner_text()}"
