r"""What models say round a formula, told from mathematics by its shape and not by its language.

A line of words is no formula: it has words one after the other and no sign of mathematics. Such lines before
the first and after the last line of mathematics are talk. Within one line only a sentence about formulas or
LaTeX is taken for talk, since words may stand in the picture, too.
"""

import re
from typing import Final

_INLINE: Final = re.compile(r"\$[^$\n]{1,400}\$|\\\([^\n\\]{1,400}\\\)|`[^`\n]{1,400}`")
_SIGN: Final = re.compile(
    r"[\\^_=+<>|{}\[\]&~$]|[\u2190-\u21ff\u2200-\u22ff\u0370-\u03ff]\S?[\u2190-\u22ff]|[∑∏∫√]"
)
_LETTER: Final = r"[^\W\d_]"
_WORD: Final = re.compile(rf"{_LETTER}[^\W\d_'’\-]*+(?:['’\-]{_LETTER}+)*+")
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_FUNCTIONS: Final = """
    sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan log ln lg exp lim max min sup inf det dim
    ker deg gcd lcm mod arg rank span tr div grad rot curl diag sgn sign res erf const dx dy dz dt dr du dv ds
"""
_OPERATORS: Final = frozenset(_FUNCTIONS.split())
_COLON: Final = re.compile(r"[:：]\s*+[*_`]*+\s*+\Z")

_ABOUT: Final = re.compile(
    r"latex|\btex\b|\bcode\b|\bformul|\bequa|expression|transcri|\bimage|picture|snippet|final answer"
    r"|\bformel|gleichung|ausdruck|\bbild|transkri|fórmula|ecuaci|expresi|imagen|código|transcrip"
    r"|formula|espression|immagine|codice|trascri|equaç|express[ãa]o|imagem|formule|équation|réponse finale"
    r"|формул|уравнени|выражени|изображени|код\b|公式|方程|图片|圖片|图像|表达式|代码|识别|数式|画像|コード"
    r"|수식|공식|방정식|이미지|코드|معادلة|المعادلة|صيغة|الصيغة|الصورة|كود",
    re.IGNORECASE,
)
"""Words by which one speaks about a formula, in the languages of the interface; a picture of one has none."""

_LEAD: Final = re.compile(r"\A(?:\*\*)?(?P<said>[^\n\\$`{}^_=:：]{2,160})[:：](?:\*\*)?(?=\s|\\|\$|\Z)\s*")
_BARE_NAME: Final = re.compile(
    r"\A\s*(?:latex|tex|transcription|assistant|ocr)(?: code| result| output)?\s*\Z", re.IGNORECASE
)
_ONLY_LEAD_IN: Final = re.compile(
    r"\A(?:Here(?:'s|’s| is| are)|Sure[,!]|Certainly|Of course|The LaTeX|LaTeX code|以下是)[^\n\\$`{}^_=]*\Z"
)
_INTERJECTION: Final = re.compile(
    r"\A\s*+(?:Sure|Certainly|Of course|Absolutely|Okay|OK|Got it|Great|Natürlich|Gerne|Klar|Bien sûr|Claro"
    r"|Por supuesto|Certamente|Конечно|当然|好的|もちろん|물론입니다)\s?[!.,！。，]\s+(?=[^\s])"
)
"""What is said before all else, on the line of the formula."""

_LABEL: Final = re.compile(
    r"\A\s*(?:(?:latex|tex|math|markdown|assistant|model|plaintext|text|katex)[ \t]*+:?[ \t]*+\n"
    r"|(?:%[^\n]*\n\s*)+)"
)
_RULE: Final = re.compile(r"\s*+(?:-{3,}+|\*{3,}+|_{3,}+)\s*+")
_HEADING: Final = re.compile(r"\s*#{1,6} ")
_BOXED: Final = re.compile(
    r"\s*+(?:\$\$?|\\[\[(])?\s*+\\boxed\s*+\{(?P<inner>.*)\}\s*+(?:\$\$?|\\[\])])?[\s.]*+\Z", re.DOTALL
)
_FINAL: Final = re.compile(
    r"final answer|réponse finale|endgültige|最终答案|最終答案|окончательн|risposta finale", re.IGNORECASE
)


def word_count(text: str) -> int:
    """Count the words of a sentence: no names of functions or single letters; two ideographs are a word."""
    bare = _INLINE.sub(" ", text)
    ideographs = sum(len(run) for run in _IDEOGRAPHS.findall(bare)) // 2
    words = [word for word in _WORD.findall(_IDEOGRAPHS.sub(" ", bare)) if len(word) > 1]
    return ideographs + sum(word.casefold() not in _OPERATORS for word in words)


def is_function(word: str) -> bool:
    """Say whether a word is the name of a function, which formulas hold without a backslash, too."""
    return word.casefold() in _OPERATORS


def is_prose(line: str) -> bool:
    """Say whether a line is words and no mathematics; formulas in delimiters within it do not count."""
    bare = _INLINE.sub(" ", line)
    if _SIGN.search(bare.strip().lstrip("#>*-+•").replace("**", "").replace("__", "")):
        return False
    least = 2 if re.search(rf"{_LETTER}{{3}}|[\u3040-\u30ff\u4e00-\u9fff]", bare) else 3
    return word_count(line) >= least


def is_about_formulas(text: str) -> bool:
    """Say whether words speak of formulas, LaTeX or the picture, as only who transcribes does."""
    return bool(_ABOUT.search(text))


def unboxed(text: str, said: str) -> str:
    """Take away the box that models put round what they announce as the final answer.

    Args:
        text: The formula.
        said: The words before it; without such an announcement the box is in the picture.
    """
    found = _BOXED.match(text) if _FINAL.search(said) else None
    return found["inner"] if found else text


def drop_talk(text: str) -> str:
    """Drop what is said before and after the formula; text that is nothing else stays.

    Args:
        text: A finished answer, or any beginning of one, without fences.
    """
    if _ONLY_LEAD_IN.match(text):
        return ""
    text = _LABEL.sub("", _INTERJECTION.sub("", text))
    lines = text.split("\n")
    kinds = [_kind(line) for line in lines]
    if "formula" in kinds:
        first = kinds.index("formula")
        last = len(kinds) - 1 - kinds[::-1].index("formula")
        # A single word before a colon is a lead-in, too, but only on a line of its own.
        said = " ".join(line for line, kind in zip(lines[:first], kinds, strict=False) if kind == "talk")
        text = unboxed("\n".join(lines[first : last + 1]), said)
        if first == 0 and last == len(kinds) - 1:
            return _without_lead(text)
    return _without_lead(text)


def _kind(line: str) -> str:
    if not line.strip() or _RULE.fullmatch(line):
        return "blank"
    return "talk" if is_prose(line) or _is_heading(line) else "formula"


def _is_heading(line: str) -> bool:
    """Whether a line is one word with a colon, as `Answer:`, and nothing else."""
    bare = line.strip().strip("*#_ ")
    if _HEADING.match(line) and not _SIGN.search(bare):
        return word_count(bare) > 0
    return (
        bool(_COLON.search(bare))
        and not _SIGN.search(bare)
        and word_count(bare) > 0
        and not re.search(r"\d", bare)
    )


def _without_lead(text: str) -> str:
    """Drop a lead-in that stands on the line of the formula."""
    found = _LEAD.match(text)
    if found is None:
        return text
    said = found["said"]
    if _BARE_NAME.match(said) or (is_about_formulas(said) and word_count(said) > 1):
        return unboxed(text[found.end() :], said)
    return text
