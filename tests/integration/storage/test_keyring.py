"""Keys in a real GNOME Keyring, in a D-Bus session and a home of its own, and where there is none."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HELPER = f"{sys.executable} -m tests.integration.storage.keyring_helper"
UNLOCKED = "printf '%s' password | gnome-keyring-daemon --unlock --components=secrets >/dev/null"
LOCKED = "gnome-keyring-daemon --start --components=secrets >/dev/null"

needs_gnome_keyring = pytest.mark.skipif(
    shutil.which("gnome-keyring-daemon") is None or shutil.which("dbus-run-session") is None,
    reason="needs gnome-keyring and dbus",
)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Give an environment in which nothing of the user's own key store can be reached."""
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return {**kept, "HOME": str(home), "XDG_RUNTIME_DIR": str(runtime), "PYTHONUTF8": "1", **more}


def outcome_of(command: list[str], variables: dict[str, str]) -> dict[str, object]:
    run = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=50, check=False
    )
    assert run.returncode == 0, run.stderr
    outcome: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
    return outcome


def in_session(script: str, home: Path, **more: str) -> dict[str, object]:
    """Run a shell script in a bus of its own; what it starts ends with the bus."""
    return outcome_of(["dbus-run-session", "--", "sh", "-c", script], environment(home, **more))


@needs_gnome_keyring
def test_keys_are_kept_replaced_and_deleted(tmp_path: Path) -> None:
    outcome = in_session(f"{UNLOCKED} && {HELPER} round-trip", tmp_path)
    assert outcome.pop("problem") is None
    assert outcome == {"before": True, "kept": True, "gone": True, "other": True, "keeps": True}


@needs_gnome_keyring
def test_keys_outlive_the_program(tmp_path: Path) -> None:
    outcome = in_session(f"{UNLOCKED} && {HELPER} round-trip && {HELPER} round-trip", tmp_path)
    assert outcome["kept"] is True


@needs_gnome_keyring
def test_a_locked_store_that_cannot_ask_is_told_with_a_remedy(tmp_path: Path) -> None:
    outcome = in_session(f"{LOCKED} && {HELPER} failures", tmp_path)
    told = outcome["set"]
    assert isinstance(told, list)
    assert "could not be kept" in told[0]
    assert "unlock" in told[1].lower()


def test_without_a_bus_it_is_told_that_no_store_is_running(tmp_path: Path) -> None:
    outcome = outcome_of(
        [*HELPER.split(), "failures"], environment(tmp_path, DBUS_SESSION_BUS_ADDRESS="unix:path=/nowhere")
    )
    assert "No key store is running" in str(outcome["problem"])
    assert "WRITETEX_API_KEY" in str(outcome["problem"])
    for call in ("get", "set", "delete"):
        told = outcome[call]
        assert isinstance(told, list)
        assert told[0]
        assert told[1]


@pytest.mark.parametrize(
    ("backend", "problem"),
    [
        ("keyring.backends.null.Keyring", "does not protect keys"),
        ("keyring.backends.fail.Keyring", "No key store is running"),
        ("no.such.Backend", "could not be opened"),
    ],
)
def test_a_backend_that_keeps_nothing_safe_is_refused(tmp_path: Path, backend: str, problem: str) -> None:
    outcome = outcome_of([*HELPER.split(), "failures"], environment(tmp_path, PYTHON_KEYRING_BACKEND=backend))
    assert problem in str(outcome["problem"])
    assert isinstance(outcome["set"], list)
