"""The user's wishes and document, from the command line to the wire and into what is drawn."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from tests.integration.endpoints.wire_server import answer, wire_server
from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import RenderError
from writetex_desktop.core.reading.macros import definitions_for, macros_in

SAMPLE = resource_dir() / "samples" / "01-quadratic.png"
MACROS = macros_in(r"\newcommand{\vect}[1]{\bm{#1}}")


async def test_a_reading_by_command_line_sends_the_wishes_and_draws_the_commands(tmp_path: Path) -> None:
    paper = tmp_path / "my-private-paper.tex"
    paper.write_text("\\newcommand{\\vect}[1]{\\bm{#1}}\\begin{document}Last words.\\end{document}", "utf-8")
    async with wire_server(answer(("\\vect", "{x}"))) as wire:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "writetex_desktop", "recognize", str(SAMPLE), "--format", "mathml"),
            *("--instructions", "Write all vectors so.", "--context", str(paper), "--engine", "endpoint"),
            *("--base-url", wire.base_url, "--model", "m"),
            env={
                **os.environ,
                **{f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "DATA", "STATE", "CACHE")},
                "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
                "WRITETEX_API_KEY": "sk-a-key-of-a-test",
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        output, said = await process.communicate()
        (request,) = wire.requests
    assert (process.returncode, said) == (0, b"")
    assert any(0x1D468 <= ord(sign) <= 0x1D49B for sign in output.decode()), "a letter is bold and slanted"
    prompt = json.dumps(request.body).replace("\\\\", "\\")
    assert "Write all vectors so." in prompt
    assert "\\newcommand{\\vect}[1]{\\bm{#1}}" in prompt
    assert "Last words." in prompt
    assert "my-private-paper" not in prompt


async def test_a_drawing_knows_the_commands_and_places_faults_in_the_users_own_source() -> None:
    renderer = MathJaxRenderer(resource_dir(), definitions=lambda latex: definitions_for(latex, MACROS))
    try:
        assert await renderer.render(r"\vect{x}") == await renderer.render(r"\bm{x}")
        with pytest.raises(RenderError) as failure:
            await renderer.render(r"\vect{x} + \nothing")
        assert failure.value.position == 11
        assert (await renderer.render(r"\vect{x} + \frac{1", repair=True)).repaired
    finally:
        renderer.close()
