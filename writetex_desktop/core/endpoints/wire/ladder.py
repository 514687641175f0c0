"""What is tried, one after the other, with a server that refuses a request: each step once, then no more.

First what the refusal names, then a request without wishes. Where that does not help, the model is asked with
words alone: if it answers those, it is the picture that is refused, and the picture is put differently; if
not, it is the form of the request, which is made plainer rung by rung.
"""

from collections.abc import Mapping

from writetex_desktop.core.endpoints.wire.repair import (
    PICTURE_AS_STRING,
    SAMPLING,
    TOKEN_LIMIT,
    WORDS_APART,
    Repair,
    find_repair,
    plain_repair,
    repaired,
)
from writetex_desktop.core.endpoints.wire.request import SAMPLING_FIELDS, without_picture
from writetex_desktop.core.endpoints.wire.rules import WireRules

NO_STREAM = Repair("stream")
"""The answer comes in one piece."""


class Ladder:
    """The forms of one request.

    Attributes:
        repairs: What was done to the request that is to be sent now.
        reads_words: Whether the model answers words alone; None while nobody has asked it.

    Args:
        body: The request in its ordinary form.
        known: The repairs with which requests like it were accepted before.
        rules: What is known of the server and the model.
    """

    def __init__(self, body: Mapping[str, object], known: tuple[Repair, ...], rules: WireRules) -> None:
        self.repairs = known
        self.reads_words: bool | None = None
        self._body = body
        self._rules = rules
        self._has_known = bool(known)
        self._asked: dict[str, object] | None = None
        self._rungs: list[tuple[Repair, ...]] | None = None

    @property
    def request(self) -> dict[str, object]:
        """What is to be sent now."""
        return repaired(self._body, self.repairs)

    def ask_words(self) -> dict[str, object] | None:
        """Give what is sent to see whether the model answers words; None where that was asked already."""
        asked, self._asked = self._asked, without_picture(self.request)
        return None if asked == self._asked else self._asked

    @property
    def streams(self) -> bool:
        """Whether the answer is asked for as a stream."""
        return bool(self.request.get("stream"))

    def mend(self, status: int, text: str) -> bool:
        """Do what a refusal names; gives whether there is anything to do.

        Args:
            status: HTTP status of the refusal.
            text: The refusal.
        """
        sent = self.request
        found = find_repair(status, text, sent, self.repairs, needs_stream=self._needs_stream)
        if found is None or found in self.repairs:
            return False
        self.repairs += (found,)
        return True

    def start_anew(self) -> bool:
        """Forget what was known, which does not help any more; gives whether anything was."""
        had, self._has_known = self._has_known, False
        if had:
            self.repairs = ()
        return had

    def wish_for_nothing(self) -> bool:
        """Leave out everything beyond an ordinary request; gives whether there was anything."""
        plain = plain_repair(self.request)
        # On the rungs something is added on purpose.
        if plain is None or plain in self.repairs or self._rungs is not None:
            return False
        self.repairs += (plain,)
        return True

    def leave_stream(self) -> bool:
        """Ask for an answer in one piece; gives whether it was asked for as a stream."""
        if not self.streams or self._needs_stream:
            return False
        self.repairs += (NO_STREAM,)
        return True

    def climb(self) -> bool:
        """Go up one rung; gives whether there was one."""
        if self._rungs is None:
            self._rungs = self._picture_rungs() if self.reads_words else self._form_rungs()
        while self._rungs:
            repairs = self._rungs.pop(0)
            if repaired(self._body, repairs) != self.request:
                self.repairs = repairs
                return True
        return False

    def _picture_rungs(self) -> list[tuple[Repair, ...]]:
        return [(*self.repairs, Repair(PICTURE_AS_STRING)), (*self.repairs, Repair(WORDS_APART))]

    def _form_rungs(self) -> list[tuple[Repair, ...]]:
        bare = (*self.repairs, Repair("stream_options"))
        rungs = [bare]
        if not self._needs_stream:
            bare = (*bare, NO_STREAM)
            rungs.append(bare)
        rungs.append((*bare, Repair(TOKEN_LIMIT, self._rules.model.token_limit)))
        rungs += [(*bare, Repair(PICTURE_AS_STRING)), (*bare, Repair(WORDS_APART))]
        if SAMPLING_FIELDS & self._body.keys():
            rungs.append((*bare, Repair(SAMPLING)))
        return rungs

    @property
    def _needs_stream(self) -> bool:
        return self._rules.model.stream_only
