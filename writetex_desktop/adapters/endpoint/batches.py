"""A provider's batch service, asked over the SDK: `/files` and `/batches` below the base URL.

Files go up and come down piece by piece, so that memory stays flat however long they are.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager, suppress
from typing import BinaryIO
from urllib.parse import quote

from writetex_desktop.adapters.endpoint.client import Sdk, open_sdk, translate
from writetex_desktop.adapters.endpoint.transport import Timeouts
from writetex_desktop.core.batches.wire import (
    RemoteBatch,
    is_file_pending,
    read_batch,
    read_batches,
    read_file_id,
    read_files_of,
)
from writetex_desktop.core.endpoints.catalogue.provider import BatchTerms
from writetex_desktop.core.endpoints.endpoint import Endpoint
from writetex_desktop.core.endpoints.failures.trouble import Trouble, explain_trouble
from writetex_desktop.core.endpoints.failures.words import host_of
from writetex_desktop.core.endpoints.wire.rules import ORDINARY_WIRE, WireRules
from writetex_desktop.core.errors import EndpointError, Fault, Remedy
from writetex_desktop.core.language.words import tr

MOST_FILE_BYTES = 2 * 1024 * 1024 * 1024
"""What is read of one file of answers; 50,000 answers have some hundred megabytes."""

MOST_LINE_BYTES = 8 * 1024 * 1024
"""What is read of one answer; the longest transcriptions have some kilobytes."""

_FIRST_BYTE_S = 300.0
"""The wait for the first sign of an answer: a server looks at a file of 200 MB before it speaks."""

_LISTED = 100
"""Batches that are looked through for one of ours; a list has no more on a page."""

_NOT_THERE = frozenset((Fault.WRONG_PATH, Fault.WRONG_MODEL, Fault.NOT_AN_API))


class OpenAIBatches:
    """See `ports.RemoteBatches`.

    Args:
        endpoint: Whose batch service it is.
        terms: How it takes requests.
        rules: How its server tells of faults.
        pause_s: Seconds between two looks at a file that the server still looks at itself.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        terms: BatchTerms,
        rules: WireRules = ORDINARY_WIRE,
        *,
        pause_s: float = 5.0,
    ) -> None:
        self._endpoint = endpoint
        self._terms = terms
        self._rules = rules
        self._pause_s = pause_s
        self._loading = asyncio.Lock()
        self._sdk: Sdk | None = None

    async def upload(self, lines: BinaryIO, name: str) -> str:
        """See `ports.RemoteBatches.upload`."""
        client = (await self._load()).client
        file = ("file", (name, lines, "application/jsonl"))
        try:
            document = await self._asked(
                client.post(
                    "/files",
                    cast_to=object,
                    body={"purpose": "batch"},
                    files=[file],
                    options={"headers": {"Content-Type": "multipart/form-data"}},
                )
            )
        except EndpointError as error:
            raise self._refused(error) from error
        file_id = read_file_id(document)
        if not file_id:
            raise explain_trouble(Trouble.GARBLED, self._endpoint.base_url)
        while is_file_pending(document):
            await asyncio.sleep(self._pause_s)
            document = await self._asked(client.get(f"/files/{quote(file_id)}", cast_to=object))
        return file_id

    async def create(self, file_id: str) -> RemoteBatch:
        """See `ports.RemoteBatches.create`."""
        body = {
            "input_file_id": file_id,
            "endpoint": self._terms.endpoint,
            "completion_window": self._terms.window,
        }
        client = (await self._load()).client
        return await self._batch(client.post("/batches", cast_to=object, body=body))

    async def find(self, file_id: str) -> RemoteBatch | None:
        """See `ports.RemoteBatches.find`."""
        client = (await self._load()).client
        document = await self._asked(
            client.get("/batches", cast_to=object, options={"params": {"limit": _LISTED}})
        )
        listed = read_batches(document, self._endpoint.key)
        return next((each for each in listed if each.input_file == file_id), None)

    async def look(self, batch_id: str) -> RemoteBatch:
        """See `ports.RemoteBatches.look`."""
        client = (await self._load()).client
        return await self._known(client.get(f"/batches/{quote(batch_id)}", cast_to=object))

    async def cancel(self, batch_id: str) -> RemoteBatch:
        """See `ports.RemoteBatches.cancel`."""
        client = (await self._load()).client
        return await self._known(client.post(f"/batches/{quote(batch_id)}/cancel", cast_to=object))

    async def read(self, file_id: str) -> AsyncIterator[bytes]:
        """See `ports.RemoteBatches.read`."""
        sdk = await self._load()
        rest = b""
        async with self._translated():
            stream = await sdk.client.get(
                f"/files/{quote(file_id)}/content",
                cast_to=object,
                stream=True,
                stream_cls=sdk.stream_type,
            )
            try:
                async for piece in stream.response.aiter_bytes():
                    *whole, rest = (rest + piece).split(b"\n")
                    if len(rest) > MOST_LINE_BYTES:
                        raise explain_trouble(Trouble.GARBLED, self._endpoint.base_url)
                    for line in whole:
                        yield line
            finally:
                await stream.close()
        if rest:
            yield rest

    async def find_files(self, name: str) -> tuple[str, ...]:
        """See `ports.RemoteBatches.find_files`."""
        client = (await self._load()).client
        document = await self._asked(
            client.get("/files", cast_to=object, options={"params": {"purpose": "batch"}})
        )
        return read_files_of(document, name)

    async def delete(self, file_id: str) -> None:
        """See `ports.RemoteBatches.delete`."""
        client = (await self._load()).client
        with suppress(EndpointError):
            await self._asked(client.delete(f"/files/{quote(file_id)}", cast_to=object))

    async def aclose(self) -> None:
        """See `ports.RemoteBatches.aclose`."""
        async with self._loading:
            sdk, self._sdk = self._sdk, None
        if sdk is not None:
            await sdk.client.close()

    async def _load(self) -> Sdk:
        async with self._loading:
            if self._sdk is None:
                timeouts = Timeouts(
                    connect=self._endpoint.network.connect_s,
                    first_byte=_FIRST_BYTE_S,
                    first_byte_local=_FIRST_BYTE_S,
                )
                self._sdk = await asyncio.to_thread(open_sdk, self._endpoint, timeouts, MOST_FILE_BYTES)
            return self._sdk

    @asynccontextmanager
    async def _translated(self) -> AsyncIterator[None]:
        sdk = await self._load()
        try:
            yield
        except sdk.errors as error:
            raise translate(error, self._endpoint, self._rules) from error

    async def _asked(self, answer: Awaitable[object]) -> object:
        """Wait for an answer; gives its JSON as it came, whatever its shape."""
        async with self._translated():
            return await answer

    async def _batch(self, answer: Awaitable[object]) -> RemoteBatch:
        batch = read_batch(await self._asked(answer), self._endpoint.key)
        if batch is None:
            raise explain_trouble(Trouble.GARBLED, self._endpoint.base_url)
        return batch

    async def _known(self, answer: Awaitable[object]) -> RemoteBatch:
        """Wait for what is told of a batch that should be there."""
        try:
            return await self._batch(answer)
        except EndpointError as error:
            if error.fault not in _NOT_THERE:
                raise
            raise EndpointError(
                tr("{host} does not know these pictures any more.", host=host_of(self._endpoint.base_url)),
                tr("They were deleted there, or handed in with the key of another account."),
                fault=Fault.WRONG_PATH,
            ) from error

    def _refused(self, error: EndpointError) -> EndpointError:
        """Say what the refusal of a file means, where the ordinary words would lead astray."""
        host = host_of(self._endpoint.base_url)
        if error.fault in _NOT_THERE:
            return EndpointError(
                tr("{host} has no batch service at this base URL.", host=host),
                Remedy(tr("Have the pictures read one by one, or choose another profile.")),
                fault=Fault.WRONG_PATH,
            )
        if error.fault is Fault.TOO_LARGE:
            return EndpointError(
                tr("The file of requests is too large for {host}.", host=host),
                Remedy(tr("Hand in fewer pictures at a time.")),
                fault=Fault.TOO_LARGE,
            )
        return error
