"""The darkroom's other side: a process of its own that unpacks what strangers send.

Run as a script, it imports Pillow and nothing of the house. For each file that comes in it splits off a
child with limits on memory and time, which answers with a clean picture, or with the reason why not, or
dies trying. Nothing of one file is left for the next.

A message either way is a line of JSON and the bytes whose number it names.
"""

import json
import math
import os
import resource
import signal
import struct
import sys
import warnings
from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image, ImageCms, ImageFile, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
# What phones write with a preview inside; any reader of JPEG shows its first picture.
JPEG_WITH_MORE = "MPO"
# Decoders that go wrong raise all of these, and MemoryError at the limit.
DAMAGED = (OSError, SyntaxError, ValueError, TypeError, EOFError, IndexError, KeyError, OverflowError)
SIXTEEN_BITS = ("I;16", "I;16L", "I;16B", "I;16N")

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
JPEG = {"quality": 92, "subsampling": 0}
WEBP = {"quality": 92, "method": 3, "exact": False}


class Refused(Exception):
    """Why a file can't be a picture of ours: a key of the sentences in `intake`."""


def develop(content: bytes, longest: int, most_pixels: int) -> tuple[Image.Image, str]:
    """The picture upright, in sRGB, with nothing beside its pixels; and the format to keep it in."""
    Image.MAX_IMAGE_PIXELS = most_pixels
    image = _opened(content)
    if image.width * image.height > most_pixels:  # asked before anything is unpacked
        raise Refused("pixels")
    if getattr(image, "is_animated", False) and image.format != JPEG_WITH_MORE:
        raise Refused("moving")
    if image.format in ("JPEG", JPEG_WITH_MORE):
        image.draft(None, (longest, longest))  # unpacks at a half or a quarter where that's enough
    try:
        image.load()
        upright = _upright(_no_larger(image, longest))
        colours = _srgb(upright, image.info.get("icc_profile"))
    except DAMAGED as error:
        raise Refused("damaged") from error
    # Metadata tells where a picture was taken and by whom; only pixels go on.
    clean = Image.new(colours.mode, colours.size)
    clean.paste(colours)
    if clean.mode == "RGBA" and clean.getchannel("A").getextrema() == (255, 255):
        clean = clean.convert("RGB")
    return clean, "JPEG" if clean.mode == "RGB" else "WEBP"


def _opened(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return Image.open(BytesIO(content), formats=FORMATS)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("pixels") from error
    except DAMAGED as error:
        raise Refused("unknown") from error


def _no_larger(image: Image.Image, longest: int) -> Image.Image:
    """Scaled down first, so that what follows needs less memory."""
    share = longest / max(image.size)
    if share >= 1:
        return image
    if image.mode in ("1", "P", "PA"):
        image = _plain(image)
    size = (max(1, round(image.width * share)), max(1, round(image.height * share)))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its metadata says, where that can be read."""
    try:
        return ImageOps.exif_transpose(image)
    except (*DAMAGED, struct.error, ZeroDivisionError):
        return image


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Eight bits a channel, RGB or RGBA, as a screen shows it that knows no profiles."""
    image = _plain(image)
    alpha = image.getchannel("A") if "A" in image.getbands() else None
    if alpha:
        image = image.convert("RGB" if image.mode == "RGBA" else "L")
    if profile:
        image = _through(profile, image)
    image = image.convert("RGB")
    if alpha:
        image.putalpha(alpha)
    return image


def _plain(image: Image.Image) -> Image.Image:
    """One of L, LA, RGB, RGBA and CMYK."""
    if image.mode in SIXTEEN_BITS:
        return image.convert("I").point([round(value / 257) for value in range(65536)], "L")
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _through(profile: bytes, image: Image.Image) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        intent = ImageCms.Intent.PERCEPTUAL
        return ImageCms.profileToProfile(image, source, SRGB, intent, outputMode="RGB") or image
    except (ImageCms.PyCMSError, *DAMAGED):
        return image  # a profile that is nonsense, or of other colours, says nothing


def packed(image: Image.Image, kind: str) -> bytes:
    file = BytesIO()
    image.save(file, kind, **(JPEG if kind == "JPEG" else WEBP))
    return file.getvalue()


# How the work is handed over


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """A message; raises EOFError at the end of them, and where one breaks off."""
    line = stream.readline()
    if not line:
        raise EOFError
    head = json.loads(line)
    body = stream.read(head["bytes"])
    if len(body) < head["bytes"]:
        raise EOFError
    return head, body


def write(stream: BinaryIO, head: dict[str, Any], body: bytes = b"") -> None:
    stream.write(json.dumps(head | {"bytes": len(body)}).encode() + b"\n" + body)
    stream.flush()


def serve() -> None:
    """Take one file after the other until nobody sends any more."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    Image.preinit()
    Image.init()
    while True:
        try:
            order, content = read(sys.stdin.buffer)
        except EOFError:
            return
        write(sys.stdout.buffer, *_in_a_child(order, content))


def _in_a_child(order: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    inlet, outlet = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(inlet)
        _limit(order)
        with os.fdopen(outlet, "wb") as answers:
            _answer(answers, order, content)
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as answers:
        try:
            head, body = read(answers)
        except (EOFError, ValueError):
            head, body = {"refused": "heavy"}, b""  # it was killed at a limit, or by a fault of a decoder
    _pid, _status, used = os.wait4(child, 0)
    head["seconds"], head["memory"] = used.ru_utime + used.ru_stime, used.ru_maxrss * 1024
    return head, body


def _limit(order: dict[str, Any]) -> None:
    seconds = math.ceil(order["seconds"])  # the processor's are counted whole
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16))
    # macOS knows this limit and doesn't take it.
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (order["memory"], order["memory"]))
    signal.setitimer(signal.ITIMER_REAL, order["seconds"])


def _answer(answers: BinaryIO, order: dict[str, Any], content: bytes) -> None:
    try:
        image, kind = develop(content, order["longest"], order["most_pixels"])
        body = packed(image, kind)
    except Refused as refused:
        write(answers, {"refused": str(refused)})
    except MemoryError:
        write(answers, {"refused": "heavy"})
    except Exception:  # noqa: BLE001  # whatever a decoder trips over, the file is at fault
        write(answers, {"refused": "damaged"})
    else:
        write(answers, {"format": kind, "width": image.width, "height": image.height}, body)


if __name__ == "__main__":
    serve()
