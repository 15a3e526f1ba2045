import secrets

# Without letters and digits that are mistaken for each other over the telephone.
_ALPHABET = "ABCDEFGHJKMNPQRTUVWXY346789"


def new_number(kind: str) -> str:
    """Return a number that says nothing: not how many there are, not about whom this one is."""
    return f"{kind}-" + "".join(secrets.choice(_ALPHABET) for _n in range(8))
