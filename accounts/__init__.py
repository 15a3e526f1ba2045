"""People who sign in: users, memberships, roles, drafts, the second factor."""
