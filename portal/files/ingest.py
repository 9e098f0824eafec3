"""The one way in for files, whatever the channel: what comes out is a picture made anew, or a problem.

Nothing that was sent is kept as it came. The content decides what a file is, never its name, and the picture is
drawn again from its points, so that place, camera, comments and anything hidden in the file stay behind.
"""

import math
import re
import struct
import unicodedata
import warnings
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

import filetype
from PIL import ExifTags, Image, ImageCms
from pillow_heif import register_heif_opener

from portal.clock import local_day
from portal.errors import PortalError
from portal.i18n import N_

MEGABYTE = 1_000_000
MOST_POINTS = 60_000_000
LONGEST_NAME = 80
HEAD = 4096
QUALITY = 85
JPEG, PNG = "image/jpeg", "image/png"
# What may come in, as its content says, and the one reader that is then allowed to open it.
READERS: Mapping[str, str] = {
    JPEG: "JPEG",
    PNG: "PNG",
    "image/webp": "WEBP",
    "image/heic": "HEIF",
    "image/heif": "HEIF",
}
SUFFIXES: Mapping[str, str] = {JPEG: ".jpg", PNG: ".png"}
# How a camera held its picture (EXIF 2.32, tag 0x0112), and what turns it upright.
TURNS: Mapping[int, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What the readers raise at a file that is broken, cut off or made to do harm.
BROKEN_FILE = (OSError, SyntaxError, ValueError, EOFError, RuntimeError, IndexError, KeyError, TypeError, OverflowError,
               struct.error, zlib.error)  # fmt: skip

EMPTY = N_("Filen %(name)s är tom. Välj den en gång till, eller ta en ny bild.")
TOO_LARGE = N_(
    "Bilden %(name)s är %(size)s MB. Skicka en som är högst %(limit)s MB, eller ta en ny med lägre upplösning."
)
DRAWING = N_(
    "Filen %(name)s är en SVG-ritning, inte ett foto. Skicka ett foto som JPEG, PNG, HEIC eller WebP."
)
NOT_A_PICTURE = N_(
    "Filen %(name)s är inte en bild som vi kan öppna. Skicka ett foto som JPEG, PNG, HEIC eller WebP."
)
BROKEN = N_("Bilden %(name)s är trasig eller kom inte fram hel. Välj den en gång till, eller ta en ny bild.")
TOO_MANY_POINTS = N_("Bilden %(name)s har för många bildpunkter. Skicka en som har högst %(limit)s miljoner.")
NAMELESS = N_("utan namn")

register_heif_opener()
# Pillow itself stops at a picture that would fill the memory, already while it reads the head.
Image.MAX_IMAGE_PIXELS = MOST_POINTS
warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Limits:
    """How much may be sent: bytes in a file, points in a picture; the longest side that is kept, in points."""

    largest: int = 10 * MEGABYTE
    most_points: int = MOST_POINTS
    longest_side: int = 4000


@dataclass(frozen=True)
class Ingested:
    """A file made harmless, ready to be kept. `name` is safe to show and to save under."""

    content: bytes
    media_type: str
    name: str


class FileProblem(PortalError):
    """A file that was not taken in: a msgid with its values, which says what to do instead."""

    def __init__(self, message: str, values: Mapping[str, str]) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


def ingest(stream: BinaryIO, name: str, limits: Limits, at: datetime) -> Ingested:
    """Give the file made harmless, upright and with a clean name. The day of `at` names a nameless one.

    Reads at most one byte more than the limit allows into memory. Raises FileProblem, and then nothing is kept.
    """
    shown = clean_name(name) or NAMELESS
    content = _read(stream, shown, limits)
    media_type = _media_type(content, shown)
    with _told_as_problem(shown, limits):
        picture, kept_type = _redrawn(content, media_type, limits)
    stem = clean_name(name).rpartition(".")[0] or clean_name(name) or f"bild-{local_day(at)}"
    return Ingested(picture, kept_type, f"{stem}{SUFFIXES[kept_type]}")


def clean_name(name: str) -> str:
    """Give a file's name without folder, control and direction characters, short enough to show; perhaps empty."""
    last = re.split(r"[/\\]", name)[-1]
    signs = (
        sign for sign in unicodedata.normalize("NFC", last) if not unicodedata.category(sign).startswith("C")
    )
    tidy = re.sub(r'[\s<>:"|?*]+', " ", "".join(signs)).strip(" .")
    stem, dot, suffix = tidy.rpartition(".")
    return f"{stem[:LONGEST_NAME]}{dot}{suffix[:8]}" if dot else tidy[:LONGEST_NAME]


def _read(stream: BinaryIO, name: str, limits: Limits) -> bytes:
    content = stream.read(limits.largest + 1)
    if not content:
        raise FileProblem(EMPTY, {"name": name})
    if len(content) > limits.largest:
        size = math.ceil((len(content) + _rest(stream)) / MEGABYTE)
        raise FileProblem(
            TOO_LARGE, {"name": name, "size": str(size), "limit": str(limits.largest // MEGABYTE)}
        )
    return content


def _rest(stream: BinaryIO) -> int:
    """Give how many bytes are left, a little at a time."""
    return sum(len(part) for part in iter(lambda: stream.read(MEGABYTE), b""))


def _media_type(content: bytes, name: str) -> str:
    found = filetype.guess_mime(content[:HEAD])
    if found in READERS:
        return str(found)
    is_drawing = found is None and b"<svg" in content[:HEAD].lower()
    raise FileProblem(DRAWING if is_drawing else NOT_A_PICTURE, {"name": name})


@contextmanager
def _told_as_problem(name: str, limits: Limits) -> Iterator[None]:
    millions = str(limits.most_points // 1_000_000)
    try:
        yield
    except _TooManyPoints as error:
        raise FileProblem(TOO_MANY_POINTS, {"name": name, "limit": millions}) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise FileProblem(TOO_MANY_POINTS, {"name": name, "limit": millions}) from error
    except BROKEN_FILE as error:
        raise FileProblem(BROKEN, {"name": name}) from error


class _TooManyPoints(Exception):
    """The picture would fill the memory."""


def _redrawn(content: bytes, media_type: str, limits: Limits) -> tuple[bytes, str]:
    """Draw the first frame again from its points: a PNG stays one, everything else becomes a JPEG."""
    with Image.open(BytesIO(content), formats=[READERS[media_type]]) as opened:
        if opened.width * opened.height > limits.most_points:
            raise _TooManyPoints
        turn = TURNS.get(_orientation(opened))
        opened.thumbnail((limits.longest_side, limits.longest_side), Image.Resampling.LANCZOS)
        opened.load()
        upright = opened if turn is None else opened.transpose(turn)
        picture = _in_plain_colours(upright, keep_alpha=media_type == PNG)
    picture.info.clear()
    made = BytesIO()
    if media_type == PNG:
        picture.save(made, "PNG", optimize=True)
        return made.getvalue(), PNG
    picture.save(made, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return made.getvalue(), JPEG


def _orientation(picture: Image.Image) -> int:
    """Give how the camera was held; a picture whose facts cannot be read stays as it is."""
    try:
        return int(picture.getexif().get(ExifTags.Base.Orientation, 1))
    except BROKEN_FILE:
        return 1


def _in_plain_colours(picture: Image.Image, *, keep_alpha: bool) -> Image.Image:
    """Give the picture in sRGB, since the profile that explains other colours is left behind."""
    has_alpha = picture.has_transparency_data
    profile = picture.info.get("icc_profile")
    plain = (
        picture.convert("RGBA" if has_alpha else "RGB") if picture.mode != "CMYK" or not profile else picture
    )
    if profile:
        plain = _to_srgb(plain, profile)
    if has_alpha and not keep_alpha:
        paper = Image.new("RGB", plain.size, "white")
        paper.paste(plain, mask=plain.getchannel("A"))
        return paper
    return plain if plain.mode in ("RGB", "RGBA") else plain.convert("RGB")


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """Turn a camera's own colours into sRGB; a profile that does not fit the picture is passed over."""
    mode = "RGB" if picture.mode == "CMYK" else picture.mode
    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, *BROKEN_FILE):
        return picture
    return turned or picture
