"""The sweep, escalation, digest and mail: turns follow-ups into messages."""
