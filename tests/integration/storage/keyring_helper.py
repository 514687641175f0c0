"""What tests/integration/storage/test_keyring.py runs in a D-Bus session of its own; prints one object."""

import asyncio
import json
import sys

from writetex_desktop.adapters.secrets.keyring import KeyringSecrets, keyring_backend_problem
from writetex_desktop.core.errors import SettingsError
from writetex_desktop.core.secret import Secret


async def round_trip() -> dict[str, object]:
    store = KeyringSecrets(timeout_s=20)
    before = await store.get("a")
    await store.set("a", Secret("first"))
    await store.set("a", Secret("sécond"))
    await store.set("b", Secret("other"))
    kept = await store.get("a")
    await store.delete("a")
    await store.delete("never-there")
    gone = await store.get("a")
    other = await store.get("b")
    return {
        "before": before is None,
        "kept": kept == Secret("sécond"),
        "gone": gone is None,
        "other": other == Secret("other"),
        "keeps": store.keeps,
    }


async def failures() -> dict[str, object]:
    store = KeyringSecrets(timeout_s=5)
    told: dict[str, object] = {}
    for name, call in {
        "get": store.get("a"),
        "set": store.set("a", Secret("first")),
        "delete": store.delete("a"),
    }.items():
        try:
            await call
            told[name] = None
        except SettingsError as error:
            told[name] = [error.message, error.remedy.text]
    return told


def main() -> None:
    problem = keyring_backend_problem()
    outcome = asyncio.run({"round-trip": round_trip, "failures": failures}[sys.argv[1]]())
    print(json.dumps({"problem": problem and str(problem), **outcome}))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main()
