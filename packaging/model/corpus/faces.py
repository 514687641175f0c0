"""The font families that LaTeX sets the corpus in, and those that are for the test alone."""

_AMS = "\\usepackage{amsmath,amssymb,mathrsfs,bm}"
FACES: dict[str, tuple[float, str]] = {
    "cm": (30, _AMS),
    "lm": (10, f"\\usepackage{{lmodern}}\\usepackage[T1]{{fontenc}}{_AMS}"),
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
    "arev": (2, f"{_AMS}\\usepackage{{arev}}"),
    "iwona": (2, f"{_AMS}\\usepackage[math]{{iwona}}"),
    "txfonts": (3, "\\usepackage{amsmath}\\usepackage{txfonts}\\usepackage{bm}"),
    "pxfonts": (2, "\\usepackage{amsmath}\\usepackage{pxfonts}\\usepackage{bm}"),
    "notosans": (2, "\\usepackage{amsmath}\\usepackage[sfdefault]{notomath}\\usepackage{bm}"),
}
"""Fonts that are trained on: how often in a hundred, and the packages."""

UNSEEN_FACES: dict[str, str] = {
    "libertinus": "\\usepackage[T1]{fontenc}\\usepackage{amsmath}\\usepackage{libertinus-type1}"
    "\\usepackage{libertinust1math}\\usepackage{mathrsfs,bm}",
    "schoolbook": f"{_AMS}\\usepackage{{fouriernc}}",
}
"""Fonts that are for the test alone."""
