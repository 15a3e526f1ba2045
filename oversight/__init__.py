"""The audit pages, break-glass review, retention approvals."""
