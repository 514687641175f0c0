import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[3] / "packaging" / "news.py"
spec = importlib.util.spec_from_file_location("news", SCRIPT)
assert spec is not None
assert spec.loader is not None
news = importlib.util.module_from_spec(spec)
spec.loader.exec_module(news)

CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- Old.\n\n## [1.0.0]\n\n### Added\n\n- Older.\n"


def test_every_fragment_of_the_repository_fits() -> None:
    assert news.problems(news.fragments()) == []


def test_news_come_first_below_their_kind_and_leave_older_releases_alone() -> None:
    folded = news.folded(CHANGELOG, {"added": ["New."], "fixed": ["Mended."]})
    assert folded == (
        "# Changelog\n\n## [Unreleased]\n\n### Added\n\n- New.\n- Old.\n\n### Fixed\n\n- Mended.\n"
        "\n## [1.0.0]\n\n### Added\n\n- Older.\n"
    )


def test_a_changelog_without_a_place_for_news_is_refused() -> None:
    with pytest.raises(ValueError, match="Unreleased"):
        news.folded("# Changelog\n", {"added": ["New."]})


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("paste.better.md", "Better.", "ends in none of"),
        ("paste.md", "Better.", "ends in none of"),
        ("paste.added.md", "- Better.", "without a bullet"),
        ("paste.added.md", "no sentence", "plain sentences"),
        ("paste.added.md", "Long. " * 100 + "End.", "at most 400"),
    ],
)
def test_what_does_not_fit_is_said(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    (problem,) = news.problems(news.fragments(tmp_path))
    assert said in problem
