"""Settings of two programs come together item by item."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.formats.output_format import OutputFormat
from writetex_desktop.core.reading.recognition import Mode
from writetex_desktop.core.settings.merging import merged
from writetex_desktop.core.settings.settings import Profile, Settings, Theme

PROFILES = st.lists(
    st.builds(Profile, st.sampled_from("abcd"), st.sampled_from("XY"), st.just("https://a/v1"), st.just("m")),
    max_size=4,
    unique_by=lambda profile: profile.id,
).map(tuple)
SETTINGS = st.builds(
    Settings,
    profiles=PROFILES,
    theme=st.sampled_from(Theme),
    macros=st.sampled_from(["", "a", "b"]),
    mode_formats=st.dictionaries(
        st.sampled_from(Mode), st.sampled_from([OutputFormat.RAW, OutputFormat.MARKDOWN]), max_size=3
    ).map(lambda formats: tuple(formats.items())),
)


@given(SETTINGS, SETTINGS)
def test_what_one_side_alone_changed_is_taken(base: Settings, changed: Settings) -> None:
    assert merged(base, changed, base) == changed
    assert merged(base, base, changed) == changed


@given(SETTINGS, SETTINGS, SETTINGS)
def test_each_change_of_mine_stays_and_so_does_theirs_where_i_changed_nothing(
    base: Settings, mine: Settings, theirs: Settings
) -> None:
    together = merged(base, mine, theirs)
    before, own, other, now = (
        {each.id: each for each in side.profiles} for side in (base, mine, theirs, together)
    )
    assert len(now) == len(together.profiles)
    for name in before | own | other:
        if own.get(name) != before.get(name):
            assert now.get(name) == own.get(name)
        else:
            assert now.get(name) == other.get(name)
    assert together.theme == (mine.theme if mine.theme != base.theme else theirs.theme)


def test_profiles_that_both_made_stand_beside_each_other() -> None:
    one, two = (Profile(name, name, "https://a/v1", "m") for name in ("one", "two"))
    together = merged(Settings(), Settings((one,), "one"), replace(Settings(), profiles=(two,)))
    assert [each.id for each in together.profiles] == ["one", "two"]
    assert together.active_profile == "one"
