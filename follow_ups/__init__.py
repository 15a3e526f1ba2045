"""What is owed when: follow-up rows, what is due, reminders and the outbox. Rows only; nothing is sent from here."""
