"""The server of second starts on the loop that the program runs on: Qt's, through qasync."""

import asyncio
from pathlib import Path

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from writetex_desktop.native.instance.client import forward
from writetex_desktop.native.instance.protocol import Reply, Request, Verb
from writetex_desktop.native.instance.server import InstanceServer, claim

pytestmark = pytest.mark.gui


def test_a_second_start_is_heard_on_qt_s_loop(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "run" / "instance"
    heard: list[Request] = []

    async def main() -> list[Reply | None]:
        claimed = claim(str(path))
        assert claimed is not None
        server = InstanceServer(claimed, heard.append)
        await server.start()
        requests = [Request(Verb.SNIP, delay_s=3.0), Request(Verb.SHOW)]
        replies = [await asyncio.to_thread(forward, request, str(path)) for request in requests]
        await server.close()
        return replies

    with qasync.QEventLoop(qapp) as loop:
        replies = loop.run_until_complete(main())
    assert replies == [Reply(ok=True), Reply(ok=True)]
    assert heard == [Request(Verb.SNIP, delay_s=3.0), Request(Verb.SHOW)]
