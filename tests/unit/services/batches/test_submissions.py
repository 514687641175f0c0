"""Pictures go to a batch service once, are followed over every kind of ending, and paid for once."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tests.fakes import (
    usual_reply,
)
from tests.submission_world import PROFILE, URL, Full, World
from writetex_desktop.core.batches.batch import BatchItem, ItemState
from writetex_desktop.core.batches.submission import Submission
from writetex_desktop.core.batches.wire import RemoteState
from writetex_desktop.core.endpoints.catalogue.provider import BatchTerms
from writetex_desktop.core.errors import EndpointError, Fault, StorageError
from writetex_desktop.core.money import Currency, Money
from writetex_desktop.core.settings.settings import Profile, Settings
from writetex_desktop.services.batches.submissions import FIRST_WAIT_S

Rest = dict[str, object] | None


def except_for(
    place: int, reply: dict[str, object] | None
) -> Callable[[dict[str, Any]], dict[str, object] | None]:
    """Answer every request but one."""
    return lambda request: reply if request["custom_id"].endswith(f"-{place}") else usual_reply(request)


async def test_what_is_handed_in_is_what_would_be_asked_for_one_by_one() -> None:
    world = World()
    handed = await world.hand_in("a.png", "b.png")
    assert handed.submission is not None
    assert (handed.submission.count, handed.submission.state) == (2, RemoteState.VALIDATING)
    first, second = map(json.loads, world.remote.files["file-0"].splitlines())
    assert (first["method"], first["url"]) == ("POST", "/v1/chat/completions")
    assert first["custom_id"] != second["custom_id"]
    body = first["body"]
    assert (body["model"], "stream" in body) == ("m", False)
    assert body["messages"][0]["content"][0]["image_url"]["url"].startswith("data:image/png;base64,")
    assert "Mind formula." in body["messages"][0]["content"][1]["text"]


async def test_answers_in_any_order_become_results_at_the_lower_price_and_are_paid_once() -> None:
    world = World()
    await world.hand_in("a.png", "b.png", "odd.png")
    assert not (await world.look()).submission.is_over
    world.remote.finish("batch-0")
    fetched: list[tuple[BatchItem, ...]] = []
    world.fetcher.on_fetched(fetched.append)
    assert (await world.look()).submission.is_over
    assert world.results_of("a.png", "b.png", "odd.png") == [
        (ItemState.DONE, "<x^2>"),
        (ItemState.DONE, "<x^2>"),
        (ItemState.FAILED, "It cannot carry this."),
    ]
    ((first, *_),) = fetched
    assert first.recognition is not None
    assert first.recognition.cost == Money(Decimal("0.00025"), Currency.USD)
    assert await world.submissions.look() == ()
    await world.spending.aclose()
    (expense,) = world.money.expenses
    assert (expense.requests, expense.prompt_tokens) == (3, 1200)
    assert expense.cost == Money(Decimal("0.00075"), Currency.USD)
    assert world.remote.deleted == ["file-0"], "the pictures need not stay at the provider"


async def test_large_work_is_split_and_its_parts_are_fetched_as_they_end() -> None:
    world = World(BatchTerms(most_requests=2))
    handed = await world.hand_in("a.png", "b.png", "c.png")
    assert handed.submission is not None
    assert [part.count for part in handed.submission.parts] == [2, 1]
    world.remote.finish("batch-1")
    assert not (await world.look()).submission.is_over
    assert world.results_of("c.png") == [(ItemState.DONE, "<x^2>")]
    world.remote.finish("batch-0")
    assert (await world.look()).submission.is_over
    assert len(world.results_of("a.png", "b.png", "c.png")) == 3


async def test_the_same_work_is_handed_in_once_and_only_the_rest_follows() -> None:
    world = World()
    await world.hand_in("a.png", "bad.png")
    assert world.results_of("bad.png") == [(ItemState.FAILED, "That is no picture.")]
    world.files["out.jsonl"].items.clear()
    again = await world.hand_in("a.png", "b.png")
    assert (again.known, again.submission and again.submission.count) == (1, 1)
    for batch_id in ("batch-0", "batch-1"):
        world.remote.finish(batch_id)
    await world.submissions.look()
    third = await world.hand_in("a.png", "b.png")
    assert (third.known, third.submission) == (2, None)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (None, "The provider gave no answer for this picture."),
        (
            {"error": {"code": "batch_expired", "message": "Late."}},
            "The provider did not get to this picture",
        ),
        (
            {"response": {"status_code": 429, "body": {"error": {"message": "slow down"}}}},
            "api.example.com has had too many requests",
        ),
        (
            {"response": {"status_code": 200, "body": "nonsense"}},
            "api.example.com gave an answer that cannot",
        ),
        (
            {"response": {"status_code": 200, "body": {"choices": [{"message": {"content": "NONE"}}]}}},
            "There is nothing to transcribe",
        ),
    ],
)
async def test_one_bad_line_spoils_no_other(reply: Rest, says: str) -> None:
    world = World()
    await world.hand_in("a.png", "b.png")
    world.remote.finish("batch-0", reply=except_for(0, reply))
    output = world.remote.files["batch-0-output"]
    foreign = json.dumps({"custom_id": "ffff-0", **usual_reply({"body": {"model": "m"}})}).encode()
    world.remote.files["batch-0-output"] = output + b"\n" + foreign + b'\n{"custom_id": "ha'
    assert (await world.look()).submission.is_over
    (state, message), good = world.results_of("a.png", "b.png")
    assert state is ItemState.FAILED
    assert message.startswith(says)
    assert good == (ItemState.DONE, "<x^2>")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (RemoteState.EXPIRED, "The provider did not get to this picture in its time."),
        (RemoteState.CANCELLED, "It was cancelled before the provider came to this picture."),
    ],
)
async def test_what_was_answered_before_the_end_is_kept(state: RemoteState, says: str) -> None:
    world = World()
    await world.hand_in("a.png", "b.png")
    world.remote.finish("batch-0", state, except_for(1, None))
    assert (await world.look()).submission.is_over
    assert world.results_of("a.png", "b.png") == [(ItemState.DONE, "<x^2>"), (ItemState.FAILED, says)]


async def test_a_file_that_the_provider_refuses_says_why_at_each_picture() -> None:
    world = World()
    await world.hand_in("a.png")
    failed = replace(world.remote.batches["batch-0"], state=RemoteState.FAILED, problem="No such model.")
    world.remote.batches["batch-0"] = failed
    await world.look()
    assert world.results_of("a.png") == [
        (ItemState.FAILED, "The provider refused the whole file. It said: “No such model.”")
    ]


async def test_cancelling_tells_the_provider_and_keeps_what_is_there() -> None:
    world = World()
    handed = await world.hand_in("a.png")
    assert handed.submission is not None
    followed = await world.submissions.cancel(handed.submission.id)
    assert followed is not None
    assert followed.submission.state is RemoteState.CANCELLING
    assert await world.submissions.cancel("nothing") is None
    await world.submissions.forget(handed.submission.id)
    assert await world.submissions.look() == ()


async def test_a_batch_that_the_provider_began_is_not_begun_twice() -> None:
    world = World()
    submission = (await world.hand_in("a.png")).submission
    assert submission is not None
    # The program ended before it heard of it.
    world.store.save(submission.with_part(0, lambda part: replace(part, remote=None)))
    world.restarted()
    assert (await world.look()).submission == submission
    assert list(world.remote.batches) == ["batch-0"]


async def test_a_program_that_ended_while_answers_were_written_writes_the_rest() -> None:
    world = World()
    submission = (await world.hand_in("a.png", "b.png")).submission
    assert submission is not None
    names = dict(world.store.names)
    world.remote.finish("batch-0")
    await world.look()
    del world.files["out.jsonl"].items[1:]
    world.store.save(submission)
    world.store.names = names
    world.restarted()
    assert (await world.look()).submission.is_over
    assert world.results_of("a.png", "b.png") == [(ItemState.DONE, "<x^2>")] * 2


async def test_results_that_cannot_be_written_are_fetched_again_later() -> None:
    world = World()
    await world.hand_in("a.png")
    world.remote.finish("batch-0")
    kept, world.files["out.jsonl"] = world.files["out.jsonl"], Full()
    followed = await world.look()
    assert isinstance(followed.trouble, StorageError)
    await world.spending.aclose()
    assert world.money.expenses == ()
    world.files["out.jsonl"] = kept
    assert (await world.look()).submission.is_over
    assert world.results_of("a.png") == [(ItemState.DONE, "<x^2>")]


async def test_a_refusal_leaves_nothing_behind_and_a_passing_one_is_tried_again() -> None:
    world = World()
    world.remote.error = EndpointError("The key is wrong.", fault=Fault.BAD_KEY)
    with pytest.raises(EndpointError):
        await world.hand_in("a.png")
    assert await world.submissions.look() == ()
    world.remote.error = None

    world.remote.refusal = EndpointError("There is no such model.", fault=Fault.WRONG_MODEL)
    with pytest.raises(EndpointError):
        await world.hand_in("a.png")
    assert await world.submissions.look() == ()
    assert world.remote.deleted == ["file-0"]
    world.remote.refusal = EndpointError("Too many wait.", fault=Fault.RATE_LIMITED)
    handed = await world.hand_in("a.png")
    assert handed.submission is not None
    assert isinstance((await world.look()).trouble, EndpointError)
    world.remote.refusal = None
    assert (await world.look()).trouble is None
    assert list(world.remote.batches) == ["batch-0"]


async def test_the_profile_is_found_by_its_base_url_and_missed_with_a_sentence() -> None:
    world = World()
    await world.hand_in("a.png")
    other = Profile("q", "Q", "https://other.example/v1", "n")
    world.restarted(Settings((other, PROFILE), "q"))
    assert (await world.look()).trouble is None
    world.restarted(Settings((other,), "q"))
    trouble = (await world.look()).trouble
    assert trouble is not None
    assert trouble.message == "There is no profile for api.example.com, which has pictures to be read."
    with pytest.raises(EndpointError) as raised:
        await world.accesses.active()
    assert raised.value.message == "other.example has no batch service that this program knows of."


async def test_following_looks_less_often_while_nothing_happens_and_ends_with_the_last_answer() -> None:
    world = World()
    await world.hand_in("a.png")

    done = asyncio.Event()

    def passed(slept: int) -> None:
        if slept == 12:
            world.remote.finish("batch-0")

    world.clock.on_sleep = passed
    world.submissions.followed.subscribe(lambda now: None if now else done.set())
    task = asyncio.ensure_future(world.submissions.follow())
    await asyncio.wait_for(done.wait(), 10)
    task.cancel()
    slept = world.clock.slept
    assert slept[:3] == [FIRST_WAIT_S, FIRST_WAIT_S * 1.5, FIRST_WAIT_S * 1.5**2]
    assert slept[-1] == max(slept) == 300
    assert world.results_of("a.png") == [(ItemState.DONE, "<x^2>")]


@pytest.mark.parametrize(
    "page",
    [
        b"<!doctype html><html><body>Sign in</body></html>",
        b"\n\n",
        b'{"error": {"message": "expired"}}',
        b"\x89PNG",
    ],
)
async def test_answers_in_which_nothing_can_be_read_are_kept_and_fetched_later(page: bytes) -> None:
    world = World()
    await world.hand_in("a.png", "b.png")
    world.remote.finish("batch-0")
    answers = world.remote.files["batch-0-output"]
    world.remote.files["batch-0-output"] = page
    followed = await world.look()
    assert followed.trouble is not None
    assert "cannot be read" in followed.trouble.message
    assert not followed.submission.is_over
    assert (world.files["out.jsonl"].items, world.remote.deleted) == ([], [])
    world.remote.files["batch-0-output"] = answers
    assert (await world.look()).submission.is_over
    assert [state for state, _said in world.results_of("a.png", "b.png")] == [ItemState.DONE] * 2
    assert (world.fetcher.done, world.fetcher.failed) == (2, 0)


async def test_a_state_that_nobody_knows_is_followed_and_told_in_the_providers_word() -> None:
    world = World()
    await world.hand_in("a.png")
    world.remote.batches["batch-0"] = replace(
        world.remote.batches["batch-0"], state=RemoteState.IN_PROGRESS, unknown_state="paused_by_admin"
    )
    assert (await world.look()).submission.unknown_state == "paused_by_admin"
    world.remote.finish("batch-0")
    world.remote.batches["batch-0"] = replace(world.remote.batches["batch-0"], unknown_state="")
    assert (await world.look()).submission.is_over


async def test_pictures_of_a_program_that_was_killed_after_the_upload_are_deleted_by_the_next() -> None:
    world = World()
    kept = world.store.save

    def killed(submission: Submission) -> None:
        raise KeyboardInterrupt

    world.store.save = killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        await world.hand_in("a")
    assert list(world.remote.files) == ["file-0"]
    world.store.save = kept  # type: ignore[method-assign]
    world.remote.names["foreign"] = "requests.jsonl"

    await world.hand_in("b")
    assert world.remote.deleted == ["file-0"]
    assert world.store.abandoned(URL) == ()


async def test_pictures_that_are_followed_are_not_deleted_though_their_upload_is_still_noted() -> None:
    world = World()
    await world.hand_in("a")
    (name,) = world.remote.names.values()
    world.store.uploads[name] = URL
    await world.hand_in("b")
    assert world.remote.deleted == []
