import asyncio
from types import SimpleNamespace

from ops.mail_sink import Sink


def test_a_mail_is_kept_and_told_on_one_line(tmp_path, capsys):
    envelope = SimpleNamespace(
        original_content=b"Subject: =?utf-8?q?E=C3=A9n?=\r\n\r\nBody", rcpt_tos=["a@vinger.example"]
    )

    answer = asyncio.run(Sink(tmp_path).handle_DATA(None, None, envelope))

    assert answer.startswith("250")
    assert next(tmp_path.iterdir()).read_bytes().endswith(b"Body")
    assert "a@vinger.example: Eén" in capsys.readouterr().out
