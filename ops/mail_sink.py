"""A mail server that delivers to nobody: each mail becomes a file in var/mail/ and one line on the screen.

python -m ops.mail_sink 5 var/mail       on the socket that was handed over as file descriptor 5
"""

import asyncio
import email
import email.policy
import signal
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Accepts every mail and keeps it. File names sort by time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's name
        content = envelope.original_content or b""
        self.count += 1
        moment = datetime.now(tz=UTC).strftime("%Y%m%d-%H%M%S")  # noqa: TID251  the clock of a file name
        path = self.folder / f"{moment}-{self.count:04}.eml"
        path.write_bytes(content)
        subject = email.message_from_bytes(content, policy=email.policy.default)["Subject"]
        print(f"to {', '.join(envelope.rcpt_tos)}: {subject}  ({self.folder.name}/{path.name})", flush=True)
        return "250 Kept"


async def serve(listener: socket.socket, folder: Path) -> None:
    """Receive mail until told to stop."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    loop = asyncio.get_running_loop()
    sink = Sink(folder)
    server = await loop.create_server(lambda: SMTP(sink, enable_SMTPUTF8=True, hostname="localhost"), sock=listener)
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    async with server:
        await stop.wait()


def main() -> None:
    listener = socket.socket(fileno=int(sys.argv[1]))
    asyncio.run(serve(listener, Path(sys.argv[2])))


if __name__ == "__main__":
    main()
