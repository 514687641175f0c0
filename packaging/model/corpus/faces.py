"""The font families that LaTeX sets the corpus in, and those that are for the test alone."""

_AMS = "\\usepackage{amsmath,amssymb,mathrsfs,bm}"
_T1 = "\\usepackage{lmodern}\\usepackage[T1]{fontenc}"
_SANS = "\\renewcommand\\familydefault\\sfdefault"


def _lettered(text: str) -> str:
    """Computer Modern's signs with the letters of a text font, as programs without mathematics fonts do."""
    return f"{_T1}{_AMS}{text}\\usepackage[italic]{{mathastext}}"


def _newtx(text: str, option: str) -> str:
    """The signs of newtx with the letters of a text font."""
    math = f"\\usepackage[{option}]{{newtxmath}}\\usepackage{{mathrsfs,bm}}"
    return f"{_T1}\\usepackage{{amsmath}}\\usepackage{{{text}}}{math}"


FACES: dict[str, tuple[float, str]] = {
    "cm": (24, _AMS),
    "lm": (9, f"\\usepackage{{lmodern}}\\usepackage[T1]{{fontenc}}{_AMS}"),
    "times": (4, f"{_AMS}\\usepackage{{mathptmx}}"),
    "palatino": (5, f"{_AMS}\\usepackage{{mathpazo}}"),
    "newtx": (
        6,
        "\\usepackage[T1]{fontenc}\\usepackage{amsmath}\\usepackage{newtxtext,newtxmath}\\usepackage{mathrsfs,bm}",
    ),
    "newpx": (
        3,
        "\\usepackage[T1]{fontenc}\\usepackage{amsmath}\\usepackage{newpxtext,newpxmath}\\usepackage{mathrsfs,bm}",
    ),
    "stix2": (7, "\\usepackage[T1]{fontenc}\\usepackage{amsmath}\\usepackage{stix2}\\usepackage{bm}"),
    "fourier": (3, f"{_AMS}\\usepackage{{fourier}}"),
    "kp": (3, "\\usepackage{amsmath}\\usepackage{kpfonts}\\usepackage{bm}"),
    "charter": (3, "\\usepackage{amsmath}\\usepackage[charter]{mathdesign}\\usepackage{bm}"),
    "utopia": (2, "\\usepackage{amsmath}\\usepackage[utopia]{mathdesign}\\usepackage{bm}"),
    "cmbright": (3, f"{_AMS}\\usepackage{{cmbright}}"),
    "eulervm": (3, f"{_AMS}\\usepackage{{newpxtext}}\\usepackage{{eulervm}}"),
    "antykwa": (2, f"{_AMS}\\usepackage[math]{{anttor}}"),
    "arev": (3, f"{_AMS}\\usepackage{{arev}}"),
    "iwona": (2, f"{_AMS}\\usepackage[math]{{iwona}}"),
    "txfonts": (3, "\\usepackage{amsmath}\\usepackage{txfonts}\\usepackage{bm}"),
    "pxfonts": (2, "\\usepackage{amsmath}\\usepackage{pxfonts}\\usepackage{bm}"),
    "notosans": (2, "\\usepackage{amsmath}\\usepackage[sfdefault]{notomath}\\usepackage{bm}"),
    "dejavu": (4, _lettered(f"\\usepackage{{DejaVuSans}}{_SANS}")),
    "dejavuserif": (1.5, _lettered("\\usepackage{DejaVuSerif}")),
    "helvet": (2, _lettered(f"\\usepackage{{helvet}}{_SANS}")),
    "carlito": (1.5, _lettered(f"\\usepackage{{carlito}}{_SANS}")),
    "caladea": (1.5, _lettered("\\usepackage{caladea}")),
    "opensans": (1.5, _lettered("\\usepackage[default]{opensans}")),
    "roboto": (1.5, _lettered("\\usepackage[sfdefault]{roboto}")),
    "sourcesans": (1, _lettered("\\usepackage[default]{sourcesanspro}")),
    "lato": (1, _lettered("\\usepackage[default]{lato}")),
    "arimo": (2, _lettered(f"\\usepackage{{arimo}}{_SANS}")),
    "tinos": (2, _lettered("\\usepackage{tinos}")),
    "cabin": (1, _lettered("\\usepackage[sfdefault]{cabin}")),
    "inter": (1.5, _lettered("\\usepackage[sfdefault]{inter}")),
    "bera": (2, _lettered(f"\\usepackage{{berasans}}{_SANS}")),
    "courier": (0.5, _lettered("\\usepackage{courier}\\renewcommand\\familydefault\\ttdefault")),
    "gentium": (1, _lettered("\\usepackage{gentium}")),
    "alegreya": (1, _lettered("\\usepackage{Alegreya}")),
    "merriweather": (1, _lettered("\\usepackage{merriweather}")),
    "ptserif": (1, _lettered("\\usepackage{PTSerif}")),
    "crimson": (1, _lettered("\\usepackage{crimson}")),
    "sansmath": (3, f"{_T1}{_AMS}\\usepackage{{sansmath}}{_SANS}\\sansmath"),
    "lxfonts": (1, f"{_T1}{_AMS}\\usepackage{{lxfonts}}"),
    "kurier": (1, f"{_AMS}\\usepackage[math]{{kurier}}"),
    "concrete": (1, f"{_T1}{_AMS}\\usepackage{{beton}}\\usepackage{{euler}}"),
    "fira": (2, f"{_T1}{_AMS}\\usepackage[sfdefault]{{FiraSans}}\\usepackage{{newtxsf}}"),
    "cochineal": (1.5, _newtx("cochineal", "cochineal")),
    "ebgaramond": (1.5, _newtx("ebgaramond", "ebgaramond")),
    "xcharter": (1.5, _newtx("XCharter", "xcharter")),
    "erewhon": (1, _newtx("erewhon", "erewhon")),
    "baskerville": (1, _newtx("baskervillef", "baskerville")),
    "noto": (1.5, f"{_T1}\\usepackage{{amsmath}}\\usepackage{{notomath}}\\usepackage{{bm}}"),
    "stix": (2, f"{_T1}\\usepackage{{amsmath}}\\usepackage{{stix}}\\usepackage{{bm}}"),
}
"""Fonts that are trained on: how often (over the sum of all), and the packages."""

UNSEEN_FACES: dict[str, str] = {
    "libertinus": "\\usepackage[T1]{fontenc}\\usepackage{amsmath}\\usepackage{libertinus-type1}"
    "\\usepackage{libertinust1math}\\usepackage{mathrsfs,bm}",
    "schoolbook": f"{_AMS}\\usepackage{{fouriernc}}",
}
"""Fonts that are for the test alone."""
