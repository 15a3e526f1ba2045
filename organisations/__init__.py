"""What everything stands on: municipalities, regions, organisation kinds, organisations, teams and code lists. Its pages are higher up."""
