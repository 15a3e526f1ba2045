"""What a page costs, against a page that does nothing. `make bench` runs this; nothing else imports it."""
