"""Families: trajectories, persons, parental authority, and later grounds, shares and regisseur periods."""
