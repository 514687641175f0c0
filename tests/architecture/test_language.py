"""Every text for people passes `tr` of core/language/words.py, so that it can be said in their language.

A text counts as one for people when it is handed to what people see (an error, a remedy, a notice, a label,
a button, an action, the help of the command line), or when it reads like a sentence. What is for machines or
for the log alone is told apart by its place, or stands in `KEPT` with the reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "writetex_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))

SAYING = {"tr", "tr_plural", "tr_in", "mark", "tr_marked", "retold", "without_key"}
WAYS = (
    "wrap it: tr('literal with {name}', name=value), tr_plural(one, many, count=n), or mark('…') in a table "
    "that is made at import and tr_marked(…) where it is shown (core/language/words.py); never an f-string. "
    "Then `packaging/translations.py merge` brings the catalogues up to date."
)

SHOWN = {
    *(
        "Remedy",
        "Unsupported",
        "Failure",
        "Notice",
        "QAction",
        "addAction",
        "addMenu",
        "addSection",
        "stop",
        "say",
        "bad_url",
        "refuse",
        "cannot",
    ),
    *("QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox", "QToolButton", "fine_print"),
    *(
        "setText",
        "setToolTip",
        "setStatusTip",
        "setWindowTitle",
        "setAccessibleName",
        "setTitle",
        "setWhatsThis",
    ),
    *("setAccessibleDescription", "setPlaceholderText", "setLabelText", "setPrefix", "setSuffix", "addTab"),
    *("setSpecialValueText", "setInformativeText", "add_field", "add_argument_group", "ArgumentTypeError"),
}
"""What shows its texts to people, whatever they read like; all errors of core/errors.py besides."""

WORDS_OF_HELP = {"help", "description", "epilog"}

FOR_MACHINES = {
    *(
        "debug",
        "info",
        "warning",
        "error",
        "exception",
        "critical",
        "ValueError",
        "TypeError",
        "RuntimeError",
    ),
    *("OSError", "TimeoutError", "KeyError", "LookupError", "NotImplementedError", "NotOrdinaryError"),
    *(
        "AssertionError",
        "compile",
        "cast",
        "spawn",
        "_spawn",
        "execute",
        "executemany",
        "run",
        "Thread",
        "Mark",
    ),
    *("NotMathematicsError", "PortalError", "DecodingError", "startswith", "endswith", "split", "replace"),
    *("removeprefix", "removesuffix", "search", "match", "fullmatch", "findall", "sub", "toString", "Popen"),
}
"""Calls whose texts nobody is shown: the log, faults of ours, patterns, names of tasks, statements."""

KEPT = {
    "core/language/": "speaks of the function itself",
    "core/endpoints/failures/marks.py": "what servers write, by which their failures are told apart",
    "core/endpoints/catalogue/reading_models.py": "what models are asked, in the words they were trained on",
    "core/endpoints/prompt.py": "what models are asked",
    "core/reading/guidance.py": "what models are told",
    "core/endpoints/wire/": "what servers are sent",
    "core/serving/openapi.py": "the description of the interface, for those who write programs: in English",
    "core/documents/docx.py": "XML",
    "core/documents/odt.py": "XML",
    "core/documents/texts.py": "HTML and Typst",
    "core/formats/": "forms of output",
    "core/markup/": "LaTeX and what engines write round it",
    "core/ink/svg.py": "XML",
    "core/latex/": "LaTeX and what engines write",
    "adapters/exporters/svg.py": "XML",
    "adapters/storage/history_file.py": "SQL",
    "adapters/storage/history_rows.py": "SQL",
    "ui/toolkit/application.py": "a line of the log, written when nothing is on the screen any more",
}
"""Modules, or folders, whose sentences are not for people. What is `SHOWN` counts there too."""

EXAMPLES = {
    *("https://api.openai.com/v1", "https://example.org/providers.toml", "sk-…", "gpt-6-luna"),
    *("X-Title: WriteTex", r"\newcommand{\vect}[1]{\bm{#1}}"),
}
"""What fields show as an example of what goes into them: the same in every language."""

_SENTENCE = re.compile(r"^[A-Z“`][^\n]*[a-z]{2,}[^\n]* [^\n]*[a-z]{2,}[^\n]*[.?!…:]$")
_WORD = re.compile(r"[A-Za-z]{2,}")


def errors_of_ours() -> set[str]:
    bases = {}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases[node.name] = {ast.unparse(base).rpartition(".")[2] for base in node.bases}
    found = {"WriteTexError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return found


ERRORS = errors_of_ours()


def words_of(node: ast.AST) -> str:
    """Give the words of a literal, with a sign for each value in it; nothing for what is no text."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "\N{REPLACEMENT CHARACTER}"
            for part in node.values
        )
    return ""


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def unsaid(module: Path) -> Iterator[tuple[int, str]]:
    """Find the texts for people that do not pass the function."""
    tree = ast.parse(module.read_text("utf-8"))
    parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    place = module.relative_to(PACKAGE).as_posix()
    is_kept = any(place.startswith(each) for each in KEPT)
    for node in ast.walk(tree):
        words = words_of(node)
        above = parents.get(id(node))
        if not _WORD.search(words) or isinstance(above, ast.Expr | ast.JoinedStr):
            continue
        by, keyword = way_out(node, parents)
        if by & SAYING:
            continue
        nearest = next(iter(by.values()), "")
        is_help = nearest in {"add_argument", "add_parser", "Parser"} and keyword in WORDS_OF_HELP
        is_text = not keyword or keyword in {"message", "remedy", "text", "parent"}
        is_shown = (nearest in SHOWN or nearest in ERRORS) and is_text
        reads_so = bool(_SENTENCE.match(words)) and nearest not in FOR_MACHINES and not is_kept
        if (is_help or is_shown or reads_so) and words not in EXAMPLES:
            yield getattr(node, "lineno", 0), words


class Calls(dict[int, str]):
    """The calls round a text, the nearest first."""

    def __and__(self, names: set[str]) -> set[str]:
        return set(self.values()) & names


def way_out(node: ast.AST, parents: dict[int, ast.AST]) -> tuple[Calls, str]:
    """Give the calls that a text is an argument of, and by which keyword it goes into the nearest."""
    calls, keyword = Calls(), ""
    inner = node
    while (outer := parents.get(id(inner))) is not None and not isinstance(outer, ast.stmt):
        if isinstance(outer, ast.keyword) and not calls:
            keyword = outer.arg or ""
        if isinstance(outer, ast.Compare | ast.Subscript) and not calls:
            calls[0] = "startswith"
        if isinstance(outer, ast.Call) and inner is not outer.func:
            calls[len(calls)] = called(outer)
        elif isinstance(outer, ast.Call) and not calls:
            calls[0] = called(outer)
        inner = outer
    return calls, keyword


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_what_people_read_can_be_translated(module: Path) -> None:
    found = [f"line {line}: {words!r}" for line, words in unsaid(module)]
    assert not found, f"not translated; {WAYS}\n" + "\n".join(found)


def test_the_list_of_what_is_kept_names_what_there_is() -> None:
    assert all((PACKAGE / each).exists() for each in KEPT)
    assert all(KEPT.values())
