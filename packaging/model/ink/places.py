"""Where the data of handwriting lies, and what is made of it."""

from model.paths import ROOT, WORK

DATA = ROOT.parent / "shared" / "data" / "handwriting"
INK = WORK / "ink"
DRAWINGS = INK / "drawings.npz"
FONT_FILES = WORK / "ink" / "node_modules" / "@fontsource"
"""Where `npm install --prefix .model-work/ink @fontsource/caveat ...` puts the handwriting fonts."""

SHIPPED = ROOT / "resources" / "ink"
CONFUSIONS = INK / "confusions.npz"
