"""Where the pipeline keeps what it makes; nothing of it is committed."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / ".model-work"
COLLECTED = ROOT.parent / "shared" / "data" / "formulas" / "train.jsonl.gz"
PARAGRAPHS = ROOT.parent / "shared" / "data" / "text" / "paragraphs.jsonl.gz"
CORPUS = WORK / "corpus.jsonl"
VOCABULARY = WORK / "vocabulary.json"
SYMBOLS = WORK / "symbols.json"
OBJECTS = WORK / "objects.npz"
DETECTIONS = WORK / "detections.npz"
RUNS = WORK / "runs"
FONTS = WORK / "fonts"
SIGN_PIECES = WORK / "signs.npz"
MODEL = ROOT / "resources" / "model"
