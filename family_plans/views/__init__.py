"""The pages of the family plan."""
