"""Who may see and do what, in one place: policy, scoped querysets, the operation frame."""
