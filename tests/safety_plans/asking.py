"""Opening a page and sending a form, for the tests of the pages."""

from django.urls import reverse


def page(browser, name, *arguments):
    return browser.get(reverse(f"safety_plans:{name}", args=arguments)).content.decode()


def send(browser, name, *arguments, **answers):
    return browser.post(reverse(f"safety_plans:{name}", args=arguments), answers, follow=True)
