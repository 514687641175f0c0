import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.release import Release, is_newer, read_release, split_signed
from writetex_desktop.core.update_ways import update_way

IN_ORDER = [
    "0.9.10",
    "1.0.0a1",
    "1.0.0a2",
    "1.0.0b1",
    "1.0.0rc1",
    "1.0.0",
    "1.0.1",
    "1.2.0",
    "1.10.0",
    "2.0.0",
]


def test_versions_come_in_their_order_and_trial_versions_before_the_version_itself() -> None:
    for at, one in enumerate(IN_ORDER):
        assert [each for each in IN_ORDER if is_newer(each, one)] == IN_ORDER[at + 1 :]


@given(st.text())
def test_what_is_no_version_is_newer_than_none_and_none_than_it(text: str) -> None:
    assert not is_newer(text, "999999.0.0")
    assert not is_newer("0.0.0a0", text)


@given(st.binary() | st.text().map(lambda text: json.dumps({"release": text, "signature": text}).encode()))
def test_any_other_file_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_release(split_signed(data)[0])


@pytest.mark.parametrize("page", ["http://example.org", "javascript:alert(1)", "file:///etc/passwd", ""])
def test_only_pages_over_https_are_shown(page: str) -> None:
    told = {"version": "1.0.0", "notes": "", "page": page}
    with pytest.raises(ValueError, match="no word of a release"):
        read_release(json.dumps(told).encode())


def test_a_release_is_read() -> None:
    told = {"version": "1.0.0", "notes": "New.", "page": "https://example.org/1"}
    assert read_release(json.dumps(told).encode()) == Release("1.0.0", "New.", "https://example.org/1")


@pytest.mark.parametrize(
    ("executable", "environment", "frozen", "platform", "said"),
    [
        ("/app/lib/writetex-desktop/writetex-desktop", {"FLATPAK_ID": "x"}, True, "linux", "flatpak update"),
        ("/tmp/.mount/x/writetex-desktop", {"APPIMAGE": "/home/u/W.AppImage"}, True, "linux", "AppImage"),
        ("/usr/lib/writetex-desktop/writetex-desktop", {}, True, "linux", "new package"),
        ("/home/u/.local/share/pipx/venvs/writetex-desktop/bin/python", {}, False, "linux", "pipx upgrade"),
        ("/home/u/.local/share/uv/tools/writetex-desktop/bin/python", {}, False, "linux", "uv tool upgrade"),
        ("C:/Users/u/WriteTex/writetex-desktop.exe", {}, True, "win32", "winget"),
        ("/Applications/WriteTex.app/Contents/MacOS/writetex-desktop", {}, True, "darwin", "in the place"),
        ("/usr/bin/python3", {}, False, "linux", "as you installed it"),
    ],
)
def test_each_installation_is_told_its_own_way(
    executable: str, environment: dict[str, str], frozen: bool, platform: str, said: str
) -> None:
    assert said in update_way(executable, environment, frozen=frozen, platform=platform)
