"""A process with the application loaded, which forks worker, beat and timer from itself when it is told to.

They are processes of their own, on the real settings and the worker's own login, to be killed one by one. Starting
Python afresh for each would take longer than the faults.

    worker LOG | beat LOG FILE | timer LOG          one line each on its input; it answers with the process number
"""

import ctypes
import os
import signal
import sys

import django

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def main() -> None:
    django.setup()
    # Whoever dies is gone at once: nobody here waits for a number.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        part, log, *words = line.split()
        if not (pid := os.fork()):
            _become(part, log, words)
        print(pid, flush=True)


def _become(part: str, log: str, words: list[str]) -> None:
    os.setsid()
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    messages = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(messages, 1)
    os.dup2(messages, 2)
    code = 1
    try:
        if part == "timer":
            from django.core.management import call_command

            call_command("send_reminders")
        else:
            from chaos.beat import app

            options = {
                "worker": ["worker", "-c", "1", "--without-mingle", "--without-gossip"],
                "beat": ["beat", "--pidfile=", "--schedule", *words],
            }
            app.start(argv=["--quiet", *options[part]])
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
