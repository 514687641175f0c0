"""`writetex recognize --batch-api` and `writetex batches` as processes, with a batch service on loopback."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.command import run, start
from tests.fakes import usual_reply
from tests.integration.batches.batch_server import KEY, BatchServer, batch_server
from writetex_desktop.adapters.storage.settings_file import SettingsFile
from writetex_desktop.core.batches.wire import RemoteState
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.settings import Settings

SAMPLES = sorted(Path(__file__).parents[3].joinpath("resources/samples").glob("*.png"))[:3]


@asynccontextmanager
async def provider(home: Path) -> AsyncIterator[BatchServer]:
    """Run a server that the user's own catalogue says to have a batch service at half the price."""
    async with batch_server() as server:
        catalogue = home / "CONFIG" / "writetex-desktop" / "providers.toml"
        catalogue.parent.mkdir(parents=True)
        catalogue.write_text(
            f"""
            version = 1
            [[provider]]
            id = "mine"
            name = "Mine"
            kind = "local"
            port = {server.wire.port}
            models = [{{ id = "m", name = "M", price = {{ input = 1, output = 10, currency = "USD" }} }}]
            [provider.batch]
            price_share = 0.5
            most_requests = 2
            """
        )
        yield server


async def writetex(home: Path, *arguments: str) -> tuple[int, str, str]:
    return await run(home, *arguments, key=KEY)


def kept(home: Path) -> str:
    """All that the program keeps of what was handed in."""
    return "".join(
        file.read_text("utf-8") for file in (home / "DATA").rglob("submissions/**/*") if file.is_file()
    )


async def test_pictures_are_handed_in_followed_and_merged_into_one_file(
    tmp_path: Path,
) -> None:
    output = tmp_path / "out.jsonl"
    async with provider(tmp_path) as server:
        at = ("--base-url", server.wire.base_url, "--model", "m")
        command = ("recognize", *map(str, SAMPLES), "--batch-api", "-o", str(output), *at)
        server.holds = True
        killed = await start(tmp_path, *command, key=KEY)
        await asyncio.wait_for(server.begun.wait(), 30)
        killed.kill()
        await killed.communicate()
        assert KEY not in kept(tmp_path)
        assert [sample.name in kept(tmp_path) for sample in SAMPLES] == [True, True, False]

        server.holds = False
        status, printed, said = await writetex(tmp_path, *command)
        assert (status, printed) == (0, "")
        assert "3 pictures through the batch service: ≈ $" in said
        assert "2 pictures had been read or handed in before.\n1 picture handed in as " in said

        def one_fails(request: dict[str, object]) -> dict[str, object] | None:
            is_first = str(request["custom_id"]).endswith("-0")
            return {"error": {"code": "batch_expired"}} if is_first else usual_reply(request)

        server.mind.finish("batch-0", RemoteState.EXPIRED, one_fails)
        server.mind.finish("batch-1")
        status, printed, said = await writetex(tmp_path, "batches", "--json", *at)
        told = [json.loads(line) for line in printed.splitlines()]
        assert [(each["state"], each["answered"], each["fetched"]) for each in told] == [
            ("expired", 2, True),
            ("completed", 1, True),
        ]
        assert len(server.mind.batches) == 2, "what the provider had begun is not begun twice"
        found = {record["file"]: record for record in map(json.loads, output.read_text().splitlines())}
        assert [found[str(sample)]["status"] for sample in SAMPLES] == ["failed", "done", "done"]
        assert found[str(SAMPLES[1])]["latex"] == "x^2"
        assert found[str(SAMPLES[1])]["cost"]["amount"] == "0.00025"
        assert kept(tmp_path) == ""
        spent = json.loads((tmp_path / "DATA/writetex-desktop/spending.json").read_text())["expenses"]
        assert [(each["requests"], each["cost"]["amount"]) for each in spent] == [(2, "0.00050")]

        server.begun.clear()
        # The same command hands in what failed, and waits for it.
        again = await start(tmp_path, *command, "--wait", key=KEY)
        await asyncio.wait_for(server.begun.wait(), 30)
        server.mind.finish("batch-2")
        _, last = await again.communicate()
        assert again.returncode == 0, last.decode()
        assert "2 pictures had been read or handed in before." in last.decode()
    records = [json.loads(line) for line in output.read_text().splitlines()]
    assert sorted(record["file"] for record in records) == [str(sample) for sample in SAMPLES]
    assert {record["status"] for record in records} == {"done"}


def uploaded(server: BatchServer) -> list[str]:
    """The words beside the picture in each request of the files that the provider was sent."""
    requests = [json.loads(line) for file in server.mind.files.values() for line in file.splitlines()]
    contents = [request["body"]["messages"][-1]["content"] for request in requests]
    return ["".join(part.get("text", "") for part in content) for content in contents]


async def test_the_wishes_and_the_document_of_the_command_line_go_into_each_request(tmp_path: Path) -> None:
    paper = tmp_path / "my-private-paper.tex"
    paper.write_text("\\newcommand{\\vect}[1]{\\bm{#1}}\\begin{document}Last words.\\end{document}", "utf-8")
    wishes = ("--instructions", "Write all vectors so.", "--context", str(paper))
    async with provider(tmp_path) as server:
        at = ("--base-url", server.wire.base_url, "--model", "m")
        command = ("recognize", *map(str, SAMPLES), "--batch-api", "-o", str(tmp_path / "out.jsonl"), *at)
        status, _, said = await writetex(tmp_path, *command, *wishes)
        assert status == 0, said
        prompts = uploaded(server)
    assert len(prompts) == len(SAMPLES)
    for prompt in prompts:
        assert "Write all vectors so." in prompt
        assert "\\newcommand{\\vect}[1]{\\bm{#1}}" in prompt
        assert "Last words." in prompt
        assert "my-private-paper" not in prompt


async def test_answers_with_commands_of_the_document_are_drawn_when_they_are_fetched(tmp_path: Path) -> None:
    paper, output = tmp_path / "paper.tex", tmp_path / "out.jsonl"
    paper.write_text("\\newcommand{\\vect}[1]{\\bm{#1}}\\begin{document}", "utf-8")

    def with_command(request: dict[str, object]) -> dict[str, object]:
        answer = json.dumps(usual_reply(request)).replace("x^2", r"\\vect{x}")
        return dict(json.loads(answer))

    async with provider(tmp_path) as server:
        at = ("--base-url", server.wire.base_url, "--model", "m")
        command = ("recognize", str(SAMPLES[0]), "--batch-api", "-o", str(output), *at)
        status, _, said = await writetex(tmp_path, *command, "--format", "mathml", "--context", str(paper))
        assert status == 0, said
        server.mind.finish("batch-0", RemoteState.COMPLETED, with_command)
        status, _, said = await writetex(tmp_path, "batches", *at)
        assert status == 0, said
    (record,) = map(json.loads, output.read_text("utf-8").splitlines())
    assert record["status"] == "done", record
    assert "𝒙" in json.dumps(record, ensure_ascii=False)


async def test_the_wishes_of_the_settings_go_into_the_requests_of_their_mode(
    tmp_path: Path,
) -> None:
    settings = Settings(
        instructions="Write upright d.",
        mode_instructions=((Mode.TABLE, "Use booktabs."),),
        macros=r"\newcommand{\R}{\mathbb{R}}",
    )
    async with provider(tmp_path) as server:
        SettingsFile(tmp_path / "CONFIG" / "writetex-desktop" / "settings.json").update(lambda _: settings)
        at = ("--base-url", server.wire.base_url, "--model", "m")
        for mode in ("formula", "table"):
            here = ("recognize", str(SAMPLES[0]), "--mode", mode, *at)
            status, _, said = await writetex(
                tmp_path, *here, "--batch-api", "-o", str(tmp_path / f"{mode}.jsonl")
            )
            assert status == 0, said
        formula, table = uploaded(server)
    for prompt in (formula, table):
        assert "\\newcommand{\\R}{\\mathbb{R}}" in prompt
        assert "Write upright d." in prompt
    assert "Use booktabs." in table
    assert "Use booktabs." not in formula


async def test_a_document_that_is_gone_is_told_before_anything_is_uploaded(tmp_path: Path) -> None:
    async with provider(tmp_path) as server:
        at = ("--base-url", server.wire.base_url, "--model", "m", "--context", str(tmp_path / "gone.tex"))
        command = ("recognize", str(SAMPLES[0]), "--batch-api", "-o", str(tmp_path / "out.jsonl"), *at)
        status, _, said = await writetex(tmp_path, *command)
        assert (status, server.mind.files) == (1, {})
    assert "The document is no longer there. Choose it anew or switch it off" in said


async def test_a_server_without_a_batch_service_is_told_in_a_sentence(tmp_path: Path) -> None:
    command = ("recognize", str(SAMPLES[0]), "--batch-api", "--model", "m", "--base-url")
    status, _, said = await writetex(tmp_path, *command, "https://api.mistral.ai/v1", "-o", "x.jsonl")
    assert status == 1
    assert "api.mistral.ai has no batch service that this program knows of. Have the pictures read" in said


async def test_the_last_line_and_the_exit_status_say_what_became_of_the_pictures(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    async with provider(tmp_path) as server:
        at = ("--base-url", server.wire.base_url, "--model", "m")
        command = ("recognize", *map(str, SAMPLES[:2]), "--batch-api", "-o", str(output), *at)
        assert (await writetex(tmp_path, *command))[0] == 0
        server.mind.finish("batch-0")
        answers = server.mind.files["batch-0-output"]
        server.mind.files["batch-0-output"] = b"<html>Sign in</html>"
        status, _printed, said = await writetex(tmp_path, "batches", "--wait", *at)
        assert status == 1
        assert "cannot be read" in said.splitlines()[-1]
        assert "All that was handed in is fetched" not in said
        assert not server.mind.deleted

        server.mind.files["batch-0-output"] = answers.splitlines()[0]
        status, _printed, said = await writetex(tmp_path, "batches", "--wait", *at)
        assert status == 1
        assert said.splitlines()[-1] == "writetex: 1 of 2 pictures read, 1 failed; the output file says why."
    assert {json.loads(line)["status"] for line in output.read_text().splitlines()} == {"done", "failed"}
