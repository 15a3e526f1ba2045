"""Where is counted: municipalities, the Veilig Thuis regions they lie in, and the country."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from organisations.models import Municipality

NATION = "NL"
MUNICIPALITY = "municipality"
REGION = "region"
COUNTRY = "country"


@dataclass(frozen=True)
class Area:
    """A place for which something is published. `members` are the codes of the municipalities in it."""

    code: str
    level: str
    name: str
    members: frozenset[str]
    # The region a municipality lies in; empty for the others.
    region: str = ""


@dataclass(frozen=True)
class Geography:
    """Which municipality lies in which region. A municipality without a region is a region of its own."""

    region_of: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def read(cls) -> "Geography":
        """Read it from the reference data. Two queries."""
        rows = Municipality.objects.select_related("veilig_thuis_region").order_by("code")
        region_of: dict[str, str] = {}
        names: dict[str, str] = {NATION: "Nederland"}
        for row in rows:
            region = row.veilig_thuis_region
            region_of[row.code] = f"VT-{region.name}" if region else f"VT-{row.code}"
            names[row.code] = row.name
            names[region_of[row.code]] = region.name if region else row.name
        return cls(region_of, names)

    def region(self, municipality: str) -> str:
        return self.region_of.get(municipality, f"VT-{municipality}")

    def name(self, code: str) -> str:
        return self.names.get(code, code)

    def distance(self, one: str, other: str) -> str:
        """Say how far apart two municipalities are: own, region, other, or unknown when one is not known."""
        if not one or not other:
            return "unknown"
        if one == other:
            return "own"
        return "region" if self.region(one) == self.region(other) else "other"

    def areas_of(self, municipality: str, groups: Mapping[str, str]) -> Iterable[str]:
        """Yield the codes of the areas in which something of this municipality counts."""
        yield NATION
        yield self.region(municipality)
        if municipality in groups:
            yield groups[municipality]
