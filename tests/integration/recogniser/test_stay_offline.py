"""Stay offline, proved on the real command: not one socket of the network, not one name asked for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "resources" / "samples" / "04-small.png"
ENDPOINT = {
    "WRITETEX_BASE_URL": "http://127.0.0.1:9/v1",
    "WRITETEX_API_KEY": "sk-x",
    "WRITETEX_MODEL": "m",
}


def run(tmp_path: Path, *words: str, settings: str = "") -> tuple[subprocess.CompletedProcess[str], str]:
    """Run `writetex` with an endpoint set up; gives what it said and its attempts to reach the network."""
    if settings:
        (tmp_path / "config" / "writetex-desktop").mkdir(parents=True)
        (tmp_path / "config" / "writetex-desktop" / "settings.json").write_text(settings)
    folders = {f"XDG_{name.upper()}_HOME": str(tmp_path / name) for name in ("config", "data", "state")}
    log = tmp_path / "attempts"
    # Tools that report to their makers keep silent where `CI` is set.
    inherited = {name: value for name, value in os.environ.items() if name != "CI"}
    (tmp_path / "home").mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.offline_watch", str(log), *words],
        cwd=ROOT,
        env={**inherited, "HOME": str(tmp_path / "home"), **folders, **ENDPOINT},
        capture_output=True,
        text=True,
        check=False,
    )
    return done, log.read_text()


def test_a_picture_is_read_without_one_attempt_to_reach_the_network(tmp_path: Path) -> None:
    done, attempts = run(tmp_path, "recognize", "--offline", "--json", str(SAMPLE))
    assert (done.returncode, json.loads(done.stdout)["engine"]) == (0, "offline"), done.stderr
    assert attempts == ""
    # Where onnxruntime reports to its maker, it leaves an identifier; see docs/adr/0013.
    assert [path.name for path in (tmp_path / "home").rglob("*") if path.is_file()] == []


def test_the_watch_would_have_seen_an_attempt(tmp_path: Path) -> None:
    done, attempts = run(tmp_path, "test-connection")
    assert done.returncode == 1
    assert "import openai" in attempts or "import httpx2" in attempts
    assert "socket.connect" in attempts


@pytest.mark.parametrize("words", [("test-connection",), ("recognize", "--engine", "endpoint", str(SAMPLE))])
def test_what_needs_the_network_says_why_it_does_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    done, attempts = run(tmp_path, *words, settings=json.dumps({"version": 1, "stay_offline": True}))
    assert done.returncode == 1
    assert "stays offline" in done.stdout + done.stderr
    assert attempts == ""
