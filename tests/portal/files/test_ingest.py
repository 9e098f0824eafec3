"""What may come in as a file, and what is left of it when it is kept."""

import struct
import zlib
from datetime import UTC, datetime
from io import BytesIO

import pytest
from PIL import ExifTags, Image, ImageFile, PngImagePlugin
from pillow_heif import from_pillow

from portal.files.ingest import MEGABYTE, FileProblem, Ingested, Limits, clean_name, ingest

NOON = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _whole_pictures_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that makes PDFs tells the picture library, for the whole process, to put up with cut-off files.

    The site never loads it in its own process; tests of the PDFs do.
    """
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)


def a_photo(width: int = 60, height: int = 40) -> Image.Image:
    """A picture whose upper left corner is red."""
    picture = Image.new("RGB", (width, height), "navy")
    picture.paste("red", (0, 0, width // 3, height // 3))
    return picture


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    made = BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def taken_in(content: bytes, name: str = "bild.jpg", limits: Limits | None = None) -> Ingested:
    return ingest(BytesIO(content), name, limits or Limits(), NOON)


def refused(content: bytes, name: str = "bild.jpg", limits: Limits | None = None) -> str:
    with pytest.raises(FileProblem) as caught:
        taken_in(content, name, limits)
    return caught.value.message % caught.value.values


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Kameratillverkaren"
    exif[ExifTags.Base.Orientation] = 6
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = (59.0, 12.0, 34.0)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>hemlig plats</x:xmpmeta>"
    return saved(a_photo(), "JPEG", exif=exif, comment=b"tagen hemma hos mig", xmp=xmp, quality=95)


def test_place_camera_and_comments_are_gone_from_a_photo():
    sent = with_gps()
    assert Image.open(BytesIO(sent)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    kept = taken_in(sent)
    picture = Image.open(BytesIO(kept.content))
    assert not picture.getexif()
    assert not {"exif", "comment", "xmp", "icc_profile"} & picture.info.keys()
    for secret in (b"Kameratillverkaren", b"hemma hos mig", b"hemlig plats", b"Exif"):
        assert secret in sent
        assert secret not in kept.content


def test_a_photo_is_turned_upright():
    picture = Image.open(BytesIO(taken_in(with_gps()).content))
    assert picture.size == (40, 60)
    red, _, blue = picture.getpixel((36, 3))  # type: ignore[misc]  # three bands, since it is RGB
    assert red > 200
    assert blue < 60


def test_a_photo_from_a_phone_as_heic_becomes_a_jpeg():
    made = BytesIO()
    from_pillow(a_photo(640, 480)).save(made, quality=80)
    kept = taken_in(made.getvalue(), "IMG_0412.HEIC")
    assert (kept.media_type, kept.name) == ("image/jpeg", "IMG_0412.jpg")
    assert Image.open(BytesIO(kept.content)).size == (640, 480)


def test_a_webp_becomes_a_jpeg_and_what_was_clear_becomes_white():
    clear = Image.new("RGBA", (50, 50), (0, 0, 0, 0))
    kept = taken_in(saved(clear, "WEBP", lossless=True), "skylt.webp")
    assert kept.media_type == "image/jpeg"
    assert Image.open(BytesIO(kept.content)).getpixel((25, 25)) == (255, 255, 255)


def test_a_png_stays_a_png_without_its_texts():
    note = PngImagePlugin.PngInfo()
    note.add_text("Author", "Någon Särskild", zip=False)
    kept = taken_in(saved(a_photo(), "PNG", pnginfo=note), "skylt.png")
    assert (kept.media_type, kept.name) == ("image/png", "skylt.png")
    assert "Author" not in Image.open(BytesIO(kept.content)).info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_to_write_a_png_is_taken_in(mode):
    picture = Image.new(mode, (20, 20))
    assert taken_in(saved(picture, "PNG"), "a.png").media_type == "image/png"


def test_a_cmyk_photo_is_kept_in_colours_that_every_screen_shows():
    picture = Image.open(BytesIO(taken_in(saved(a_photo().convert("CMYK"), "JPEG")).content))
    assert picture.mode == "RGB"


def test_a_large_photo_is_made_smaller_in_its_own_shape():
    picture = Image.open(BytesIO(taken_in(saved(Image.new("RGB", (6000, 3000)), "JPEG")).content))
    assert picture.size == (4000, 2000)


def test_what_is_hidden_after_the_picture_is_left_behind():
    assert b"<script>" not in taken_in(saved(a_photo(), "JPEG") + b"<script>alert(1)</script>").content


def test_content_decides_and_not_the_name():
    assert taken_in(saved(a_photo(), "PNG"), "foto.jpg").name == "foto.png"


def test_a_drawing_named_jpg_is_refused_with_what_to_send_instead():
    said = refused(SVG, "karta.jpg")
    assert (
        said
        == "Filen karta.jpg är en SVG-ritning, inte ett foto. Skicka ett foto som JPEG, PNG, HEIC eller WebP."
    )


@pytest.mark.parametrize(
    "content", [b"hej", b"%PDF-1.7\n", b"MZ\x90\x00" + bytes(100), b"GIF89a" + bytes(50)]
)
def test_what_is_not_a_photo_is_refused(content):
    assert "inte en bild som vi kan öppna" in refused(content)


def test_thirty_megabytes_are_refused_with_both_numbers():
    said = refused(b"\xff\xd8\xff\xe0" + bytes(30 * MEGABYTE - 4), "stor.jpg")
    assert said.startswith("Bilden stor.jpg är 30 MB. Skicka en som är högst 10 MB")


def test_ten_megabytes_are_allowed_and_one_byte_more_is_not():
    photo = saved(a_photo(), "JPEG")
    assert taken_in(photo + bytes(10 * MEGABYTE - len(photo)))
    assert "är 11 MB" in refused(photo + bytes(10 * MEGABYTE - len(photo) + 1))


def test_an_empty_file_is_refused():
    assert refused(b"", "tom.jpg") == "Filen tom.jpg är tom. Välj den en gång till, eller ta en ny bild."


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_photo_that_was_cut_off_is_refused(kind, share):
    noise = Image.effect_noise((200, 200), 90).convert("RGB")
    content = saved(noise, kind)
    assert "trasig eller kom inte fram hel" in refused(content[: int(len(content) * share)])


def test_a_heic_that_was_cut_off_is_refused():
    made = BytesIO()
    from_pillow(Image.effect_noise((200, 200), 90).convert("RGB")).save(made)
    assert "trasig" in refused(made.getvalue()[: len(made.getvalue()) // 2])


def a_bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that claims side x side points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7746, 9000, 12000, 60000])
def test_a_picture_that_would_fill_the_memory_is_refused(side):
    said = refused(a_bomb(side))
    assert said == "Bilden bild.jpg har för många bildpunkter. Skicka en som har högst 60 miljoner."


def test_an_own_limit_for_points_is_kept():
    assert "för många" in refused(saved(a_photo(200, 200), "PNG"), limits=Limits(most_points=30_000))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("../../etc/passwd.png", "passwd.jpg"),
        ("C:\\Bilder\\lykta.JPG", "lykta.jpg"),
        ("hål i gatan.jpeg", "hål i gatan.jpg"),
        ("a\u0301.jpg", "á.jpg"),
        ("rad\r\nbyte\x00.jpg", "radbyte.jpg"),
        ("vänd\u202egpj.exe", "vändgpj.jpg"),
        (f"{'x' * 300}.jpg", f"{'x' * 80}.jpg"),
        ("", "bild-2026-11-20.jpg"),
        (" ... ", "bild-2026-11-20.jpg"),
    ],
)
def test_a_name_is_made_safe_to_show_and_to_save_under(given, expected):
    assert taken_in(saved(a_photo(), "JPEG"), given).name == expected


def test_a_name_holds_no_sign_that_steers_a_file_system():
    assert not set('<>:"|?*/\\') & set(clean_name('a<b>:"|?*c.png'))
