"""Faults on purpose, on real processes: what is due is raised once and told, whatever is killed, stopped or emptied.

    make chaos              the full figures, with a PostgreSQL and a Valkey of its own
    make chaos SHORT=1      a look, for CI

Each scenario says how many times what was done to what, and counts what was lost and what was doubled.
"""
