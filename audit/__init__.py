"""Who did or read what. One table, one writer (`audit.record`), nobody below it."""
