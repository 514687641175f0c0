"""What other programs ask for, read out of the fields of their requests."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

from writetex_desktop.core.documents.document import DocumentForm
from writetex_desktop.core.errors import ImageError
from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.language.words import tr
from writetex_desktop.core.pictures.data_url import parse_data_url
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.serving.refusals import Refusal

MOST_PIECES: Final = 50_000
"""Commas, brackets and braces in a body of JSON: a picture has none, a formula few. More is a bomb."""

MOST_TEXT: Final = 200_000
"""Characters of a formula or a hint."""

WEBPAGE: Final = "webpage"
"""The name of the document form HTML, as on the command line: `html` is a format."""

_DPI: Final = (10, 2400)

_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_=\s-]*\Z")

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ReadWish:
    """A picture to be read.

    Attributes:
        picture: The bytes of a picture file.
        name: What the program calls it; empty for nothing.
        mode: What it holds; None for what the model's name says, or a formula.
        form: The form of the result.
        model: Who reads it; empty for what the settings say.
        hint: What to mind.
    """

    picture: bytes = field(repr=False)
    name: str = field(default="", repr=False)
    mode: Mode | None = None
    form: OutputFormat = OutputFormat.RAW
    model: str = ""
    hint: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ConvertWish:
    """A formula to be given another form.

    Attributes:
        source: The formula, or the bytes of a document.
        written_in: Its language: a value of `services.output.importing.InputFormat`.
        form: The form that is wanted.
        dpi: Pixels per inch of a PNG.
        template: The text, or the name, of a template.
        is_numbered: Whether the formulas of a document are numbered.
    """

    source: bytes = field(repr=False)
    written_in: str = "latex"
    form: OutputFormat | DocumentForm = OutputFormat.MATHML
    dpi: int = 300
    template: str = "{latex}"
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class SnipOrder:
    """A region of the screen to be chosen by the user, and read.

    Attributes:
        form: The form of the result.
        profile: Name or `id` of the saved endpoint that reads it; empty for what the settings say.
        repeat: Whether the region of the time before is taken without asking.
        delay_s: Seconds to wait before, up to a minute.
    """

    form: OutputFormat = OutputFormat.RAW
    profile: str = ""
    repeat: bool = False
    delay_s: float = 0.0


def read_json(body: bytes) -> dict[str, Any]:
    """Read a body that is one object of JSON.

    Raises:
        Refusal: It is none, or made to take more memory than it is worth.
    """
    if sum(body.count(sign) for sign in (b",", b"[", b"{")) > MOST_PIECES:
        raise Refusal(tr("The body has too many parts."), tr("Send one picture or formula in a request."))
    try:
        fields = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refusal(
            tr("The body is not JSON in UTF-8."),
            tr("Send one JSON object with Content-Type: application/json."),
        ) from error
    if not isinstance(fields, dict):
        raise Refusal(tr("The body is not a JSON object."), tr("Send one JSON object, in braces."))
    return fields


def read_wish(fields: Mapping[str, Any], file: tuple[bytes, str] | None = None) -> ReadWish:
    """Read the fields of `POST /v1/recognize`.

    Args:
        fields: `image` (a data URL or base64) unless there is a file, `mode`, `format`, `model`, `hint`.
        file: The bytes of the file that came as a part of a form, and its name.

    Raises:
        Refusal: A field is missing or wrong.
    """
    name = text_field(fields, "name")
    if file is not None:
        picture, name = file[0], name or file[1]
    else:
        picture = picture_of(text_field(fields, "image", most=None), "image")
    return ReadWish(
        picture=picture,
        name=name,
        mode=choice_field(fields, "mode", Mode),
        form=choice_field(fields, "format", OutputFormat) or OutputFormat.RAW,
        model=text_field(fields, "model"),
        hint=text_field(fields, "hint"),
    )


def convert_wish(fields: Mapping[str, Any], sources: tuple[str, ...]) -> ConvertWish:
    """Read the fields of `POST /v1/convert`.

    Args:
        fields: `latex` or `source` (text), or `data` (base64, for documents); `from`, `to`, `dpi`,
            `template`, `numbered`.
        sources: The languages that can be read.

    Raises:
        Refusal: A field is missing or wrong.
    """
    written_in = text_field(fields, "from") or "latex"
    if written_in not in sources:
        raise _not_one_of("from", sources)
    text = text_field(fields, "source") or text_field(fields, "latex")
    data = text_field(fields, "data", most=None)
    if not text and not data:
        raise Refusal(tr("There is nothing to convert."), tr("Send the formula as “latex”."), param="latex")
    dpi = fields.get("dpi", 300)
    if isinstance(dpi, bool) or not isinstance(dpi, int) or not _DPI[0] <= dpi <= _DPI[1]:
        raise Refusal(
            tr("The value of “dpi” is not usable."),
            tr("Give a whole number from 10 to 2400."),
            param="dpi",
        )
    return ConvertWish(
        source=text.encode() if text else _from_base64(data, "data"),
        written_in=written_in,
        form=_target(text_field(fields, "to") or text_field(fields, "format")),
        dpi=dpi,
        template=text_field(fields, "template") or "{latex}",
        is_numbered=flag_field(fields, "numbered"),
    )


def snip_order(fields: Mapping[str, Any]) -> SnipOrder:
    """Read the fields of `POST /v1/snip`: `format`, `profile`, `repeat`, `delay_s`.

    Raises:
        Refusal: A field is wrong.
    """
    delay = fields.get("delay_s", 0)
    if isinstance(delay, bool) or not isinstance(delay, int | float) or not 0 <= delay <= 60:  # noqa: PLR2004
        raise Refusal(
            tr("The value of “delay_s” is not usable."), tr("Give 0 to 60 seconds."), param="delay_s"
        )
    return SnipOrder(
        form=choice_field(fields, "format", OutputFormat) or OutputFormat.RAW,
        profile=text_field(fields, "profile"),
        repeat=flag_field(fields, "repeat"),
        delay_s=float(delay),
    )


def picture_of(text: str, param: str) -> bytes:
    """Give the bytes of a picture that is written as a data URL, or as base64 alone.

    Raises:
        Refusal: It is an address: this program fetches nothing. Or it is neither, or damaged.
    """
    start = text[:64].lstrip().lower()
    if not start:
        raise Refusal(
            tr("There is no picture in the request."), tr("Send one as “{param}”.", param=param), param=param
        )
    if start.startswith("data:"):
        try:
            return parse_data_url(text.encode("ascii", "replace").decode("ascii"))
        except ImageError as error:
            raise Refusal(
                tr("The picture's data URL cannot be read."),
                tr("Send data:image/png;base64, and the picture behind it."),
                param=param,
                code="bad_picture",
            ) from error
    if "://" in start or start.startswith(("file:", "blob:", "http")):
        raise Refusal(
            tr("Pictures are not fetched from addresses."),
            tr("Send the picture itself, as a data URL: data:image/png;base64,…"),
            code="no_addresses",
            param=param,
        )
    return _from_base64(text, param)


def text_field(fields: Mapping[str, Any], name: str, most: int | None = MOST_TEXT) -> str:
    """Give a text; an empty one where there is none.

    Raises:
        Refusal: It is something else, or too long.
    """
    value = fields.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refusal(
            tr("The value of “{name}” is not a text.", name=name), tr("Send it as a string."), param=name
        )
    if most is not None and len(value) > most:
        raise Refusal(
            tr("The value of “{name}” is too long.", name=name),
            tr("Send at most {most} characters.", most=most),
            param=name,
        )
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise Refusal(
            tr("The value of “{name}” holds half of a character.", name=name),
            tr("Send text in UTF-8."),
            param=name,
        ) from error
    return value


def flag_field(fields: Mapping[str, Any], name: str) -> bool:
    """Give a truth value; of a form it is the text `true` or `false`.

    Raises:
        Refusal: It is something else.
    """
    match fields.get(name, False):
        case bool(value):
            return value
        case "true" | "1":
            return True
        case "false" | "0" | "" | None:
            return False
        case _:
            raise Refusal(
                tr("The value of “{name}” is not usable.", name=name), tr("Send true or false."), param=name
            )


def choice_field(fields: Mapping[str, Any], name: str, kind: type[E]) -> E | None:
    """Give a member of an enumeration; None where there is none.

    Raises:
        Refusal: It is something else.
    """
    value = text_field(fields, name)
    if not value:
        return None
    if value not in {each.value for each in kind}:
        raise _not_one_of(name, tuple(each.value for each in kind))
    return kind(value)


def _target(name: str) -> OutputFormat | DocumentForm:
    formats = tuple(form.value for form in OutputFormat)
    files = tuple(WEBPAGE if form is DocumentForm.HTML else form.value for form in DocumentForm)
    if name in formats:
        return OutputFormat(name)
    if name in files:
        return DocumentForm.HTML if name == WEBPAGE else DocumentForm(name)
    raise _not_one_of("to", formats + files)


def _not_one_of(name: str, values: tuple[str, ...]) -> Refusal:
    return Refusal(
        tr("The value of “{name}” is not known.", name=name),
        tr("Use one of {names}.", names=", ".join(values)),
        param=name,
    )


def _from_base64(text: str, param: str) -> bytes:
    damaged = Refusal(
        tr("The picture is not base64.")
        if param == "image"
        else tr("The value of “{param}” is not base64.", param=param),
        tr("Send it whole, as base64 or as a data URL."),
        param=param,
        code="bad_base64",
    )
    try:
        packed = text.encode("ascii")
        if not _BASE64.match(packed):
            raise damaged
        packed = b"".join(packed.split()).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except (UnicodeEncodeError, binascii.Error) as error:
        raise damaged from error
