from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import Form, SensitiveText, SensitiveTextarea


class WriteKnowledge(Form):
    """What a page says. It is about nobody, so places in it are meant: nothing is searched for."""

    title = forms.CharField(label=_("Title"), max_length=120, widget=SensitiveText(scanned=False))
    signs = forms.CharField(
        label=_("What to look for"),
        widget=SensitiveTextarea(attrs={"rows": 6}, scanned=False),
        help_text=_("One sign on each line."),
    )
    what_to_do = forms.CharField(
        label=_("What to do"),
        widget=SensitiveTextarea(attrs={"rows": 6}, scanned=False),
        help_text=_("One step on each line."),
    )
    what_to_say = forms.CharField(
        label=_("What you can say"), required=False, widget=SensitiveTextarea(attrs={"rows": 4}, scanned=False)
    )
    sources = forms.CharField(
        label=_("Sources"), required=False, widget=SensitiveTextarea(attrs={"rows": 3}, scanned=False)
    )
