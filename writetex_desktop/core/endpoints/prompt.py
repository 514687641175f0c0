r"""What is said to a model beside the picture.

The words are stable to the byte, so that servers can cache them, and English, which every model reads. There
is no system message unless a model wants one: some chat templates have no place for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from writetex_desktop.core.endpoints.catalogue.reading_models import reading_model
from writetex_desktop.core.reading.guidance import NO_GUIDANCE, Guidance
from writetex_desktop.core.reading.recognition import Mode


@dataclass(frozen=True, slots=True)
class PromptPlan:
    """What goes with the picture.

    Attributes:
        text: The text part after the picture; None for models that take the picture alone.
        system: The system message; None for none, which is not the same as an empty one.
        extra: Parameters of the request beyond the ordinary ones, as the model's own page gives them.
        is_for_reader: Whether the model was made for reading and follows no other instruction.
    """

    text: str | None
    system: str | None = None
    extra: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    is_for_reader: bool = False


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
    Mode.CHEMISTRY: r"""
Transcribe the chemical formula or equation in the image to LaTeX with mhchem.
Output only the LaTeX body, each formula or equation as \ce{...}: no explanation, code fence or delimiters.
Keep charges, states of matter, isotopes, bonds, arrows and what stands above or below them.
Copy exactly what is printed; do not balance, complete or name it.
Write \square for an unreadable symbol. If there is nothing to transcribe, output NONE.
""",
    Mode.HANDWRITING: r"""
Transcribe the handwritten mathematics in the image to LaTeX.
Output only the LaTeX body: no explanation, code fence, delimiters or \tag.
Use standard amsmath commands, never Unicode math symbols.
Several lines: one aligned, cases or matrix environment, lines ended by \\.
Leave out what is struck through. Copy mistakes too; do not solve, simplify or complete.
Write \square for an unreadable symbol. If there is nothing to transcribe, output NONE.
""",
    Mode.AUTO: r"""
Transcribe the image.
One formula: only its LaTeX body, no delimiters; several lines as one aligned, cases or matrix environment.
One table: only one LaTeX tabular environment, mathematics in cells as $ ... $.
Else in reading order, a blank line between paragraphs, mathematics as \( ... \), displayed as \[ ... \].
No explanation, no code fence, no translation. Copy exactly what is printed.
If there is nothing to transcribe, output NONE.
""",
}


def prompt_for(mode: Mode, hint: str = "", guidance: Guidance = NO_GUIDANCE) -> str:
    """Give the prompt for models that take instructions; at most some 120 tokens by itself.

    What changes least comes first, so that it can be cached.

    Args:
        mode: What the picture holds.
        hint: What the user wants the engine to mind with this picture.
        guidance: What the user wants it to mind with every picture.
    """
    hint = " ".join(hint.split())
    parts = (_PROMPTS[mode].strip(), guidance.text, f"The user adds: {hint}" if hint else "")
    return "\n".join(part for part in parts if part)


def plan_for(model: str, mode: Mode, hint: str = "", guidance: Guidance = NO_GUIDANCE) -> PromptPlan:
    """Give what to say to a model.

    Args:
        model: Model ID; a model made for reading is known by a part of it, in any case.
        mode: What the picture holds.
        hint: What the user wants the engine to mind; models with fixed words do not get it.
        guidance: The same, for every picture.
    """
    profile = reading_model(model)
    if profile is None:
        return PromptPlan(prompt_for(mode, hint, guidance))
    text = None if profile.image_only else profile.texts.get(mode, prompt_for(mode, hint, guidance))
    return PromptPlan(text, profile.system, profile.extra, is_for_reader=True)
