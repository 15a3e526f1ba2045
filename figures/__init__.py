"""Counting, frozen releases, disclosure control. No pages."""
