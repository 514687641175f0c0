r"""What is said to a model beside the picture.

The words are stable to the byte, so that servers can cache them, and English, which every model reads. There
is no system message unless a model wants one: some chat templates have no place for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from writetex_desktop.core.recognition import Mode


@dataclass(frozen=True, slots=True)
class PromptPlan:
    """What goes with the picture.

    Attributes:
        text: The text part after the picture; None for models that take the picture alone.
        system: The system message; None for none, which is not the same as an empty one.
        extra: Parameters of the request beyond the ordinary ones, as the model's own page gives them.
    """

    text: str | None
    system: str | None = None
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


_PROMPTS: dict[Mode, str] = {
    Mode.FORMULA: r"""
Transcribe the mathematics in the image to LaTeX.
Output only the LaTeX body: no explanation, code fence, $ or \[ \] delimiters, equation number or \tag.
Use standard amsmath commands, never Unicode math symbols.
Several lines: one aligned, cases or matrix environment, lines ended by \\.
Copy exactly what is printed; do not solve, simplify or complete it.
Write \square for an unreadable symbol. If there is nothing to transcribe, output NONE.
""",
    Mode.TEXT: r"""
Transcribe the image in reading order.
Inline mathematics as \( ... \), displayed mathematics as \[ ... \], in standard amsmath LaTeX.
The rest as plain text in its own language, one blank line between paragraphs.
No explanation, no code fence, no translation. Copy exactly what is printed.
If there is nothing to transcribe, output NONE.
""",
    Mode.TABLE: r"""
Transcribe the table in the image to one LaTeX tabular environment.
Keep rows, columns, rules (\hline), alignment and merged cells (\multicolumn, \multirow).
Mathematics in cells as $ ... $.
Output only the environment: no explanation, no code fence, no preamble, no caption.
Copy exactly what is printed. If there is no table, output NONE.
""",
    Mode.TIKZ: r"""
Redraw the diagram in the image as one LaTeX tikzpicture environment, or tikzcd for a commutative diagram.
Keep positions, arrows, line styles and labels; labels in LaTeX.
Output only the environment: no explanation, no code fence, no preamble.
If there is no diagram, output NONE.
""",
}


@dataclass(frozen=True, slots=True)
class ModelProfile:
    """How a model that was made for reading wants to be asked.

    Attributes:
        names: What a model ID contains, in lower case.
        texts: The exact words of each mode that the model knows; other modes get our own prompt.
        system: The system message it was trained with; None for none.
        extra: Parameters that its page asks for, as far as every server of that model takes them.
        image_only: Whether there must be no text at all.
    """

    names: tuple[str, ...]
    texts: Mapping[Mode, str] = field(default_factory=lambda: MappingProxyType({}))
    system: str | None = None
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({"temperature": 0}))
    image_only: bool = False


_TASKS = MappingProxyType(
    {Mode.FORMULA: "Formula Recognition:", Mode.TEXT: "OCR:", Mode.TABLE: "Table Recognition:"}
)

MODEL_PROFILES: tuple[ModelProfile, ...] = (
    # https://github.com/deepseek-ai/DeepSeek-OCR (README): the full stop matters.
    ModelProfile(
        ("deepseek-ocr",), {Mode.FORMULA: "Free OCR.", Mode.TEXT: "Free OCR.", Mode.TABLE: "Free OCR."}
    ),
    # https://recipes.vllm.ai/baidu/Unlimited-OCR: without the literal <image> the answer is empty.
    ModelProfile(
        ("unlimited-ocr",), dict.fromkeys((Mode.FORMULA, Mode.TEXT, Mode.TABLE), "<image>document parsing.")
    ),
    # https://github.com/Tencent-Hunyuan/HunyuanOCR (README): the system message is empty, not missing.
    ModelProfile(
        ("hunyuanocr", "hunyuan-ocr"),
        {Mode.FORMULA: "Identify the formula in the image and represent it using LaTeX format."},
        system="",
    ),
    # https://docs.vllm.ai/projects/recipes (PaddleOCR-VL)
    ModelProfile(("paddleocr-vl",), _TASKS),
    # https://github.com/zai-org/GLM-OCR (config.yaml)
    ModelProfile(("glm-ocr",), {**_TASKS, Mode.TEXT: "Text Recognition:"}),
    # https://pypi.org/project/mineru-vl-utils (mineru_client.py): each task starts with a line end.
    ModelProfile(
        ("mineru2.5", "mineru-vl"),
        {
            Mode.FORMULA: "\nFormula Recognition:",
            Mode.TEXT: "\nText Recognition:",
            Mode.TABLE: "\nTable Recognition:",
        },
        system="You are a helpful assistant.",
    ),
    # https://github.com/rednote-hilab/dots.ocr (dots_ocr/utils/prompts.py)
    ModelProfile(
        ("dots.ocr", "dots.mocr"),
        dict.fromkeys((Mode.FORMULA, Mode.TEXT, Mode.TABLE), "Extract the text content from this image."),
        extra={"temperature": 0.1},
    ),
    # https://huggingface.co/nanonets/Nanonets-OCR-s
    ModelProfile(
        ("nanonets-ocr",),
        dict.fromkeys(
            (Mode.FORMULA, Mode.TEXT),
            "Extract the text from the above document as if you were reading it naturally. "
            "Return the tables in html format. Return the equations in LaTeX representation.",
        ),
        system="You are a helpful assistant.",
    ),
    # https://github.com/allenai/olmocr (olmocr/prompts/prompts.py): it follows an ordinary prompt, coolly.
    ModelProfile(("olmocr",), extra={"temperature": 0.1}),
    # https://huggingface.co/lightonai/LightOnOCR-1B-1025
    ModelProfile(("lightonocr",), extra={"temperature": 0.2, "top_p": 0.9}, image_only=True),
    # https://huggingface.co/stepfun-ai/GOT-OCR2_0: the blank at the end is part of it.
    ModelProfile(
        ("got-ocr",),
        {**dict.fromkeys((Mode.FORMULA, Mode.TABLE), "OCR with format: "), Mode.TEXT: "OCR: "},
    ),
    # https://huggingface.co/ibm-granite/granite-docling-258M
    ModelProfile(("granite-docling", "smoldocling"), {Mode.FORMULA: "Convert formula to latex."}),
)
"""Models that were trained on fixed words and answer badly to others."""


def prompt_for(mode: Mode, hint: str = "") -> str:
    """Give the prompt for models that take instructions; at most some 120 tokens without the hint.

    Args:
        mode: What the picture holds.
        hint: What the user wants the engine to mind; it comes last, so that what is before it can be cached.
    """
    hint = " ".join(hint.split())
    prompt = _PROMPTS[mode].strip()
    return f"{prompt}\nThe user adds: {hint}" if hint else prompt


def plan_for(model: str, mode: Mode, hint: str = "") -> PromptPlan:
    """Give what to say to a model.

    Args:
        model: Model ID; a model made for reading is known by a part of it, in any case.
        mode: What the picture holds.
        hint: What the user wants the engine to mind; models with fixed words do not get it.
    """
    name = model.casefold()
    profile = next((each for each in MODEL_PROFILES if any(part in name for part in each.names)), None)
    if profile is None:
        return PromptPlan(prompt_for(mode, hint))
    text = None if profile.image_only else profile.texts.get(mode, prompt_for(mode, hint))
    return PromptPlan(text, profile.system, profile.extra)
