"""What the requirements of security ask at their full figure, apart from the suite. Writes proof/security.json."""
