"""The trials themselves, run inside the system with Wine, on a screen: each prints one object of JSON a line.

    xvfb-run python3 inside.py FOLDER [NAME ...]

FOLDER holds the Windows `python/` and `resources/samples/`. Standard library only; xdotool is the user.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

QUIET = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": "mscoree,mshtml=,winedbg.exe=d", "PYTHONUTF8": "1"}
"""Without the last of the overrides a crash waits for a debugger."""

PATIENCE_S = float(os.environ.get("PATIENCE_S", "240"))
"""How long one thing may take; on a busy machine each call of Wine waits for its turn several times."""

TOO_LATE = 124
RUN_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
SHOWN_AT = (60, 90)
DOCTORS = (
    *(("window", "Qt"), ("screen", "mss"), ("hotkey", "windows"), ("hotkey", "Alt+Shift+M")),
    *(("paste", "windows"), ("screens", "awareness of scales")),
)
"""What the doctor has to have taken: rooms of its report, and names there."""


@dataclass(frozen=True)
class Trial:
    """Where the trials run.

    Attributes:
        folder: Holds `python/` and `resources/samples/`.
        program: The words that start `writetex`.
    """

    folder: Path
    program: tuple[str, ...]

    def wine(self, *words: str, timeout_s: float = PATIENCE_S) -> subprocess.CompletedProcess[str]:
        """Run a Windows program to its end; one that hangs gives the status 124."""
        # Into files: services that Wine starts beside it inherit what it writes to, and keep a pipe open.
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = subprocess.Popen(
                ["wine", *words],
                env={**os.environ, **QUIET},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
            try:
                status = process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                status = TOO_LATE
            out.seek(0)
            err.seek(0)
            said = [file.read().decode("utf-8", "replace") for file in (out, err)]
        late = "it took too long\n" if status == TOO_LATE else ""
        return subprocess.CompletedProcess(words, status, said[0], late + said[1])

    def python(self, *words: str, timeout_s: float = PATIENCE_S) -> subprocess.CompletedProcess[str]:
        """Run the Windows Python."""
        return self.wine(str(self.folder / "python" / "python.exe"), *words, timeout_s=timeout_s)

    def writetex(self, *words: str, timeout_s: float = PATIENCE_S) -> subprocess.CompletedProcess[str]:
        """Run a command of the program."""
        return self.wine(*self.program, *words, timeout_s=timeout_s)

    def probe(self, *words: str) -> dict[str, object]:
        """Let the second program look."""
        done = self.python(str(Path(__file__).with_name("probes.py")), *words)
        with suppress(ValueError, IndexError):
            return dict(json.loads(done.stdout.strip().splitlines()[-1]))
        return {"error": (done.stderr or done.stdout).strip()[-600:]}

    @contextmanager
    def window(self, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
        """Have the window up; it is ended by force, with all that it started."""
        with (self.folder / "window.log").open("ab") as said:
            process = subprocess.Popen(
                ["wine", *self.program, "window", *words],
                env={**os.environ, **QUIET},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
            )
        try:
            yield process
        finally:
            self.wine("taskkill.exe", "/f", "/im", "python.exe", timeout_s=30)
            process.kill()
            process.wait()


Found = tuple[bool, str]
"""Whether it went as it should, and what to know of it."""


def selftest(trial: Trial) -> Iterator[tuple[str, bool, str]]:
    """Have the program try itself; a line for each of its checks."""
    done = trial.writetex("--selftest", timeout_s=2 * PATIENCE_S)
    try:
        told = json.loads(done.stdout[done.stdout.index("{") : done.stdout.rindex("}") + 1])
    except ValueError:
        yield "selftest", False, (done.stderr or done.stdout)[-600:]
        return
    for name, check in told["checks"].items():
        yield f"selftest: {name}", check["outcome"] != "failed", f"{check['outcome']}: {check['detail']}"


def doctor(trial: Trial) -> Found:
    """Ask the doctor; what of Windows is there has to be taken."""
    done = trial.writetex("doctor", "--json")
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return False, (done.stderr or done.stdout)[-600:]
    states = {(room, each["name"]): each["state"] for room, rows in told.items() for each in rows}
    not_taken = sorted(str(each) for each in DOCTORS if states.get(each) != "taken")
    return not not_taken, f"not taken: {', '.join(not_taken)}" if not_taken else f"{len(DOCTORS)} ways taken"


def samples(trial: Trial) -> Found:
    """Read the samples without a network, and hold them against their truth."""
    done = trial.python(str(trial.folder / "packaging" / "samples.py"), timeout_s=2 * PATIENCE_S)
    told = next((line for line in done.stdout.splitlines() if line.endswith("truth says it.")), "")
    found = re.match(r"(\d+) of (\d+) ", told)
    return found is not None and found[1] == found[2], told or done.stderr[-600:]


def convert(trial: Trial) -> Iterator[tuple[str, bool, str]]:
    """Turn a formula into other forms."""
    begins = {"typst": "", "mathml": "<math", "svg": "<svg", "unicode": "", "sympy": "", "omml": ""}
    formula = trial.folder / "formula.tex"
    formula.write_text("\\frac{a}{\\sqrt{b}}\n", "ascii")
    for form, start in begins.items():
        done = trial.writetex("convert", f"Z:{formula}", "--to", form)
        good = done.returncode == 0 and start in done.stdout and bool(done.stdout.strip())
        yield f"convert to {form}", good, (done.stdout.strip() or done.stderr.strip())[:160]
    out = trial.folder / "out.png"
    done = trial.writetex("convert", f"Z:{formula}", "--to", "png", "-o", f"Z:{out}")
    good = done.returncode == 0 and out.is_file() and out.read_bytes().startswith(b"\x89PNG")
    yield "convert to png", good, f"{out.stat().st_size} bytes" if good else done.stderr[-300:]


def snip(trial: Trial) -> Iterator[tuple[str, bool, str]]:
    """From the key over the drag to the clipboard, read back by a second program and by one of X."""
    with trial.window("--hidden", "--offline"):
        yield "window, hidden: answers", *_answers(trial)
        with _picture(trial, trial.folder / "resources" / "samples" / "02-euler.png") as size:
            left, top = SHOWN_AT
            _x("xdotool", "key", "alt+shift+m")
            seen = _until(_a_window_covers_the_screen, PATIENCE_S)
            yield "hotkey: the overlay comes", seen, _x("xdotool", "search", "--onlyvisible", "--name", ".")
            time.sleep(3)
            start, end = (left - 8, top - 8), (left + size[0] + 8, top + size[1] + 8)
            _drag(start, end)
            text: list[str] = []
            arrived = _until(lambda: _formula_on_clipboard(text), PATIENCE_S)
            yield "drag: the formula on the clipboard of X", arrived, text[-1] if text else "nothing"
        found = trial.probe("clipboard")
        unicode = found.get("CF_UNICODETEXT")
        good = isinstance(unicode, dict) and "e^" in str(unicode["begins"])
        yield "clipboard, read by a second Windows program", good, json.dumps(found)[:1500]
        yield from _second_start(trial)


def autostart(trial: Trial) -> Iterator[tuple[str, bool, str]]:
    """Switch starting with the session on and off; Windows' own `reg` is the judge."""
    trial.probe("autostart", "on")
    on = trial.wine("reg", "query", RUN_KEY, "/v", "WriteTex")
    yield (
        "autostart on, by reg query",
        on.returncode == 0 and "--hidden" in on.stdout,
        on.stdout.strip()[-300:],
    )
    trial.probe("autostart", "off")
    off = trial.wine("reg", "query", RUN_KEY, "/v", "WriteTex")
    yield "autostart off, by reg query", off.returncode != 0, off.stdout.strip()[-200:] or "no such value"


def keys(trial: Trial) -> Iterator[tuple[str, bool, str]]:
    """Keep a secret in one process, read it in another, drop it in a third."""
    for word, kept in (("keep", True), ("read", True), ("drop", False), ("read", False)):
        found = trial.probe("keys", word)
        yield f"key store: {word}", found.get("kept") is kept, json.dumps(found)


def scales(trial: Trial) -> Iterator[tuple[str, bool, str]]:
    """Set the density of the desktop, and have the program snip at each."""
    for percent in (100, 125, 150, 200):
        dots = str(96 * percent // 100)
        for key in (r"HKCU\Control Panel\Desktop", r"HKCU\Software\Wine\Fonts"):
            trial.wine("reg", "add", key, "/v", "LogPixels", "/t", "REG_DWORD", "/d", dots, "/f")
        trial.wine("wineboot", "-e", "-f", timeout_s=60)
        found = trial.probe("screens")
        told = json.dumps(found)
        yield f"{percent} %: screens", f"{percent / 100}" in told and "1280, 800" in told, told
        done = trial.writetex("--selftest", timeout_s=2 * PATIENCE_S)
        shown = re.search(r'"snip": \{.*?\}', done.stdout, re.DOTALL)
        good = shown is not None and '"passed"' in shown[0]
        yield (
            f"{percent} %: a snip of the drawn sample",
            good,
            " ".join((shown[0] if shown else done.stderr[-300:]).split()),
        )


def _answers(trial: Trial) -> Found:
    """Wait for the pipe of the running program."""
    found: list[dict[str, object]] = []

    def is_there() -> bool:
        found.append(trial.probe("pipe"))
        return bool(found[-1].get("there"))

    good = _until(is_there, PATIENCE_S)
    return good and bool(found[-1].get("ours")), json.dumps(found[-1])


def _second_start(trial: Trial) -> Iterator[tuple[str, bool, str]]:
    """A second start hands over and ends; so does `writetex snip`, which brings the overlay up."""
    done = trial.writetex("window")
    yield (
        "second start: hands over and ends",
        done.returncode == 0,
        f"status {done.returncode} {done.stderr[-200:]}",
    )
    seen = _until(
        lambda: "WriteTex" in _x("xdotool", "search", "--onlyvisible", "--name", "WriteTex", "getwindowname"),
        PATIENCE_S,
    )
    yield "second start: the first one's window comes", seen, ""
    done = trial.writetex("snip")
    yield (
        "writetex snip reaches the running program",
        done.returncode == 0,
        f"status {done.returncode} {done.stderr[-200:]}",
    )
    _x("xdotool", "key", "Escape")


def _formula_on_clipboard(text: list[str]) -> bool:
    text.append(_x("xclip", "-selection", "clipboard", "-o"))
    return "e^" in text[-1]


def _a_window_covers_the_screen() -> bool:
    """Say whether a window covers the whole screen."""
    ids = _x("xdotool", "search", "--onlyvisible", "--name", ".").split()
    return any("1280x800" in _x("xdotool", "getwindowgeometry", each) for each in ids)


@contextmanager
def _picture(trial: Trial, file: Path) -> Iterator[tuple[int, int]]:
    """Have another Windows program show a picture; gives its width and height.

    Wine hears hotkeys only while a Windows program has the keyboard, so no program of X would do.
    """
    data = file.read_bytes()
    width, height = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    words = ("show", f"Z:{file}", *map(str, SHOWN_AT))
    probe = str(Path(__file__).with_name("probes.py"))
    shown = subprocess.Popen(
        ["wine", str(trial.folder / "python" / "python.exe"), probe, *words],
        env={**os.environ, **QUIET},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        ids: list[str] = []

        def is_shown() -> bool:
            ids[:] = _x("xdotool", "search", "--onlyvisible", "--name", "a formula").split()
            return bool(ids)

        _until(is_shown, PATIENCE_S)
        for each in ids[:1]:
            _x("xdotool", "windowactivate", each)
        time.sleep(1)
        yield width, height
    finally:
        shown.kill()
        shown.wait()


def _drag(start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag a box as a hand does, with stops on the way."""
    _x("xdotool", "mousemove", *map(str, start))
    time.sleep(0.3)
    _x("xdotool", "mousedown", "1")
    for part in (0.3, 0.6, 0.9, 1.0):
        place = (round(a + (b - a) * part) for a, b in zip(start, end, strict=True))
        _x("xdotool", "mousemove", *map(str, place))
        time.sleep(0.2)
    _x("xdotool", "mouseup", "1")


def _x(*words: str) -> str:
    """Run a program of X and give what it says; nothing when it fails or hangs."""
    try:
        done = subprocess.run(
            words, capture_output=True, text=True, errors="replace", timeout=20, check=False
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.strip()


def _until(happened: Callable[[], bool], patience_s: float) -> bool:
    """Wait until something has happened; says whether it has."""
    until = time.monotonic() + patience_s
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.5)
    return False


TRIALS: dict[str, Callable[[Trial], Found | Iterator[tuple[str, bool, str]]]] = {
    "doctor": doctor,
    "samples": samples,
    "convert": convert,
    "selftest": selftest,
    "snip": snip,
    "autostart": autostart,
    "keys": keys,
    "scales": scales,
}


def main(folder: Path, names: list[str]) -> None:
    """Run the trials that are named, or all."""
    python = str(folder / "python" / "python.exe")
    trial = Trial(folder, (python, "-m", "writetex_desktop"))
    desk = subprocess.Popen(["openbox"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _x("xsetroot", "-solid", "#808080")  # of a black screen nobody can say whether it was read
        trial.wine("wineboot", "-i")
        for name in names or TRIALS:
            _print_rows(name, TRIALS[name](trial))
    finally:
        desk.kill()
        desk.wait()


def _print_rows(name: str, found: Found | Iterator[tuple[str, bool, str]]) -> None:
    rows = iter([(name, *found)]) if isinstance(found, tuple) else found
    started = time.monotonic()
    for what, good, told in rows:
        row = {
            "what": what,
            "good": bool(good),
            "seconds": round(time.monotonic() - started, 1),
            "told": told,
        }
        print(json.dumps(row), flush=True)
        started = time.monotonic()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
