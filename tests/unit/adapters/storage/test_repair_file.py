"""The file of what servers take is shared by runs side by side and never in the way."""

from datetime import date
from pathlib import Path

from writetex_desktop.adapters.storage.repair_file import RepairFile
from writetex_desktop.core.endpoints.wire.memory import Learnt
from writetex_desktop.core.endpoints.wire.repair import Repair

LEARNT = Learnt((Repair("stream"),), date(2026, 11, 30))


def test_what_two_runs_learnt_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "servers.json"
    assert RepairFile(path).load() == {}
    RepairFile(path).keep({"a": LEARNT})
    RepairFile(path).keep({"b": LEARNT})
    assert RepairFile(path).load() == {"a": LEARNT, "b": LEARNT}
    assert path.stat().st_mode & 0o077 == 0


def test_a_file_that_cannot_be_read_or_written_stops_nothing(tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    path.write_bytes(b"\xff\xfe garbage")
    assert RepairFile(path).load() == {}
    blocked = tmp_path / "file"
    blocked.write_text("")
    RepairFile(blocked / "servers.json").keep({"a": LEARNT})
    assert RepairFile(blocked / "servers.json").load() == {}
