"""One family, one plan: domains, goals, actions, help lines, stagnations."""
