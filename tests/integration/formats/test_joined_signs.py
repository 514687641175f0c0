"""Signs that MathJax puts together of several are one in the MathML."""

import xml.etree.ElementTree as ET

import pytest

from writetex_desktop.adapters.exporters.mathjax import MathJaxRenderer
from writetex_desktop.adapters.storage.resource_files import resource_dir


@pytest.mark.parametrize(
    ("latex", "signs"),
    [
        (r"a\coloneqq b", "a≔b"),
        (r"a\Coloneqq b\eqqcolon c", "a⩴b≕c"),
        (r"\iddots", "⋰"),
        (r"\pmb{y}", "y"),
        (r"\tag{1} a=b", "a=b(1)"),
        (r"a:=b", "a:=b"),
    ],
)
async def test_what_looks_like_one_sign_is_one_and_nothing_is_there_twice(latex: str, signs: str) -> None:

    renderer = MathJaxRenderer(resource_dir())
    try:
        mathml = await renderer.mathml(latex)
    finally:
        renderer.close()
    assert "".join(ET.fromstring(mathml).itertext()) == signs
