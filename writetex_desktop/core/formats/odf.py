"""A formula as an object of OpenDocument, which LibreOffice keeps in files and pastes as its own equation.

Source: OASIS OpenDocument 1.3, part 2 (packages) and part 3, section 14
(https://docs.oasis-open.org/office/OpenDocument/v1.3/).
"""

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Mapping
from typing import Final

from writetex_desktop.core.errors import ConversionError
from writetex_desktop.core.formats.mathml.reading import read_mathml
from writetex_desktop.core.formats.mathml.word import for_word
from writetex_desktop.core.formats.starmath import to_starmath

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.formula"

PROLOGUE: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'

_TAG: Final = "{http://www.w3.org/1998/Math/MathML}"
_FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)
"""What a file within a package says of its age, so that the same formula is the same package."""


def for_libreoffice(mathml: str) -> str:
    """Give MathML that LibreOffice reads as what it is.

    It comes with its StarMath, which LibreOffice takes where it is there. For a frame there is none: then it
    reads the MathML, takes the parts of `math` for lines, and lets what follows a fraction into the
    denominator (seen in 7.4); a row around each, with something in it that takes no room, keeps it from both.

    Args:
        mathml: A `math` element with its namespace.
    """
    try:
        starmath = to_starmath(read_mathml(mathml))
    except ConversionError:
        starmath = ""
    root = ET.fromstring(for_word(mathml))  # noqa: S314 - our own renderer wrote it
    for parent in list(root.iter()):
        for at, child in enumerate(list(parent)):
            if child.tag == f"{_TAG}mfrac":
                parent[at] = _row(child, ET.Element(f"{_TAG}mspace", {"width": "0em"}))
    children = list(root)
    for child in children:
        root.remove(child)
    root.append(_row(*children))
    if starmath:
        note = ET.Element(f"{_TAG}annotation", {"encoding": "StarMath 5.0"})
        note.text = starmath
        meaning = ET.Element(f"{_TAG}semantics")
        meaning.extend((*root, note))
        root[:] = [meaning]
    for element in root.iter():
        element.tag = element.tag.removeprefix(_TAG)
    root.attrib = {"xmlns": _TAG[1:-1], **root.attrib}
    return ET.tostring(root, encoding="unicode")


def formula_package(mathml: str) -> bytes:
    """Make a package that is one formula.

    Args:
        mathml: A `math` element with its namespace.
    """
    content = f"{PROLOGUE}{for_libreoffice(mathml)}"
    return package(MEDIA_TYPE, {"content.xml": content.encode()}, {"content.xml": "text/xml"})


def package(media_type: str, files: Mapping[str, bytes], media_types: Mapping[str, str]) -> bytes:
    """Make a package of OpenDocument.

    Args:
        media_type: Of the whole; its name comes first and is not packed, so that everybody finds it.
        files: Name to content.
        media_types: Name to media type of all files and folders but the whole.
    """
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in {"/": media_type, **media_types}.items()
    )
    manifest = (
        f'{PROLOGUE}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
        f'manifest:version="1.3">{entries}</manifest:manifest>'
    )
    whole = {"mimetype": media_type.encode(), **files, "META-INF/manifest.xml": manifest.encode()}
    return packed(whole, unpacked=frozenset(("mimetype",)))


def packed(files: Mapping[str, bytes], *, unpacked: frozenset[str] = frozenset()) -> bytes:
    """Put files into a ZIP file, in their order.

    Args:
        files: Name to content.
        unpacked: The names of those that are stored as they are.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, data in files.items():
            kind = zipfile.ZIP_STORED if name in unpacked else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, _FIRST_MOMENT), data, kind)
    return whole.getvalue()


def _row(*children: ET.Element) -> ET.Element:
    row = ET.Element(f"{_TAG}mrow")
    row.extend(children)
    return row
