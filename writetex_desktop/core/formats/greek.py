"""The Greek letters and the names that TeX gives them, by which most programs know them too."""

from typing import Final

_NAMES: Final = """
    alpha beta gamma delta varepsilon epsilon zeta eta theta vartheta iota kappa varkappa lambda mu
    nu xi pi varpi rho varrho sigma varsigma tau upsilon varphi phi chi psi omega
    Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega
"""

GREEK: Final = dict(
    zip(
        "αβγδεϵζηθϑικϰλμνξπϖρϱσςτυφϕχψωΓΔΘΛΞΠΣΥΦΨΩ",
        _NAMES.split(),
        strict=True,
    )
)
