"""Departure and its checklist, the warm handover, moves, watchers."""
