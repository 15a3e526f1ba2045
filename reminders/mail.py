"""The only code that sends mail. Every message is the same line and the same link: no name, no reason, no date.

It is the same for everybody, whatever language she reads the pages in: one message beside another says nothing either.
A link that opens a way in is the only thing that differs, and it says nothing to who reads it.
"""

from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from reminders.dispatch import AddressRefused, Message
from reminders.links import Letter


def send(message: Message) -> None:
    """Tell one member that there is work. Raises AddressRefused for this address, or what the server raises."""
    with translation.override(settings.LANGUAGE_CODE):
        mail = EmailMessage(
            subject=_("There is work for you"),
            body=render_to_string("mail/work.txt", {"link": settings.SITE_ORIGIN}),
            to=[message.recipient.email],
            # The same for a repeat after a crash, so that mail server and mailbox can show it once.
            headers={"Message-ID": f"<{message.number}@{urlsplit(settings.SITE_ORIGIN).hostname}>"},
        )
    try:
        mail.send()
    except SMTPRecipientsRefused as refusal:
        raise AddressRefused from refusal


def tell(recipient: User) -> None:
    """Send that line to somebody for whom no reminder was raised, such as a duty desk. Raises as `send` does."""
    send(Message(recipient, uuid4()))


def post(letter: Letter) -> None:
    """Send a link, or the word that somebody's way of signing in was changed. Raises what the server raises."""
    path = reverse(letter.page, args=[letter.token]) if letter.page else ""
    with translation.override(settings.LANGUAGE_CODE):
        subjects = {
            "invitation": _("You can start"),
            "readmission": _("Signing in again"),
            "changed": _("How you sign in was changed"),
        }
        mail = EmailMessage(
            subject=subjects[letter.kind],
            body=render_to_string(f"mail/{letter.kind}.txt", {"link": settings.SITE_ORIGIN + path}),
            to=[letter.to],
        )
    mail.send()
