r"""What a result must not do to the document into which it is pasted.

A picture can carry instructions: text in it that a model copies, or is talked into writing. Nothing of it is
run here, the renderer knows none of these commands; but a LaTeX run of the user's may obey them. What
formulas, tables and drawings need is known (`core.latex.harmless`); of the rest everything is named that is
known to do more, or could by its name or by what it is given.

Sources: S. Checkoway, H. Shacham, E. Rescorla, "Are text-only data formats safe?", LEET 2010
(https://www.usenix.org/legacy/event/leet10/tech/full_papers/Checkoway.pdf); the LaTeX3 interfaces
(https://ctan.org/pkg/l3kernel); the manuals of pgf/TikZ, pgfplots and hyperref (https://ctan.org).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from writetex_desktop.core.language.words import mark, tr, tr_marked
from writetex_desktop.core.latex.bombs import bombs_in
from writetex_desktop.core.latex.effects import (
    CHANGES,
    LINKS,
    READS,
    RELIED_ON,
    RUNS,
    STOPS,
    effect_of,
)
from writetex_desktop.core.latex.harmless import COMMANDS, ENVIRONMENTS

_NAME: Final = r"[a-zA-Z@]+"
_COMMAND: Final = re.compile(
    rf"\\(?:(?P<write>write\s*18)|(?P<begin>begin)\s*\{{(?P<environment>[^{{}}\\]{{0,60}})\}}"
    rf"|(?P<layered>{_NAME}(?:_{_NAME})*_*:[a-zA-Z]*)|(?P<name>{_NAME}))|(?P<hidden>\^\^[0-9a-fA-F@-_]{{1,2}})"
)
_LAYERS: Final = re.compile(
    r"(?:sys|file|tex|ior|iow|cs|exp|use|token|char|tl|str|int|fp|bool|clist|seq|prop|msg|pdf|lua|hook|keys|prg"
    r"|driver|kernel|peek|quark|regex|box|coffin|color|codepoint|intarray|text|group|scan|skip|dim|cctab|mode"
    r"|if|else|fi|or|reverse|debug|c|l|g)_"
)
_ARGUMENT_SPEC: Final = re.compile(r":[NnVvoxefTFpcwD]+\Z")
_GIVEN: Final = re.compile(r"\*?\s{0,3}(?:\[[^\[\]{}\\]{0,80}\]\s{0,3})?\{([^{}\\$]{1,200})\}")
_PLACE: Final = re.compile(
    r"\s*(?:\||~?/[\w.~-]|\.\.?/|[a-zA-Z]:[/\\]|(?:https?|ftp|file|javascript|data|run|mailto|cmd)\s*:)"
    r"|[\w./ -]{1,160}\.(?:tex|sty|cls|def|bib|bbl|aux|toc|txt|csv|tsv|dat|log|lua|py|sh|bat|exe|js"
    r"|pdf|eps|ps|svg|png|jpe?g|gif|tiff?|mp[34]|tikz|pgf|zip|conf|cfg|ini|key|pem|env|json|xml|html?)\s*\Z",
    re.IGNORECASE,
)
_DRAWS: Final = re.compile(
    r"(?:\bplot\b|\\addplot)[^;]{0,400}?(?<![a-zA-Z])(?P<plot>function|file|gnuplot|shell|graphics|raw\s+gnuplot"
    r"|table\s{0,3}(?:\[[^\]]{0,200}\]\s{0,3})?(?=\{[^{}\\\n]{1,200}\}))\s{0,3}[\[{]"
    r"|(?P<call>system\s+call|contour\s+(?:gnuplot|external)|/tikz/external"
    r"|execute\s+at\s+begin\s+document|mode\s*=\s*convert)"
)
_TARGET: Final = re.compile(
    r"\\(?P<how>[egx]?def|let|renewcommand|DeclareRobustCommand|(?:Renew|Declare|Provide)DocumentCommand"
    r"|renewenvironment)(?![a-zA-Z@])"
    r"\*?\s{0,3}\{?\s{0,3}(?:\\(?P<target>[a-zA-Z@]+)|(?P<named>[a-zA-Z]+)\}"
    r"|(?P<active>\\[^a-zA-Z\s]|[^\s\\{a-zA-Z]))"
)
_REPEATS: Final = re.compile(
    r"\\foreach[^{}]{0,200}\{[^{}]{0,200}\.\.\.\s*,\s*-?(?P<last>\d+)|samples\s*=\s*(?P<samples>\d+)"
)
_MANY: Final = 20_000
"""Rounds of a loop; the largest drawings have some hundreds."""


@dataclass(frozen=True, slots=True)
class Danger:
    """A command that should not be in a result.

    Attributes:
        command: As it is written.
        effect: What it does, as the rest of a sentence.
        position: Offset into the markup in characters.
    """

    command: str
    effect: str
    position: int


def find_dangers(markup: str) -> tuple[Danger, ...]:
    """Give the dangerous commands of a result, in their order, each command once."""
    bombs = (
        Danger(f"\\{bomb.name}", mark("is defined by means of itself or grows without end"), bomb.position)
        for bomb in bombs_in(markup)
    )
    found: dict[str, Danger] = {}
    for danger in (*_commands(markup), *_redefinitions(markup), *_drawings(markup), *bombs):
        first = found.setdefault(danger.command, danger)
        if danger.position < first.position:
            found[danger.command] = danger
    return tuple(sorted(found.values(), key=lambda danger: danger.position))


def danger_warning(markup: str) -> str:
    """Give a sentence about the dangerous commands of a result; empty when there are none."""
    dangers = find_dangers(markup)
    if not dangers:
        return ""
    first, *others = dangers
    if not others:
        return tr(
            "The result holds {command}, which {effect} when a document with it is compiled. "
            "Remove it unless you know why it is there.",
            command=first.command,
            effect=tr_marked(first.effect),
        )
    return tr(
        "The result holds {command}, which {effect} when a document with it is compiled (also: {others}). "
        "Remove it unless you know why it is there.",
        command=first.command,
        effect=tr_marked(first.effect),
        others=", ".join(danger.command for danger in others),
    )


def _commands(markup: str) -> Iterator[Danger]:
    for match in _COMMAND.finditer(markup):
        written, effect = _judged(markup, match)
        if effect:
            yield Danger(written, effect, match.start())


def _judged(markup: str, match: re.Match[str]) -> tuple[str, str]:
    """Give a command as it is named to the user, and what it does beyond setting type."""
    if match["write"]:
        return "\\write18", RUNS
    if match["hidden"]:
        return "^^", "" if _is_superscript(markup, match.start()) else CHANGES
    if match["begin"]:
        name = re.sub(r"\s|\*$", "", match["environment"])
        # `\begin{input}` runs `\input`, so that an environment's name is a command's, too.
        effect = "" if name in ENVIRONMENTS else effect_of(name) or _given(markup, match.end())
        return f"\\begin{{{name}}}", effect
    name = match["layered"] or match["name"]
    plain = re.split(r"[_:]", name, maxsplit=1)[0]
    if match["layered"] and _is_layered(name, plain):
        return f"\\{name}", effect_of(name) or CHANGES
    if not plain.strip("@"):
        return "", ""
    given = "" if plain in COMMANDS else _given(markup, match.start() + 1 + len(plain))
    return f"\\{plain}", effect_of(plain) or given


def _is_layered(name: str, first: str) -> bool:
    r"""Whether a name is one of LaTeX3, as `\file_input:n`, and not a sign with an index, as `\alpha_x:X`."""
    if "_" not in name:
        return False
    second = name.split("_")[1].partition(":")[0]
    if first in COMMANDS:
        return bool(_ARGUMENT_SPEC.search(name)) and len(second) > 2  # noqa: PLR2004 - an index is shorter
    return bool(_LAYERS.match(name) or _ARGUMENT_SPEC.search(name))


def _given(markup: str, end: int) -> str:
    """What an unknown command could do, by what it is given: a place on the disk or in the net."""
    given = _GIVEN.match(markup, end)
    place = _PLACE.match(given[1]) if given else None
    if place is None:
        return ""
    if re.match(r"\s*\|", place[0]):
        return RUNS
    return LINKS if re.match(r"\s*(?:[a-z]{2,}:)", place[0], re.IGNORECASE) else READS


def _is_superscript(markup: str, position: int) -> bool:
    r"""Whether `^^` stands where nobody hides a sign: before a brace it is only a slip."""
    return markup[position + 2 : position + 3] in {"{", "\\", ""}


def _redefinitions(markup: str) -> Iterator[Danger]:
    """Find where a command is given another meaning that the rest of a document relies on."""
    for match in _TARGET.finditer(markup):
        name = match["target"] or match["named"]
        if name is None:
            yield Danger(f"\\{match['how']}", CHANGES, match.start())
        elif name in RELIED_ON or effect_of(name):
            yield Danger(f"\\{match['how']}\\{name}", CHANGES, match.start())


def _drawings(markup: str) -> Iterator[Danger]:
    """Find what drawings can do beyond drawing, which is written as words and not as commands."""
    for match in _DRAWS.finditer(markup):
        word = match["plot"] or match["call"]
        runs = match["call"] or word.startswith(("function", "gnuplot", "shell", "raw"))
        yield Danger(" ".join(word.split()), RUNS if runs else READS, match.start())
    for match in _REPEATS.finditer(markup):
        if len(digits := match["last"] or match["samples"]) > len(str(_MANY)) or int(digits) > _MANY:
            yield Danger("\\foreach" if match["last"] else "samples", STOPS, match.start())
