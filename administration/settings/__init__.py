"""Everything an administrator may change without code, by its slug."""

from administration.settings.base import Place, Setting, places_of
from administration.settings.dated import ContactPoints, Ladder, Norms, Retention, Terms
from administration.settings.lists import Codes, Organisations, ReferralIndex, Rhythms
from administration.settings.texts import Passages
from organisations.models import CodeList

__all__ = ["Place", "Setting", "find", "places_of", "settings"]

_FIXED: tuple[Setting, ...] = (
    ContactPoints(),
    Organisations(),
    Norms(),
    Ladder(),
    Rhythms(),
    ReferralIndex(),
    Terms(),
    Retention(),
    Passages(),
)
_LIST = "lijst-"


def settings() -> list[Setting]:
    """Return all settings, those of one's own municipality first and the lists of choices last."""
    return [*_FIXED, *(Codes(one) for one in CodeList.objects.order_by("title_nl", "pk"))]


def find(slug: str) -> Setting | None:
    """Return the setting with this slug, or None."""
    fixed = next((one for one in _FIXED if one.slug == slug), None)
    if fixed is not None or not slug.startswith(_LIST):
        return fixed
    code_list = CodeList.objects.filter(slug=slug.removeprefix(_LIST)).first()
    return Codes(code_list) if code_list else None
