"""What models say to themselves before they answer, and the signs by which they part one from the other.

Sources: the chat templates of the models: `<think>` (DeepSeek, Qwen), `<seed:think>` (Doubao), `[THINK]`
(Magistral), channels (gpt-oss, https://cookbook.openai.com/articles/openai-harmony; Gemma), `◁think▷` (Kimi).

Every function takes a finished answer or any beginning of one.
"""

import re
from typing import Final

_THOUGHTS: Final = r"think(?:ing)?|thoughts?|reasoning|reflection|analysis|scratchpad|plan(?:ning)?"
_OPENING: Final = re.compile(
    rf"\s*(?:<(?:[a-z]{{1,20}}:)?(?:{_THOUGHTS})>|\[(?:THINK|THINKING|REASONING)\]|<\|begin_of_thought\|>"
    r"|◁think▷|<\|?channel\|?>\s*(?:thoughts?|analysis|commentary)\b|analysis(?=[A-Z]))"
)
_CLOSING: Final = re.compile(
    rf"</(?:[a-z]{{1,20}}:)?(?:{_THOUGHTS})>|\[/(?:THINK|THINKING|REASONING)\]|<\|end_of_thought\|>"
    r"|◁/think▷|<channel\|>|<\|?channel\|?>\s*final\s*(?:<\|?message\|?>)?|(?<=[a-z.!?)\s])assistantfinal"
)
_OPENINGS: Final = (
    *("<think>", "<thinking>", "<thought>", "<reasoning>", "<seed:think>", "[THINK]", "◁think▷"),
    *("<|begin_of_thought|>", "<|channel|>analysis", "<|channel>thought", "<analysis>"),
)
_LEAST_OPENING: Final = 2
"""`<` alone may be a formula; `<t` at the start of an answer is the start of a tag."""

_GROUNDING: Final = re.compile(
    r"<ref>[a-zA-Z_ ]{0,40}</ref>|<box>[\[\](),.\d\s]{0,200}</box>"
    r"|<\|ref\|>[a-z_]*<\|/ref\|>|<\|det\|>(?:[^<]|<(?!\|/?det\|>))*+(?:<\|/det\|>|\Z)?"
)
_TOKEN: Final = re.compile(
    r"<[|｜]/?[A-Za-z][\w▁:/-]{1,40}[|｜]>|<loc_\d+>|</?(?:start|end)_of_(?:turn|text|image|utterance)>|</s>"
    r"|<\|?(?:channel|message)\|?>(?:final)?|\[/?INST\]|<fake_token_around_image>"
)
_AT_START: Final = re.compile(r"\s*+(?:<(?:s|bos|pad)>\s*+)+")
_AT_END: Final = re.compile(r"<(?:eos|pad|unk|bos|s|EOS|PAD)>\Z")
_LONGEST_END: Final = 5
_UNFINISHED_TOKEN: Final = re.compile(
    r"<(?:[|｜]/?[A-Za-z_▁]{2,40}[|｜]?|loc_\d*|(?:end|start)_of_[a-z]*|/s|eos|pad|bos)\Z"
)
_END: Final = re.compile(r"<\|(?:end|return|start)\|>(?:assistant)?")


def drop_reasoning(text: str) -> str:
    """Drop what the model thought; while it still thinks there is no answer, so that nothing is left."""
    # Some chat templates write the opening tag, so that the answer holds only the closing one.
    text = text[max((closing.end() for closing in _CLOSING.finditer(text)), default=0) :]
    start = text.lstrip()
    if _OPENING.match(start):
        return ""
    if len(start) >= _LEAST_OPENING and any(opening.startswith(start) for opening in _OPENINGS):
        return ""
    return text


def drop_tokens(text: str) -> str:
    """Drop the model's own tokens: `<|ref|>...`, `<|det|>...`, `<|im_end|>`, `</s>`, `<eos>`, `<loc_12>`."""
    if "<" not in text and "[" not in text:
        return text
    text = _TOKEN.sub("", _END.sub("", _GROUNDING.sub("", text)))
    if start := _AT_START.match(text):
        text = text[start.end() :]
    return _UNFINISHED_TOKEN.sub("", _without_ending(text))


def _without_ending(text: str) -> str:
    """Drop the tokens that end an answer or fill it up, from the last to the first."""
    kept = end = len(text)
    while True:
        while end and text[end - 1].isspace():
            end -= 1
        found = _AT_END.search(text, max(0, end - _LONGEST_END), end)
        if found is None:
            return text[:kept]
        kept = end = found.start()
