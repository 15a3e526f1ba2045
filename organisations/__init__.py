"""What everything stands on: municipalities, organisations and lists of choices. The pages are higher up."""
