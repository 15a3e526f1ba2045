"""What a password must be, said in the words of the screen."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """The framework says it in a sentence that has no Dutch translation."""

    def get_error_message(self) -> str:
        return _("Take at least %(count)s characters.") % {"count": self.min_length}
