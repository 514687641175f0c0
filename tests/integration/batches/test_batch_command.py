"""`writetex recognize` with many pictures, against a server on loopback."""

import asyncio
import json
import signal
from pathlib import Path

import pytest

from tests.command import KEY, run, start
from tests.integration.endpoints.wire_server import Reply, Wait, WireServer, delta, sse, wire_server
from writetex_desktop.adapters.storage.spending_file import SpendingFile, spending_path
from writetex_desktop.composition.batch_program import Listeners, Order, Wishes, recognize
from writetex_desktop.composition.endpoint_choice import EndpointChoice
from writetex_desktop.core.batches.batch import BatchItem, ItemState
from writetex_desktop.services.batches.sources import Wanted
from writetex_desktop.services.output.export import ExportOptions

COUNT = 24

SAMPLES = sorted(Path(__file__).parents[3].joinpath("resources/samples").glob("*.png"))[:4]
NO_MONEY = Reply(
    (b'{"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}',),
    "429 Too Many Requests",
    (("content-type", "application/json"),),
)


def answer(text: str) -> Reply:
    usage = {"choices": [], "usage": {"prompt_tokens": 300, "completion_tokens": 10, "total_tokens": 310}}
    return Reply(sse(delta(text), delta(finish="stop"), usage))


def arguments(wire: WireServer, output: Path) -> tuple[str, ...]:
    names = map(str, SAMPLES)
    return "recognize", *names, "-o", str(output), "--base-url", wire.base_url, "--model", "gpt-5-mini"


async def test_a_run_that_is_killed_interrupted_or_refused_is_gone_on_with_where_it_was(
    tmp_path: Path,
) -> None:
    output = tmp_path / "out.jsonl"
    async with wire_server(answer("a"), answer("b"), Reply((Wait(),))) as wire:
        killed = await start(tmp_path, *arguments(wire, output))
        await wire.waiting.wait()
        killed.kill()
        await killed.communicate()
        output.write_text(output.read_text("utf-8") + '{"file": "half of a li', "utf-8")

        wire.will(answer("c"), Reply((Wait(),)))
        wire.waiting.clear()
        interrupted = await start(tmp_path, *arguments(wire, output))
        await wire.waiting.wait()
        interrupted.send_signal(signal.SIGINT)
        _, said = await interrupted.communicate()
        assert interrupted.returncode == 130
        assert said.endswith(b"Stopped. The same command goes on where it stopped.\n")

        wire.will(NO_MONEY)
        status, _, refused = await run(tmp_path, *arguments(wire, output))
        assert status == 1
        assert "3 of 4 pictures were read, 1 failed." in refused

        wire.will(answer("d"))
        status, printed, ended = await run(tmp_path, *arguments(wire, output))
        assert (status, printed) == (0, "")
        assert "4 pictures, gpt-5-mini" in ended
        assert len(wire.requests) == 7
    found = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert [record["file"] for record in found] == [str(sample) for sample in SAMPLES]
    assert [record["latex"] for record in found] == ["a", "b", "c", "d"]
    assert {record["status"] for record in found} == {"done"}


async def test_of_what_is_in_the_file_nothing_is_kept_but_what_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    monkeypatch.setenv("WRITETEX_API_KEY", KEY)
    folder, output = tmp_path / "pictures", tmp_path / "out.jsonl"
    folder.mkdir()
    for number in range(COUNT):
        folder.joinpath(f"{number}.png").symlink_to(SAMPLES[0])
    tasks: list[int] = []
    texts: list[str] = []

    def on_result(_at: int, item: BatchItem) -> None:
        tasks.append(len(asyncio.all_tasks()))
        texts.append(item.output)

    def ignore(_told: object) -> None:
        pass

    async with wire_server(answer("x")) as wire:
        order = Order(
            (str(folder),),
            Wanted(),
            Wishes(),
            offline=False,
            endpoint=EndpointChoice(wire.base_url, "gpt-5-mini"),
            options=ExportOptions(),
            at_once=2,
            output=str(output),
        )
        batch, stopped_by = await recognize(
            order, Listeners(ignore, on_result, ignore, ignore, ignore, lambda _pause, _skip: None)
        )
    assert stopped_by is None
    assert texts == ["x"] * COUNT
    assert output.read_text("utf-8").count('"latex": "x"') == COUNT
    assert {(item.digest, item.latex, item.state) for item in batch.items} == {("", "", ItemState.DONE)}
    assert batch.totals.unpriced == COUNT
    # The readings, their connections on both sides, the saving of expenses and the test itself.
    assert max(tasks[COUNT // 2 :]) <= max(tasks[: COUNT // 2]) + 2
    assert sum(expense.requests for expense in SpendingFile(spending_path()).load()) == COUNT
