"""What organisations agreed, know and ask of each other: agreements, evaluations, training, who to call. No pages."""
