"""The only code that sends mail. Every message is the same line and the same link: no name, no reason, no date."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User


def send(recipient: User) -> None:
    """Tell one member that there is work. Raises what the mail server raises; nothing is retried here."""
    with translation.override(recipient.language):
        EmailMessage(
            subject=_("There is work for you"),
            body=render_to_string("mail/work.txt", {"link": settings.SITE_ORIGIN}),
            to=[recipient.email],
        ).send()
