"""Recognise the pictures of resources/samples with no key and no network, and print each beside its truth.

`dev.py run` calls it with the Python that has the app. The status is that of `writetex recognize`, but for
pictures that are too hard: those are an answer too.
"""

import json
import subprocess
import sys
from pathlib import Path

from writetex_desktop.cli.output import speak_utf8
from writetex_desktop.core.latex.canonical import canonicalize

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"
HARD = 1
"""The status of `writetex recognize` when a picture could not be read."""


def main() -> int:
    """Print them all and how many are right; gives the exit status."""
    speak_utf8()
    truth = {item["file"]: item["latex"] for item in json.loads((SAMPLES / "truth.json").read_text("utf-8"))}
    print(f"{len(truth)} sample pictures, read by the built-in recogniser: no key, no network.", flush=True)
    command = [sys.executable, "-m", "writetex_desktop", "recognize", "--offline", "--json"]
    command += [str(SAMPLES / name) for name in truth]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    right = 0
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        name = Path(answer["file"]).name
        read, verdict, took = _told(answer, truth[name])
        right += verdict == "right"
        print(f"\n{name:26} {verdict:9} {took}\n  truth  {truth[name]}\n  read   {read}")
    print(f"\n{right} of {len(truth)} read as the truth says it.")
    if done.returncode <= HARD:
        return _pages()
    sys.stderr.write(done.stderr)
    return done.returncode


def _pages() -> int:
    """Print the pages, and how many passages of their truth were read; gives the exit status."""
    for page in json.loads((SAMPLES / "pages.json").read_text("utf-8")):
        command = [sys.executable, "-m", "writetex_desktop", "recognize", "--offline", "--json"]
        command += ["--mode", page["mode"], str(SAMPLES / page["file"])]
        done = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )
        if done.returncode > HARD or not done.stdout.strip():
            sys.stderr.write(done.stderr)
            return done.returncode
        answer = json.loads(done.stdout)
        read = str(answer.get("latex", answer.get("error", "")))
        found = sum(passage in read for passage in page["passages"])
        print(f"\n{page['file']:26} {found} of {len(page['passages'])} passages right\n{read}")
    return 0


def _told(answer: dict[str, object], truth: str) -> tuple[str, str, str]:
    """Give what was read, whether it says the same as the truth, and how long it took and how sure it is."""
    if "error" in answer:
        return f"({answer['error']})", "not read", ""
    latex, seconds, confidence = str(answer["latex"]), answer["seconds"], answer["confidence"]
    assert isinstance(seconds, float)
    assert isinstance(confidence, float)
    verdict = "right" if canonicalize(latex) == canonicalize(truth) else "differs"
    return latex, verdict, f"{seconds:5.2f} s   {confidence:4.0%} sure"


if __name__ == "__main__":
    raise SystemExit(main())
