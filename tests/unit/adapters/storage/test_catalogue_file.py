"""The catalogue as files: ours, and one of the user's over it."""

import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from writetex_desktop.adapters.storage.catalogue_file import load_catalogue, user_catalogue_path
from writetex_desktop.adapters.storage.resource_files import resource_dir
from writetex_desktop.core.errors import InternalError
from writetex_desktop.core.notice import Level

OURS = resource_dir()
BASE = load_catalogue(OURS, Path("/nowhere")).catalogue


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "providers.toml"


def test_the_users_file_has_its_place_in_the_folder_for_configuration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert user_catalogue_path().name == "providers.toml"
    if sys.platform == "linux":
        monkeypatch.setenv("XDG_CONFIG_HOME", "/somewhere")
        assert user_catalogue_path() == Path("/somewhere/writetex-desktop/providers.toml")


def test_without_a_file_of_the_users_ours_is_in_force(path: Path) -> None:
    loaded = load_catalogue(OURS, path)
    assert loaded.notices == ()
    assert len(loaded.catalogue.providers) > 20


def test_a_users_price_and_provider_are_laid_over_ours(path: Path) -> None:
    path.write_text(
        """
version = 1
[[provider]]
id = "openai"
models = [{ id = "gpt-5-mini", price = { input = 0.3, output = 2.1, currency = "USD" } }]
[[provider]]
id = "mine"
name = "Mine"
kind = "service"
base_url = "llm.mine.example"
hosts = ["llm.mine.example"]
""",
        "utf-8",
    )
    loaded = load_catalogue(OURS, path)
    assert loaded.notices == ()
    price = loaded.catalogue.price("https://api.openai.com/v1", "gpt-5-mini")
    assert price is not None
    assert (price.input, price.output) == (Decimal("0.3"), Decimal("2.1"))
    mine = loaded.catalogue.provider_for("https://llm.mine.example/v1")
    assert mine is not None
    assert mine.id == "mine"
    assert len(loaded.catalogue.providers) == len(BASE.providers) + 1


def test_the_example_in_our_files_head_works(path: Path) -> None:
    head, _, _ = (OURS / "providers.toml").read_text("utf-8").partition("# Names")
    lines = head.splitlines()
    example = [line.removeprefix("#     ") for line in lines if line.startswith("#     ")]
    path.write_text("\n".join(example), "utf-8")
    loaded = load_catalogue(OURS, path)
    assert loaded.notices == ()
    assert 'id = "openai"' in example


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("version = ", "no TOML file"),
        ("version = 2", "version must be 1"),
        ('version = 1\n[[provider]]\nid = "openai"\nkind = "shop"', "openai: kind must be one of"),
        ('version = 1\nprovider = "openai"', "provider must be written as [[provider]]"),
    ],
)
def test_a_file_that_does_not_fit_is_told_and_left_out(path: Path, text: str, said: str) -> None:
    path.write_text(text, "utf-8")
    loaded = load_catalogue(OURS, path)
    (notice,) = loaded.notices
    assert notice.level is Level.WARNING
    assert said in notice.message
    assert str(path) in notice.remedy.text
    assert loaded.catalogue == BASE


def test_a_file_that_is_not_text_is_told_and_left_out(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\x00")
    loaded = load_catalogue(OURS, path)
    assert len(loaded.notices) == 1
    assert loaded.catalogue == BASE


def test_a_file_that_cannot_be_read_is_told_and_left_out(path: Path) -> None:
    path.mkdir()
    loaded = load_catalogue(OURS, path)
    assert [notice.message for notice in loaded.notices] == ["Your list of providers cannot be read."]


def test_an_installation_without_our_list_is_not_whole(tmp_path: Path, path: Path) -> None:
    with pytest.raises(InternalError):
        load_catalogue(tmp_path, path)
    shutil.copy(OURS / "providers.toml", path)
    path.write_text(path.read_text("utf-8").replace("version = 1", "version = 3"), "utf-8")
    with pytest.raises(InternalError):
        load_catalogue(tmp_path, path)
