"""Members, leavers, teams, settings, code lists, texts."""
