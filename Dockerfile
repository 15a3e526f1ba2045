# The image of web, worker, beat and migrations. BASE may be any Debian 12 with Python 3.11, for those who mirror images.
ARG BASE=docker.io/library/python:3.11-slim-bookworm

FROM ${BASE} AS packages
COPY requirements/production.txt /tmp/production.txt
# Hashes: what was reviewed is what gets installed. No compiler here: a package without a ready build stops the build.
RUN python3.11 -m venv /venv \
 && /venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --only-binary :all: --require-hashes \
    -r /tmp/production.txt

FROM ${BASE}
# Pango lays out the papers; harfbuzz-subset makes them twice as fast.
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 vinger \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin vinger \
 && install -d -o 10001 -g 10001 -m 0700 /outside /keys
COPY --from=packages /venv /venv
WORKDIR /app
COPY . /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    FONTCONFIG_FILE=/app/ops/fonts.conf \
    XDG_CACHE_HOME=/tmp
# The values exist for this one step and are refused at start-up.
RUN python -m ops.messages compile \
 && SECRET_KEY=build-only FIELD_KEYS=build-only ALLOWED_HOSTS=localhost SITE_ORIGIN=https://localhost \
    DATABASE_URL=postgresql://nobody@nowhere/none REDIS_URL=redis://nowhere EMAIL_URL=dummymail:// \
    MAIL_FROM=nobody@localhost \
    python manage.py collectstatic --noinput --verbosity 0 \
 && python -m compileall -q -j 0 /app /venv/lib > /dev/null
# Everything belongs to root: the process that serves cannot change what it runs.
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--config", "deploy/web_server.py"]
