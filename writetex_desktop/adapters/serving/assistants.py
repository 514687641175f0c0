"""Tools for assistants that write: the Model Context Protocol over standard input and output, by `mcp`.

Source: https://modelcontextprotocol.io/specification. Standard output belongs to the protocol.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from writetex_desktop import __version__
from writetex_desktop.core.batches.record import as_record
from writetex_desktop.core.errors import WriteTexError
from writetex_desktop.core.serving.wishes import convert_wish, read_wish, snip_order
from writetex_desktop.services.output.importing import InputFormat
from writetex_desktop.services.serving.counter import Counter

_SOURCES = tuple(form.value for form in InputFormat)


def make_server(counter: Counter, read_file: Callable[[str], bytes]) -> MCPServer[Any]:
    """Make the server of the tools.

    Args:
        counter: Does what they do.
        read_file: Gives the bytes of a picture file; called on the event loop, for a file of this machine.
    """
    server: MCPServer[Any] = MCPServer("writetex", title="WriteTex", version=__version__, log_level="ERROR")

    # The docstrings are read by models, which know the tools by them.
    @server.tool()
    async def recognize(
        path: str = "",
        image: str = "",
        mode: str = "formula",
        format: str = "raw",  # noqa: A002 - the name for those who call it
        model: str = "",
    ) -> dict[str, Any]:
        """Read a formula, text, table or drawing in a picture, as LaTeX.

        Give the path of a picture file, or image as base64 or a data URL. mode is formula, text, table,
        tikz, chemistry, handwriting, auto; format is raw, display, typst, mathml or another form of output.
        """

        async def read() -> Mapping[str, Any]:
            fields = {"image": image, "mode": mode, "format": format, "model": model}
            return as_record(await counter.read(read_wish(fields, (read_file(path), path) if path else None)))

        return await _told(read)

    @server.tool()
    async def convert(latex: str, to: str, source_format: str = "latex") -> dict[str, Any]:
        """Convert a LaTeX formula to another form, such as mathml, typst, unicode, svg, speech or docx.

        source_format says what comes in, where it is not latex.
        """

        async def give() -> Mapping[str, Any]:
            fields = {"latex": latex, "to": to, "from": source_format}
            return await counter.convert(convert_wish(fields, _SOURCES))

        return await _told(give)

    @server.tool()
    async def snip(format: str = "raw") -> dict[str, Any]:  # noqa: A002 - as above
        """Ask the user to draw a box around a formula on the screen, and read it.

        It takes as long as the user does; WriteTex Desktop has to run.
        """

        async def draw() -> Mapping[str, Any]:
            return await counter.snip(snip_order({"format": format}))

        return await _told(draw)

    return server


async def _told(work: Callable[[], Awaitable[Mapping[str, Any]]]) -> dict[str, Any]:
    """Do something, and have the assistant told what went wrong and what to do.

    Raises:
        ToolError: It failed.
    """
    try:
        return dict(await work())
    except WriteTexError as error:
        raise ToolError(f"{error.message} {error.remedy.text}".rstrip()) from error
