r"""The signs whose shapes the visual check knows, as LaTeX, and which of them count as one."""

import string

OWN = "mathjax"
"""The font of our own drawings."""

_LATIN = string.ascii_letters
_GREEK = (
    r"\alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa \lambda "
    r"\mu \nu \xi \pi \rho \varrho \sigma \varsigma \tau \upsilon \phi \varphi \chi \psi \omega \Gamma "
    r"\Delta \Theta \Lambda \Xi \Pi \Sigma \Upsilon \Phi \Psi \Omega"
)
_SIGNS = (
    r"+ = < > / ( ) [ ] | ! , ; : ? * \{ \} ' \leq \geq \neq \in \notin \ni \subset \supset \subseteq "
    r"\supseteq \to \leftarrow \Rightarrow \Leftarrow \leftrightarrow \Leftrightarrow \mapsto "
    r"\rightharpoonup \times \div \cdot \cdots \ldots \otimes \oplus \ominus \odot \cap \cup \vee \wedge "
    r"\setminus \sim \simeq \equiv \cong \approx \propto \pm \mp \ll \gg \circ \bullet \star \dagger "
    r"\ddagger \parallel \perp \mid \prec \succ \preceq \succeq \partial \nabla \infty \forall \exists "
    r"\neg \emptyset \hbar \ell \Re \Im \aleph \angle \langle \rangle \lfloor \rfloor \lceil \rceil \top "
    r"\bot \prime \triangle \sqcup \sqcap \uplus \bigcup \bigcap \bigoplus \bigotimes \big( \big) \Big( "
    r"\Big) \bigg( \bigg) \Bigg( \Bigg) \big[ \Big] \Big\{ \Big\} \hat{} \tilde{} \bar{} \vec{} "
    r"\widehat{xx} \widetilde{xx}"
)
_LARGE = (
    r"\textstyle\sum \displaystyle\sum \displaystyle\prod \displaystyle\int \textstyle\int \displaystyle\oint"
)
_BOLD_GREEK = r"\alpha \beta \theta \mu \sigma \omega \phi \lambda"

_SAME = {
    r"\displaystyle\sum": r"\Sigma",
    r"\textstyle\sum": r"\Sigma",
    r"\displaystyle\prod": r"\Pi",
    r"\textstyle\int": r"\displaystyle\int",
    r"\bigcup": r"\cup",
    r"\bigcap": r"\cap",
    r"\bigoplus": r"\oplus",
    r"\bigotimes": r"\otimes",
    r"\big[": "[",
    r"\Big]": "]",
    r"\Big\{": r"\{",
    r"\Big\}": r"\}",
    r"\mid": "|",
    r"\hat{}": r"\wedge",
    r"\widehat{xx}": r"\wedge",
    r"\tilde{}": r"\sim",
    r"\widetilde{xx}": r"\sim",
    r"\triangle": r"\Delta",
    **{rf"\{size}{sign}": sign for size in ("big", "Big", "bigg", "Bigg") for sign in "()"},
    **{rf"\{face}{{{letter}}}": letter for face in ("mathrm", "mathbf") for letter in _LATIN},
    **{rf"\boldsymbol{{{letter}}}": letter for letter in _BOLD_GREEK.split()},
}
_ONLY_LARGER = "COSVWXZUKP"
"""Capitals that look like their small letters; their size tells them apart."""

SIGNS: tuple[str, ...] = (
    *_LATIN,
    *string.digits,
    *_GREEK.split(),
    *_SIGNS.split(),
    *_LARGE.split(),
    *(rf"\mathrm{{{letter}}}" for letter in _LATIN if letter not in "jJO"),
    *(rf"\mathbf{{{letter}}}" for letter in _LATIN),
    *(rf"\mathcal{{{letter}}}" for letter in string.ascii_uppercase),
    *(rf"\mathbb{{{letter}}}" for letter in "CEFHNPQRZ"),
    *(rf"\mathfrak{{{letter}}}" for letter in "abcghmpqsABGLSX"),
    *(rf"\boldsymbol{{{letter}}}" for letter in _BOLD_GREEK.split()),
)


def seen_as(sign: str) -> str:
    """The sign that a sign counts as: weight and size are no matter of shape."""
    sign = _SAME.get(sign, sign)
    return sign.lower() if sign in _ONLY_LARGER else sign
