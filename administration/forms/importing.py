from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from administration.importing import KINDS, Row, Unreadable, rows_of
from core.forms import Choices, Form
from core.uploads import LARGEST


class Import(Form):
    kind = forms.ChoiceField(label=_("What is in the file?"), choices=list(KINDS.items()), widget=Choices)
    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("At most 1 MB. It is read, and kept nowhere."),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
    only_look = forms.BooleanField(label=_("Only look what is wrong, and bring in nothing yet"), required=False)

    rows: list[Row]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("This file is larger than 1 MB. Make two of it."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.rows = rows_of(cleaned["kind"], cleaned["file"].read())
            except Unreadable as problem:
                self.add_error("file", str(problem))
        return cleaned
