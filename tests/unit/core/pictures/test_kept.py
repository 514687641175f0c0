"""Pictures that are kept in little memory."""

from hypothesis import given
from hypothesis import strategies as st

from writetex_desktop.core.pictures.image import BYTES_PER_PIXEL, Bitmap
from writetex_desktop.core.pictures.kept import KeptPicture


@given(st.integers(1, 9), st.integers(1, 9), st.data())
def test_a_packed_picture_is_the_same_pixel_for_pixel(width: int, height: int, data: st.DataObject) -> None:
    size = width * height * BYTES_PER_PIXEL
    bitmap = Bitmap(width, height, data.draw(st.binary(min_size=size, max_size=size)))
    kept = KeptPicture(bitmap)
    assert kept.bitmap is bitmap
    kept.pack()
    kept.pack()
    assert kept.bitmap == bitmap


def test_nothing_of_the_pixels_is_held_any_more() -> None:
    class Pixels(bytearray):
        """Tells when it goes."""

        def __del__(self) -> None:
            gone.append("gone")

    gone: list[str] = []
    kept = KeptPicture(Bitmap(1, 1, Pixels(BYTES_PER_PIXEL)))
    kept.pack()
    assert gone == ["gone"]
