r"""Models that were made for reading: the words and the parameters that each was trained on.

They answer badly to any others, so what stands here is theirs to the byte. Parameters that only some servers
know (`top_k`, `repetition_penalty`, `vllm_xargs`) are sent all the same: a server that refuses one is asked
without it (`core.endpoints.wire.repair`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from writetex_desktop.core.reading.recognition import Mode


@dataclass(frozen=True, slots=True)
class ModelProfile:
    """How a model that was made for reading wants to be asked.

    Attributes:
        names: What a model ID contains, in lower case.
        texts: The exact words of each mode that the model knows; other modes get our own prompt.
        system: The system message it was trained with; None for none.
        extra: Parameters that its page asks for.
        image_only: Whether there must be no text at all.
    """

    names: tuple[str, ...]
    texts: Mapping[Mode, str] = field(default_factory=lambda: MappingProxyType({}))
    system: str | None = None
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({"temperature": 0}))
    image_only: bool = False


def _words(formula: str, text: str = "", table: str = "") -> Mapping[Mode, str]:
    """Give the words for every kind of formula, and for text and tables where the model knows those."""
    words = {mode: formula for mode in Mode if mode.is_formula}
    words[Mode.AUTO] = text or formula
    words |= {mode: known for mode, known in ((Mode.TEXT, text), (Mode.TABLE, table)) if known}
    return MappingProxyType(words)


def _always(words: str) -> Mapping[Mode, str]:
    return _words(words, words, words)


_HUNYUAN_PAGE = (
    "Extract all information from the main body of the document image and represent it in markdown format, "
    "ignoring headers and footers. Tables should be expressed in HTML format, formulas in the document "
    "should be represented using LaTeX format, and the parsing should be organized according to the reading "
    "order."
)

_NANONETS = (
    "Extract the text from the above document as if you were reading it naturally. Return the tables in html "
    "format. Return the equations in LaTeX representation. If there is an image in the document and image "
    "caption is not present, add a small description of the image inside the <img></img> tag; otherwise, add "
    "the image caption inside <img></img>. Watermarks should be wrapped in brackets. Ex: <watermark>OFFICIAL "
    "COPY</watermark>. Page numbers should be wrapped in brackets. Ex: <page_number>14</page_number> or "
    "<page_number>9/22</page_number>. Prefer using ☐ and ☑ for check boxes."
)

_OLMOCR = (
    "Attached is one page of a document that you must process. Just return the plain text representation of "
    "this document as if you were reading it naturally. Convert equations to LateX and tables to {tables}.\n"
    "{figures}Return your output as markdown, with a front matter section on top specifying values for the "
    "primary_language, is_rotation_valid, rotation_correction, is_table, and is_diagram parameters."
)
_OLMOCR_FIGURES = (
    "If there are any figures or charts, label them with the following markdown syntax ![Alt text describing "
    "the contents of the figure](page_startx_starty_width_height.png)\n"
)

_HTML_TAGS = (
    "math br i b u del sup sub table tr td p th div pre h1 h2 h3 h4 h5 ul ol li input a span img hr tbody "
    "small caption strong thead big code"
)
_HTML_ATTRIBUTES = "class colspan rowspan display checked type border value style href alt align"
_CHANDRA = f"""\
OCR this image to HTML.

Only use these tags {_HTML_TAGS.split()}, and these attributes {_HTML_ATTRIBUTES.split()}.

Guidelines:
* Inline math: Surround math with <math>...</math> tags. Math expressions should be rendered in \
KaTeX-compatible LaTeX. Use display for block math.
* Tables: Use colspan and rowspan attributes to match table structure.
* Formatting: Maintain consistent formatting with the image, including spacing, indentation, \
subscripts/superscripts, and special characters.
* Images: Include a description of any images in the alt attribute of an <img> tag. Do not fill out the src \
property.
* Forms: Mark checkboxes and radio buttons properly.
* Text: join lines together properly into paragraphs using <p>...</p> tags.  Use <br> tags for line breaks \
within paragraphs, but only when absolutely necessary to maintain meaning.
* Use the simplest possible HTML structure that accurately represents the content of the block.
* Make sure the text is accurate and easy for a human to read and interpret.  Reading order should be \
correct and natural."""

_NO_LOOPS = MappingProxyType({"ngram_size": 30, "window_size": 90, "whitelist_token_ids": (128821, 128822)})

MODEL_PROFILES: tuple[ModelProfile, ...] = (
    # https://github.com/deepseek-ai/DeepSeek-OCR (README): the full stop matters; the parameters are those of
    # https://docs.vllm.ai/projects/recipes (DeepSeek-OCR), where the server cuts loops.
    ModelProfile(
        ("deepseek-ocr",),
        _always("Free OCR."),
        extra={"temperature": 0, "skip_special_tokens": False, "vllm_xargs": dict(_NO_LOOPS)},
    ),
    # https://recipes.vllm.ai/baidu/Unlimited-OCR: without the literal <image> the answer is empty.
    ModelProfile(
        ("unlimited-ocr",),
        _always("<image>document parsing."),
        extra={
            "temperature": 0,
            "skip_special_tokens": False,
            "vllm_xargs": {"ngram_size": 35, "window_size": 128},
        },
    ),
    # https://github.com/Tencent-Hunyuan/HunyuanOCR (README): the system message is empty, not missing.
    # https://github.com/vllm-project/recipes (Tencent-Hunyuan/HunyuanOCR.md) has the parameters.
    ModelProfile(
        ("hunyuanocr", "hunyuan-ocr"),
        _words(
            "Identify the formula in the image and represent it using LaTeX format.",
            _HUNYUAN_PAGE,
            "Parse the table in the image into HTML.",
        ),
        system="",
        extra={"temperature": 0, "top_k": 1, "repetition_penalty": 1.0},
    ),
    # https://docs.vllm.ai/projects/recipes (PaddleOCR-VL)
    ModelProfile(("paddleocr-vl",), _words("Formula Recognition:", "OCR:", "Table Recognition:")),
    # https://github.com/zai-org/GLM-OCR (glmocr/config.yaml)
    ModelProfile(
        ("glm-ocr",),
        _words("Formula Recognition:", "Text Recognition:", "Table Recognition:"),
        extra={
            "temperature": 0,
            "top_p": 0.00001,
            "top_k": 1,
            "repetition_penalty": 1.1,
            "max_tokens": 8192,
        },
    ),
    # mineru-vl-utils on PyPI (mineru_client.py): each task starts with a line end.
    ModelProfile(
        ("mineru2.5", "mineru-2.5", "mineru-vl"),
        _words("\nFormula Recognition:", "\nText Recognition:", "\nTable Recognition:"),
        system="You are a helpful assistant.",
        extra={"temperature": 0, "top_p": 0.01, "presence_penalty": 1.0, "frequency_penalty": 0.05},
    ),
    # https://github.com/rednote-hilab/dots.ocr (dots_ocr/utils/prompts.py)
    ModelProfile(
        ("dots.ocr", "dots-ocr", "dots.mocr"),
        _always("Extract the text content from this image."),
        extra={"temperature": 0.1},
    ),
    # https://huggingface.co/nanonets/Nanonets-OCR-s
    ModelProfile(("nanonets-ocr",), _always(_NANONETS), system="You are a helpful assistant."),
    # https://github.com/allenai/olmocr (olmocr/prompts/prompts.py): the second model was trained on tables in
    # HTML, the first on tables in Markdown.
    ModelProfile(
        ("olmocr-2", "olmocr2"),
        _always(_OLMOCR.format(tables="HTML", figures=_OLMOCR_FIGURES)),
        extra={"temperature": 0.1},
    ),
    ModelProfile(
        ("olmocr",),
        _always(_OLMOCR.format(tables="markdown", figures="")),
        extra={"temperature": 0.1},
    ),
    # https://huggingface.co/lightonai/LightOnOCR-1B-1025: it repeats any words it is given.
    ModelProfile(("lightonocr",), extra={"temperature": 0.2, "top_p": 0.9}, image_only=True),
    # https://huggingface.co/stepfun-ai/GOT-OCR2_0: the blank at the end is part of it.
    ModelProfile(
        ("got-ocr",),
        _words("OCR with format: ", "OCR: ", "OCR with format: "),
    ),
    # https://github.com/datalab-to/chandra (chandra/prompts.py)
    ModelProfile(("chandra",), _always(_CHANDRA)),
    # https://github.com/datalab-to/surya (surya/inference/prompts.py)
    ModelProfile(("surya",), _always("OCR this block image to HTML.")),
    # https://huggingface.co/ibm-granite/granite-docling-258M
    ModelProfile(
        ("granite-docling", "smoldocling"),
        _words("Convert formula to latex.", "Convert this page to docling.", "Convert table to OTSL."),
    ),
)
"""Models that were trained on fixed words; the first that fits counts."""


def reading_model(model: str) -> ModelProfile | None:
    """Find the profile of a model that was made for reading.

    Args:
        model: Model ID; it is known by a part of it, in any case.

    Returns:
        The profile, or None for a model that follows instructions.
    """
    name = model.casefold()
    return next((each for each in MODEL_PROFILES if any(part in name for part in each.names)), None)
