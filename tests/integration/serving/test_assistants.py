"""`writetex mcp` as a process, asked by the protocol's own client."""

import base64
import os
import sys
from pathlib import Path

from mcp import Client, StdioServerParameters

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "resources" / "samples" / "01-quadratic.png"


def program(home: Path) -> StdioServerParameters:
    folders = {f"XDG_{name}_HOME": str(home / name) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    return StdioServerParameters(
        command=sys.executable,
        args=["-m", "writetex_desktop", "mcp", "--offline"],
        env={
            "PATH": os.environ["PATH"],
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "XDG_RUNTIME_DIR": str(home),
            **folders,
        },
        cwd=ROOT,
    )


async def test_an_assistant_reads_converts_and_is_told_what_is_wrong(tmp_path: Path) -> None:
    async with Client(program(tmp_path)) as client:
        tools = {tool.name for tool in (await client.list_tools()).tools}
        assert tools == {"recognize", "convert", "snip"}

        packed = base64.b64encode(SAMPLE.read_bytes()).decode()
        for wish in ({"path": str(SAMPLE)}, {"image": packed, "format": "raw"}):
            read = await client.call_tool("recognize", wish)
            assert not read.is_error
            assert "\\frac" in str(read.content)

        converted = await client.call_tool("convert", {"latex": "x^2", "to": "typst"})
        assert not converted.is_error
        assert "x^2" in str(converted.content)

        for tool, wish, said in (
            ("recognize", {"path": str(tmp_path / "none.png")}, "Check the name"),
            ("recognize", {"image": "https://example.org/a.png"}, "Send the picture itself"),
            ("convert", {"latex": "x", "to": "wordstar"}, "Use one of"),
            ("snip", {}, "Start `writetex`"),
        ):
            failed = await client.call_tool(tool, wish)
            assert failed.is_error
            assert said in str(failed.content)
