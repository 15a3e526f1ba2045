"""Short ways to ask about a file, for the tests of what is written in it."""

from django.urls import reverse

from cases import operations
from tests.factories import NOW

DAY = NOW.date()


def url(name, of):
    return reverse(f"cases:{name}", args=[of.pk])


def text(response):
    return response.content.decode()


def reachable(**answers):
    return operations.Reachable(**{"may_call": "yes", "may_text": "no", "may_mail": "no", **answers})
