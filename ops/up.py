"""`make run`: own servers unless addresses were given, everything brought up to date, then web, worker, beat and mail.

One ends, all end, and it is said which. What was started here is gone afterwards, whatever ended it.
"""

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ops import demonstration, environment, kept
from ops.children import Children, bind_to_parent, end_strays, say
from ops.embedded import Servers, dying_with_parent, servers, stop_on
from ops.kept import ROOT, VAR

_SECONDS_TO_ANSWER = 90


def main() -> None:
    stop_on(signal.SIGTERM, signal.SIGHUP)
    bind_to_parent()
    try:
        code = run()
    except KeyboardInterrupt:
        code = 130
    finally:
        end_strays()
    if code == 130:
        say("\nStopped. The data is kept in var/.")
    sys.exit(code)


def run() -> int:
    """Run until Ctrl-C or until a program ends. Returns the exit code."""
    VAR.mkdir(exist_ok=True)
    began = time.monotonic()
    with alone(VAR / "run.lock"), bound(wanted_port(os.environ)) as web, bound(0) as mail, servers() as found:
        say(f"3/7 database and broker ({time.monotonic() - began:.1f} s)")
        shared = environment.for_demonstration(
            os.environ,
            secrets=kept.application_secrets(),
            redis_url=found.redis_url,
            broker_url=found.broker_url,
            port=web.getsockname()[1],
            mail_port=mail.getsockname()[1],
        )
        owner = shared | {"DATABASE_URL": found.logins.owner}
        if (code := prepare(owner)) != 0:
            return code
        with demonstration.known(owner):
            return serve(found, shared, web, mail)


def prepare(owner: Mapping[str, str]) -> int:
    """Bring the database up to date in a process that stops when this one does."""
    command = [*dying_with_parent("TERM"), sys.executable, "-m", "ops.prepare"]
    done = subprocess.run(command, env=dict(owner), cwd=ROOT, check=False)
    if done.returncode:
        say("Preparing failed, see above; nothing is left running.")
    return done.returncode


def serve(found: Servers, shared: Mapping[str, str], web: socket.socket, mail: socket.socket) -> int:
    """Start the programs, print how to sign in once the first page answers, and stop all when one ends."""
    children = Children(VAR / "log")
    for server in found.started:
        children.watch(server)
    try:
        began = time.monotonic()
        start(children, found, shared, web, mail)
        # Asked for while the web process starts: it takes as long, and the codes in it live for thirty seconds.
        sign_ins = demonstration.ask_sign_ins(found.logins.owner, shared)
        port = web.getsockname()[1]
        ended = children.wait(until=answers(port, deadline=began + _SECONDS_TO_ANSWER))
        if ended is None:
            logins, _ = sign_ins.communicate()
            if sign_ins.returncode:
                say("The demo sign-ins could not be read, see above.")
                return 1
            say(f"7/7 web, worker, beat and mail ({time.monotonic() - began:.1f} s)")
            say(welcome(port, logins.decode()))
            ended = children.wait()
        say(f"\n{ended}")
        return 1
    except TimeoutError:
        say(f"The web process did not answer within {_SECONDS_TO_ANSWER} seconds. See {VAR / 'log' / 'web.log'}")
        return 1
    finally:
        # From here on everything stops anyway; a second Ctrl-C would only leave it half done.
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        children.stop()


def start(
    children: Children, found: Servers, shared: Mapping[str, str], web: socket.socket, mail: socket.socket
) -> None:
    """Start the four programs, each with the database login of its own."""
    as_web = {**shared, "DATABASE_URL": found.logins.web}
    as_worker = {**shared, "DATABASE_URL": found.logins.worker}
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "-A", "config"]
    mail.listen()
    programs = {
        "mail": ([*python, "ops.mail_sink", str(mail.fileno()), str(VAR / "mail")], shared, [mail.fileno()]),
        "worker": ([*celery, "worker", "-c", "1", "--without-mingle", "--without-gossip"], as_worker, []),
        "beat": ([*celery, "beat", "--schedule", str(VAR / "beat"), "--pidfile="], as_worker, []),
        "web": ([*python, "gunicorn", *gunicorn_options(web.fileno()), "config.wsgi"], as_web, [web.fileno()]),
    }
    for name, (command, variables, sockets) in programs.items():
        children.start(name, command, environment=variables, cwd=ROOT, pass_fds=sockets)


def gunicorn_options(descriptor: int) -> list[str]:
    """Two processes with four threads, on a socket that was bound before: nobody can take the port in between."""
    options = ["--bind", f"fd://{descriptor}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    return [*options, "--graceful-timeout", "3", "--preload", "--no-control-socket", "--log-level", "warning"]


def answers(port: int, *, deadline: float) -> Callable[[], bool]:
    """Return a question to repeat: does the first page answer? Raises TimeoutError after the deadline."""

    def asked() -> bool:
        if time.monotonic() > deadline:
            raise TimeoutError
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            return connection.getresponse().status > 0
        return False

    return asked


def welcome(port: int, sign_ins: str) -> str:
    """Return the last thing printed: where, as whom, and how to go on."""
    return (
        f"\nVinger aan de Pols is running:  http://localhost:{port}/\n\n{sign_ins.strip(chr(10))}\n\n"
        "Mail that goes out: var/mail/   What the programs say: var/log/   Stop: Ctrl-C\n"
    )


def wanted_port(shell: Mapping[str, str]) -> int:
    """Return PORT, 8000 unless it is set."""
    text = shell.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not {text}.")
    return int(text)


@contextlib.contextmanager
def bound(port: int) -> Iterator[socket.socket]:
    """Take a port of this machine itself, before any work is done. Nothing is answered on it yet."""
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            taken.bind(("127.0.0.1", port))
        except PermissionError:
            sys.exit(f"This user may not open port {port}: try PORT=8001 make run")
        except OSError:
            sys.exit(f"Port {port} is in use by another program: try PORT={port % 60000 + 1} make run")
        yield taken


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Refuse a second run in this checkout: both would write to one database folder."""
    try:
        lock = path.open("a")
    except PermissionError:
        sys.exit(f"{path.parent} belongs to another user: start as that user, or remove it with `make clean DATA=yes`.")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("`make run` is running in this checkout already: stop that one first, or use its address.")
        yield


if __name__ == "__main__":
    main()
