"""Forms of output that are texts with placeholders: the user's own, and those that come with the program."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.language.words import mark, tr

PLACEHOLDERS = (
    *("latex", "body", "mathml", "typst", "asciimath", "unicode", "omml", "starmath", "sympy", "mathematica"),
    *("mathtext", "png", "alt", "date"),
)
"""What may stand in braces. Most are the exact text of the format of that name, and `latex` that of `raw`;
`body` is the formula in one line without anything round it, `mathtext` the same where Matplotlib can draw it,
`png` the picture as a data URL, and `alt` plain text for HTML that says what the picture shows."""


@dataclass(frozen=True, slots=True)
class NamedTemplate:
    """A template.

    Attributes:
        name: What it is called in menus and on the command line.
        text: The text.
        key: The letter or digit that chooses it in its menu; empty for none.
    """

    name: str
    text: str
    key: str = ""


_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([a-z]+)\}")


def placeholders(template: str) -> frozenset[str]:
    """Give the placeholders that a template uses.

    Raises:
        SettingsError: It uses one that there is not.
    """
    used = frozenset(found[1] for found in _PLACEHOLDER.finditer(template) if found[1])
    unknown = sorted(used - set(PLACEHOLDERS))
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise SettingsError(
            tr("The template uses {{{unknown}}}, which is no placeholder.", unknown=unknown[0]),
            tr("Use one of {known}.", known=known),
        )
    return used


def fill(template: str, values: Mapping[str, str]) -> str:
    r"""Put values in the place of placeholders.

    Other braces stay as they are, as in `\textbf{ {latex} }`; a doubled brace is one brace. Where nothing but
    blanks stand before a placeholder in its line, they stand before every line of its value.

    Args:
        template: The text.
        values: A value for each name that `placeholders` gives.
    """

    def value(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0][0]
        before = template[template.rfind("\n", 0, found.start()) + 1 : found.start()]
        written = values[found[1]]
        return written if before.strip() else written.replace("\n", f"\n{before}")

    return _PLACEHOLDER.sub(value, template)


def find_template(name: str, own: Sequence[NamedTemplate]) -> NamedTemplate | None:
    """Find a template by its name in any case; one of the user's own comes before one of ours."""
    known = (*own, *SHIPPED)
    return next((each for each in known if each.name.casefold() == name.casefold()), None)


def template_text(given: str, own: Sequence[NamedTemplate]) -> str:
    """Give the text of a template that was given by its name or as a text.

    Args:
        given: The name of a template, or a text with placeholders.
        own: The user's templates.

    Raises:
        SettingsError: It is no name that is known, and holds nothing that could be filled.
    """
    found = find_template(given.strip(), own)
    if found is not None:
        return found.text
    if "{" in given:
        return given
    names = [each.name for each in (*own, *SHIPPED)]
    near = difflib.get_close_matches(given.strip(), names, n=1)
    raise SettingsError(
        tr("There is no template named {value}.", value=given.strip() or tr("like this")),
        tr("Did you mean {near}?", near=near[0])
        if near
        else tr("Name one of {names}; or write a text with {{latex}}.", names="; ".join(names)),
    )


SHIPPED = (
    NamedTemplate("Wikipedia", "<math>{body}</math>", "W"),
    NamedTemplate(mark("Wikipedia, displayed"), '<math display="block">{body}</math>', "K"),
    NamedTemplate(mark("reStructuredText, role"), ":math:`{body}`", "R"),
    NamedTemplate(mark("reStructuredText, directive"), ".. math::\n\n   {body}", "D"),
    NamedTemplate(mark("MyST, role"), "{{math}}`{body}`", "M"),
    NamedTemplate(mark("MyST, directive"), "```{{math}}\n{body}\n```", "Y"),
    NamedTemplate("AsciiDoc, stem", "stem:[{asciimath}]", "A"),
    NamedTemplate("AsciiDoc, LaTeX", "latexmath:[{body}]", "C"),
    NamedTemplate("Org", "\\({body}\\)", "O"),
    NamedTemplate("Anki, [$]", "[$]{body}[/$]", "$"),
    NamedTemplate("Anki, [latex]", "[latex]\\begin{{displaymath}}{body}\\end{{displaymath}}[/latex]", "L"),
    NamedTemplate("Notion", "$${body}$$", "N"),
    NamedTemplate("Jira, Confluence", "{{latex}}{body}{{latex}}", "J"),
    NamedTemplate("DokuWiki", "<latex>{body}</latex>", "U"),
    NamedTemplate("LyX", "\\begin_inset Formula ${body}$\n\\end_inset", "X"),
    NamedTemplate(mark("HTML picture"), '<img src="{png}" alt="{alt}">', "H"),
    NamedTemplate("Matplotlib", 'r"${mathtext}$"', "T"),
)
r"""Templates for programs that people write in, by what their makers document.

`<math>` (https://www.mediawiki.org/wiki/Extension:Math), roles and directives (https://docutils.sourceforge.io/docs/ref/rst/),
MyST (https://mystmd.org/guide/math), stem (https://docs.asciidoctor.org/asciidoc/latest/stem/), Org
(https://orgmode.org/manual/LaTeX-fragments.html), Anki (https://docs.ankiweb.net/math.html), Notion
(https://www.notion.com/help/math-equations), LaTeX math for Jira and Confluence (its macro `latex`), DokuWiki
(https://www.dokuwiki.org/plugin:latex), LyX (https://www.lyx.org), mathtext
(https://matplotlib.org/stable/users/explain/text/mathtext.html).
"""
