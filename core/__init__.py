"""No domain words here: errors, middleware, base types, the encrypted field, working days, papers and template tags."""
