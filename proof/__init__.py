"""Proof: what the requirements of security ask at their full figure, run apart from the suite. Writes proof/security.json."""
