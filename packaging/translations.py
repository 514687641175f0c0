"""The translations: what is to be translated, what was, and the files that the program reads.

    python packaging/translations.py extract FILE     write all texts of the program into a template (.pot)
    python packaging/translations.py merge [LANG...]  bring translations/LANG.po up to what the program says
    python packaging/translations.py check [LANG...]  say what is missing or wrong; status 1 if anything
    python packaging/translations.py compile          make resources/locale/ from translations/

The standard library alone; the build hook and dev.py call `compile`, dev.py check calls `check`. How the
program says its texts stands in writetex_desktop/core/language/words.py, why so in docs/adr/0062.
"""

import argparse
import ast
import re
import struct
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "writetex_desktop"
PO_FOLDER = ROOT / "translations"
LOCALE = ROOT / "resources" / "locale"

_ONE_FORM = "nplurals=1; plural=0;"
_TWO_FORMS = "nplurals=2; plural=(n != 1);"
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "de": _TWO_FORMS,
    "es": _TWO_FORMS,
    "it": _TWO_FORMS,
    "pt_BR": "nplurals=2; plural=(n > 1);",
    "zh_CN": _ONE_FORM,
    "zh_TW": _ONE_FORM,
    "ja": _ONE_FORM,
    "ko": _ONE_FORM,
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 "
    ": n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 "
    ": n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
"""The languages beside English, and which form a number takes
(https://www.gnu.org/software/gettext/manual/html_node/Plural-forms.html)."""

CALLS = {"tr": (0, None, None), "mark": (0, None, None), "tr_plural": (0, 1, None), "tr_in": (1, None, 0)}
"""The functions of core/language/words.py: where text, plural and context stand among their arguments."""

_ACCELERATOR = re.compile(r"&(?=[^\s&])")
_CODE = re.compile(r"`[^`]+`|https?://(?:[!-(*-~]*[\w/])?", re.ASCII)
_PERCENT = re.compile(r"%[a-z]")
_FOREIGN_DIGITS = re.compile(r"[٠-٩۰-۹]")
_END = re.compile(r"(…|:|\?|!|\.)$")
_ENDS = {"。": ".", "：": ":", "？": "?", "！": "!", "؟": "?", "...": "…", "．": "."}


Key = tuple[str, str]
"""The context, empty for none, and the English text."""

_MO_MAGIC = 0x950412DE


@dataclass(slots=True)
class Entry:
    """A text and its translation.

    Attributes:
        text: The English text.
        context: What it means here; empty for none.
        many: The English text for many; empty where there is no plural.
        places: The modules that say it, relative to the package.
        forms: The translations: one, or one for each plural form; empty texts while there are none.
        fuzzy: Whether somebody has to look at the translation before it counts.
    """

    text: str
    context: str = ""
    many: str = ""
    places: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    fuzzy: bool = False

    @property
    def key(self) -> Key:
        """What tells it from all others."""
        return self.context, self.text

    @property
    def is_done(self) -> bool:
        """Whether all of it is translated."""
        return bool(self.forms) and all(self.forms) and not self.fuzzy


@dataclass(slots=True)
class _Block:
    """The lines of one entry, as far as they were read."""

    words: dict[str, str] = field(default_factory=dict)
    places: list[str] = field(default_factory=list)
    fuzzy: bool = False


def main(argv: Sequence[str]) -> int:
    """Do what the command line says; gives the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract").add_argument("file", type=Path)
    for name in ("merge", "check"):
        commands.add_parser(name).add_argument("languages", nargs="*", choices=[*PLURALS, []], metavar="LANG")
    commands.add_parser("compile")
    options = parser.parse_args(argv)
    match options.command:
        case "extract":
            write_po(options.file, extract(), header("", "nplurals=INTEGER; plural=EXPRESSION;"))
        case "merge":
            merge(options.languages or _shipped())
        case "check":
            return check(options.languages or _shipped())
        case _:
            compile_all()
    return 0


def extract() -> list[Entry]:
    """Collect what the program says, in the order of its modules.

    Raises:
        SystemExit: A text is no literal, or a text has two plurals; says where.
    """
    found: dict[Key, Entry] = {}
    wrong = []
    for module in sorted(PACKAGE.rglob("*.py")):
        place = module.relative_to(PACKAGE).as_posix()
        for line, entry in _texts(module):
            if entry is None:
                wrong.append(f"{place}:{line}: a text for people is a literal with named placeholders")
                continue
            known = found.setdefault(entry.key, entry)
            if entry.many and known.many and known.many != entry.many:
                wrong.append(f"{place}:{line}: this text has another plural elsewhere: {entry.text}")
            known.many = known.many or entry.many
            if place not in known.places:
                known.places = (*known.places, place)
    if wrong:
        raise SystemExit("\n".join(wrong))
    return list(found.values())


def _texts(module: Path) -> Iterator[tuple[int, Entry | None]]:
    """Give the texts of a module, with their lines; None for one that is not plain."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS):
            continue
        literals = [
            each.value if isinstance(each, ast.Constant) and isinstance(each.value, str) else None
            for each in node.args
        ]
        words = [
            None if at is None else literals[at] if at < len(literals) else None for at in CALLS[node.func.id]
        ]
        text, many, context = words
        wanted = sum(at is not None for at in CALLS[node.func.id])
        if sum(word is not None for word in words) != wanted or text is None:
            yield node.lineno, None
        else:
            yield node.lineno, Entry(text, context or "", many or "")


def merge(languages: Iterable[str]) -> None:
    """Bring catalogues up to what the program says; what is not said any more goes."""
    texts = extract()
    PO_FOLDER.mkdir(exist_ok=True)
    for code in languages:
        file = PO_FOLDER / f"{code}.po"
        before = {entry.key: entry for entry in (read_po(file) if file.exists() else ())}
        merged = [_merged(text, before.get(text.key), _form_count(code)) for text in texts]
        write_po(file, merged, header(code, PLURALS[code]))
        done = sum(entry.is_done for entry in merged)
        print(f"{code}: {done} of {len(merged)} translated.")


def _merged(text: Entry, before: Entry | None, forms: int) -> Entry:
    wanted = forms if text.many else 1
    kept = before.forms if before is not None and len(before.forms) == wanted else ("",) * wanted
    return Entry(text.text, text.context, text.many, text.places, kept, before is not None and before.fuzzy)


def check(languages: Iterable[str]) -> int:
    """Say what is missing or cannot be right; gives 1 if anything."""
    texts = extract()
    status = 0
    for code in languages:
        file = PO_FOLDER / f"{code}.po"
        try:
            known = {entry.key: entry for entry in read_po(file)}
        except (OSError, ValueError) as error:
            print(f"{code}: {error}")
            status = 1
            continue
        missing = [text for text in texts if text.key not in known or not known[text.key].is_done]
        faults = [
            f"{code}: {fault}: {known[text.key].text!r} -> {known[text.key].forms!r}"
            for text in texts
            if text.key in known and known[text.key].is_done
            for fault in faults_of(known[text.key], code)
        ]
        print(f"{code}: {len(texts) - len(missing)} of {len(texts)} translated, {len(faults)} faults.")
        for line in (
            *faults,
            *(f"{code}: not translated: {text.text!r} ({text.places[0]})" for text in missing),
        ):
            print(f"  {line}")
        status |= bool(faults or missing)
    return status


def faults_of(entry: Entry, code: str) -> list[str]:
    """Say what cannot be right about a translation."""
    faults = []
    if len(entry.forms) != (_form_count(code) if entry.many else 1):
        faults.append("the number of plural forms is another one")
    try:
        english = _fields(entry.many or entry.text)
    except ValueError:  # it is never formatted
        english = None
    for form in entry.forms:
        faults += _placeholder_faults(english, form, may_drop_count=bool(entry.many))
        if len(_ACCELERATOR.findall(entry.text)) != len(_ACCELERATOR.findall(form)):
            faults.append("the letter of the key (&) is missing or too much")
        if Counter(_CODE.findall(entry.text)) != Counter(_CODE.findall(form)):
            faults.append("code or an address was changed")
        if Counter(_PERCENT.findall(entry.text)) != Counter(_PERCENT.findall(form)):
            faults.append("a %s is missing or too much")
        if _end(entry.text) != _end(form):
            faults.append("it ends with another sign")
        if entry.text[:1].isspace() != form[:1].isspace() or entry.text[-1:].isspace() != form[-1:].isspace():
            faults.append("the space at an end is missing or too much")
        if _FOREIGN_DIGITS.search(form):
            faults.append("digits are Latin ones")
    return faults


def _placeholder_faults(english: Counter[str] | None, form: str, *, may_drop_count: bool) -> list[str]:
    if english is None:
        return []
    try:
        fields = _fields(form)
    except ValueError:
        return ["a brace stands alone"]
    may_drop = Counter({"{count}": 9}) if may_drop_count else Counter[str]()
    if fields - english or (english - fields) - may_drop:
        return ["the placeholders are other ones"]
    return []


def _fields(text: str) -> Counter[str]:
    if "{" not in text and "}" not in text:
        return Counter()
    fields = [(name, form, how) for _, name, form, how in Formatter().parse(text) if name is not None]
    return Counter(
        f"{{{name}{f'!{how}' if how else ''}{f':{form}' if form else ''}}}" for name, form, how in fields
    )


def _end(text: str) -> str:
    for foreign, ours in _ENDS.items():
        if text.endswith(foreign):
            return ours
    found = _END.search(text)
    return found[1] if found else ""


def compile_all() -> None:
    """Make the files that the program reads; those that are right already are left alone."""
    for file in sorted(PO_FOLDER.glob("*.po")):
        target = LOCALE / file.stem / "LC_MESSAGES" / "writetex.mo"
        if not target.exists() or target.stat().st_mtime < file.stat().st_mtime:
            write_mo(target, read_po(file), header(file.stem, PLURALS[file.stem]))


def header(code: str, plurals: str) -> dict[str, str]:
    """Give the header of a catalogue."""
    return {
        "Project-Id-Version": "writetex-desktop",
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals,
    }


def _form_count(code: str) -> int:
    return int(PLURALS[code].removeprefix("nplurals=").partition(";")[0])


def _shipped() -> list[str]:
    return [code for code in PLURALS if (PO_FOLDER / f"{code}.po").exists()]


# --- The files --------------------------------------------------------------------------------------
#
# The text form for people (.po) and the one that programs read (.mo), as GNU gettext has them:
# https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html and
# https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html. Only what our catalogues need is read
# and written: texts, contexts, plurals, places and the mark `fuzzy`.


def read_po(path: Path) -> list[Entry]:
    """Read a .po file, without its header.

    Raises:
        ValueError: A line is none of such a file; the message names it.
    """
    entries = []
    for block in _blocks(path):
        text = block.words["msgid"]
        if not text:
            continue
        many = block.words.get("msgid_plural", "")
        forms = tuple(value for name, value in block.words.items() if name.startswith("msgstr"))
        entries.append(
            Entry(text, block.words.get("msgctxt", ""), many, tuple(block.places), forms, block.fuzzy)
        )
    return entries


def write_po(path: Path, entries: Iterable[Entry], header: Mapping[str, str]) -> None:
    """Write a .po file; the header is the translation of the empty text."""
    head = "".join(f"{name}: {value}\n" for name, value in header.items())
    parts = [_block_text(Entry("", forms=(head,)))]
    parts += [_block_text(entry) for entry in entries]
    path.write_text("\n".join(parts), "utf-8", newline="\n")


def write_mo(path: Path, entries: Iterable[Entry], header: Mapping[str, str]) -> None:
    """Write what is translated in the form that programs read."""
    texts = {b"": "".join(f"{name}: {value}\n" for name, value in header.items()).encode()}
    for entry in entries:
        if entry.is_done:
            texts[_mo_key(entry)] = "\0".join(entry.forms).encode()
    keys = sorted(texts)
    count = len(keys)
    start = 28 + 16 * count  # a header of seven words, then two tables of a length and a place each
    key_table, text_table, body = b"", b"", b""
    for table_of in ("keys", "texts"):
        for key in keys:
            data = key if table_of == "keys" else texts[key]
            row = struct.pack("<II", len(data), start + len(body))
            if table_of == "keys":
                key_table += row
            else:
                text_table += row
            body += data + b"\0"
    head = struct.pack("<7I", _MO_MAGIC, 0, count, 28, 28 + 8 * count, 0, start)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + key_table + text_table + body)


def _mo_key(entry: Entry) -> bytes:
    key = f"{entry.context}\4{entry.text}" if entry.context else entry.text
    return (f"{key}\0{entry.many}" if entry.many else key).encode()


def _blocks(path: Path) -> Iterator[_Block]:
    block, name = _Block(), ""
    for number, raw in enumerate(path.read_text("utf-8").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith(("#", "msgctxt")) or (line.startswith("msgid ") and name != "msgctxt"):
            if "msgid" in block.words and name.startswith("msgstr"):
                yield block
                block, name = _Block(), ""
            if not line:
                continue
        if line.startswith("#"):
            if line.startswith("#:"):
                block.places += line[2:].split()
            block.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        keyword, quote, quoted = line.partition('"')
        if not quote or not line.endswith('"') or (not keyword and not name):
            raise ValueError(f"{path.name}, line {number}: this is no line of a .po file: {line}")
        name = keyword.strip() or name
        try:
            value = ast.literal_eval(f'"{quoted}')
        except (SyntaxError, ValueError) as error:
            raise ValueError(f"{path.name}, line {number}: the quotes are not right: {line}") from error
        block.words[name] = block.words.get(name, "") + str(value)
    if "msgid" in block.words and name.startswith("msgstr"):
        yield block


def _block_text(entry: Entry) -> str:
    lines = [f"#: {place}" for place in entry.places]
    if entry.fuzzy:
        lines.append("#, fuzzy")
    if entry.context:
        lines += _quoted("msgctxt", entry.context)
    lines += _quoted("msgid", entry.text)
    if not entry.many:
        lines += _quoted("msgstr", entry.forms[0] if entry.forms else "")
    else:
        lines += _quoted("msgid_plural", entry.many)
        for at, form in enumerate(entry.forms):
            lines += _quoted(f"msgstr[{at}]", form)
    return "".join(f"{line}\n" for line in lines)


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})


def _quoted(name: str, text: str) -> list[str]:
    lines = text.splitlines(keepends=True)
    if len(lines) < 2:  # noqa: PLR2004 - one line stands beside its name
        return [f'{name} "{text.translate(_ESCAPES)}"']
    return [f'{name} ""', *(f'"{line.translate(_ESCAPES)}"' for line in lines)]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
