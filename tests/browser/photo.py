"""A real photograph, as a phone makes it: JPEG, turned, with the place where it was taken."""

from pathlib import Path

from PIL import Image, ImageDraw

GPS = 0x8825
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4
MAKE, ORIENTATION, TAKEN = 0x010F, 0x0112, 0x0132
CAMERA = "Markordkamera"


def take_photo(path: Path) -> Path:
    """Make a picture of a street light at night in `path`, and give the path."""
    picture = Image.new("RGB", (1600, 1200), "#101828")
    draw = ImageDraw.Draw(picture)
    draw.line((800, 1150, 800, 200), fill="#667085", width=24)
    draw.ellipse((700, 120, 900, 260), fill="#98a2b3")
    exif = Image.Exif()
    exif[MAKE] = CAMERA
    exif[ORIENTATION] = 6
    exif[TAKEN] = "2026:11:20 17:04:11"
    exif.get_ifd(GPS).update(
        {LATITUDE_REF: "N", LATITUDE: (60.0, 36.0, 24.0), LONGITUDE_REF: "E", LONGITUDE: (15.0, 37.0, 12.0)}
    )
    picture.save(path, "JPEG", quality=85, exif=exif)
    return path


def place_in(path: Path) -> dict[int, object]:
    """Give what a picture tells about where it was taken."""
    with Image.open(path) as picture:
        return dict(picture.getexif().get_ifd(GPS))


def camera_in(path: Path) -> object:
    """Give what a picture tells about the camera."""
    with Image.open(path) as picture:
        return picture.getexif().get(MAKE)
