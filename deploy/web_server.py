"""How gunicorn runs in the container. Every worker checks at its start that it may serve (core.startup)."""

import os

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
worker_class = "gthread"
threads = 4
# A paper may take twenty seconds.
timeout = 30
graceful_timeout = 30
# Nothing of what a request asked for is written down: the audit log says who read what.
accesslog = None
errorlog = "-"
loglevel = "warning"
worker_tmp_dir = "/dev/shm"  # noqa: S108 -- heartbeat files, in memory
control_socket_disable = True
max_requests = 2000
max_requests_jitter = 200
