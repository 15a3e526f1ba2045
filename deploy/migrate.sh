#!/bin/sh
# Runs once per start, with the owner's login, before anything serves.
set -eu
python manage.py migrate --noinput
python manage.py load_reference_data
