"""What reads pictures, and what else an endpoint is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # a port only names types; whoever brings one has loaded it
    from collections.abc import AsyncIterator
    from typing import BinaryIO

    from writetex_desktop.core.batches.wire import RemoteBatch
    from writetex_desktop.core.endpoints.endpoint import Endpoint
    from writetex_desktop.core.endpoints.probe import ProbeReply
    from writetex_desktop.core.reading.recognition import RecognitionRequest, RecognizerEvent


class Recognizer(Protocol):
    """An engine that reads pictures."""

    def recognize(self, request: RecognitionRequest) -> AsyncIterator[RecognizerEvent]:
        """Read a picture; deltas, then one `Completed`.

        End it early only by cancelling the task that iterates; the connection is then closed.

        Raises:
            EndpointError: The endpoint failed; `partial` holds what had arrived.
            RecognitionError: The engine cannot read this picture.
        """
        ...


class EndpointProbe(Protocol):
    """Small questions to a server, beside recognition."""

    async def get(self, endpoint: Endpoint, url: str, *, timeout_s: float) -> ProbeReply:
        """Ask for a page with the key and the network settings of an endpoint; nothing is asked twice.

        Args:
            endpoint: Whose key and network settings are used.
            url: What is asked for; on the endpoint's own host, so that the key goes nowhere else.
            timeout_s: The longest wait for all of the answer.

        Raises:
            EndpointError: Nothing came, or more than can be a list of models.
        """
        ...


class RemoteBatches(Protocol):
    """A provider's batch service at one endpoint: requests go there as a file and are answered within hours.

    Every call may raise an `EndpointError`.
    """

    async def upload(self, lines: BinaryIO, name: str) -> str:
        """Hand in a file of requests, and wait until the provider has looked at it; gives its name there.

        Args:
            lines: One request a line (`core.batches.wire.request_line`), from where it stands to its end.
            name: What we call the file, so that `find_files` finds it again.

        Raises:
            EndpointError: Also when there is no such service, `Fault.WRONG_PATH`.
        """
        ...

    async def create(self, file_id: str) -> RemoteBatch:
        """Let the provider begin with a file."""
        ...

    async def find(self, file_id: str) -> RemoteBatch | None:
        """Give the batch that was made of a file, or None when none was."""
        ...

    async def look(self, batch_id: str) -> RemoteBatch:
        """Ask how far a batch is.

        Raises:
            EndpointError: Also when it is not known any more, `Fault.WRONG_PATH`.
        """
        ...

    async def cancel(self, batch_id: str) -> RemoteBatch:
        """Let the provider stop; what was answered by then can still be read.

        Raises:
            EndpointError: As for `look`.
        """
        ...

    def read(self, file_id: str) -> AsyncIterator[bytes]:
        """Read a file of answers line by line, in any order; without the ends of the lines."""
        ...

    async def find_files(self, name: str) -> tuple[str, ...]:
        """Give the files that were handed in under a name of ours, as the provider calls them."""
        ...

    async def delete(self, file_id: str) -> None:
        """Let the provider forget a file, where it does so; whether it did is not told."""
        ...

    async def aclose(self) -> None:
        """Close the connections."""
        ...
