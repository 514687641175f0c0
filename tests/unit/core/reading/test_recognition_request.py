"""What an engine on this machine is given to read."""

from writetex_desktop.core.pictures.image import Bitmap, EncodedImage
from writetex_desktop.core.reading.recognition import PLAIN_PIXELS, RecognitionRequest

SENT = EncodedImage("image/png", b"scaled and rounded", 64, 32)


def test_a_crop_is_given_pixel_for_pixel() -> None:
    plain = RecognitionRequest(SENT, bitmap=Bitmap(2, 1, b"abcdefgh")).plain_image
    assert (plain.media_type, plain.width, plain.height) == ("image/bmp", 2, 1)
    assert plain.data.endswith(b"abcdefgh")


def test_what_is_no_crop_of_one_formula_is_given_as_it_would_be_sent() -> None:
    photograph = Bitmap(PLAIN_PIXELS + 1, 1, bytes(4 * PLAIN_PIXELS + 4))
    assert RecognitionRequest(SENT, bitmap=photograph).plain_image is SENT
    assert RecognitionRequest(SENT).plain_image is SENT
