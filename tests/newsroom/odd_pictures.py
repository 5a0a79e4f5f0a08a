"""Some hundreds of files that a newsroom might be sent, made by code: odd, broken, hostile.

Each has a name, its bytes, and what becomes of it: TAKEN, the code of the sentence that refuses it, or
EITHER, where the sender had no plan and only the limits matter.
"""

import random
import struct
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageCms, PngImagePlugin

TAKEN, EITHER = "taken", "either"
KINDS = ("JPEG", "PNG", "WEBP", "AVIF")
SIZE = (48, 36)


class Odd(NamedTuple):
    name: str
    content: bytes
    fate: str


def drawn(mode="RGB", size=SIZE):
    picture = Image.radial_gradient("L").resize(size)
    if mode == "I;16":
        wide = Image.new("I;16", size)
        wide.putdata([value * 257 for value in picture.get_flattened_data()])
        return wide
    if mode in ("RGB", "RGBA", "CMYK", "P"):
        flat = Image.new("L", size, 90)
        colours = Image.merge("RGB", (picture, flat, picture.rotate(180)))
        return colours.convert(mode)
    return picture.convert(mode)


@cache
def saved(kind, mode="RGB", size=SIZE, **how):
    file = BytesIO()
    drawn(mode, size).save(file, kind, **how)
    return file.getvalue()


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width, height, rows, *more, depth=8, colour=2):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    packed = zlib.compress(rows, 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + b"".join(more)
        + chunk(b"IDAT", packed)
        + chunk(b"IEND", b"")
    )


def every():
    families = (
        modes, orientations, profiles, metadata, cut, misnamed, foreign, moving, large, bombs, flipped, noise,
        lying, tiny,
    )  # fmt: skip
    return [odd for family in families for odd in family()]


def modes() -> Iterator[Odd]:
    """What a camera, a scanner or a designer's program may save."""
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        yield Odd(f"PNG in {mode}", saved("PNG", mode), TAKEN)
    for mode in ("L", "RGB", "CMYK"):
        for more in ({}, {"progressive": True}, {"quality": 1}, {"optimize": True}):
            yield Odd(f"JPEG in {mode} {more}", saved("JPEG", mode, **more), TAKEN)
    for kind in ("WEBP", "AVIF"):
        for mode in ("RGB", "RGBA", "L"):
            yield Odd(f"{kind} in {mode}", saved(kind, mode), TAKEN)
    yield Odd("lossless WEBP", saved("WEBP", "RGBA", lossless=True), TAKEN)
    for depth in (1, 2, 4):
        rows = b"\x00" + b"\xaa"
        yield Odd(f"PNG of {depth} bits", png(8 // depth, 1, rows, depth=depth, colour=0), TAKEN)
    for colour, channels in ((0, 1), (2, 3), (4, 2), (6, 4)):
        rows = b"\x00" + b"\xff\x80" * channels * 4
        yield Odd(f"PNG of 16 bits, colour {colour}", png(4, 1, rows, depth=16, colour=colour), TAKEN)
    for mode in ("L", "P", "RGB"):
        see_through = (1, 2, 3) if mode == "RGB" else 1
        yield Odd(f"PNG in {mode} with a clear colour", saved("PNG", mode, transparency=see_through), TAKEN)


def orientations() -> Iterator[Odd]:
    for kind in KINDS:
        for turned in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 65535):
            exif = Image.Exif()
            exif[0x0112] = turned
            yield Odd(f"{kind} with orientation {turned}", saved(kind, exif=exif.tobytes()), TAKEN)


def profiles() -> Iterator[Odd]:
    srgb, lab = (
        ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes() for space in ("sRGB", "LAB")
    )
    broken = {"cut": srgb[:200], "noise": random.Random(1).randbytes(3000), "of Lab": lab, "one byte": b"x"}
    for kind in KINDS:
        yield Odd(f"{kind} with a profile", saved(kind, icc_profile=srgb), TAKEN)
        for name, profile in broken.items():
            yield Odd(f"{kind} with a profile: {name}", saved(kind, icc_profile=profile), TAKEN)
    for mode in ("CMYK", "L"):
        yield Odd(f"JPEG in {mode} with a profile for RGB", saved("JPEG", mode, icc_profile=srgb), TAKEN)


def metadata() -> Iterator[Odd]:
    """Places, names and words inside the file."""
    exif = Image.Exif()
    exif[0x010F] = "Camera of Canaryname"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    for kind in KINDS:
        yield Odd(f"{kind} with a place", saved(kind, exif=exif.tobytes()), TAKEN)
        yield Odd(f"{kind} with XMP", saved(kind, xmp=b"<x:xmpmeta>Canaryname</x:xmpmeta>"), TAKEN)
    for kind in ("JPEG", "PNG", "WEBP"):
        for broken in (b"MM\0*\0\0\0\x08\xff\xff", bytes(40), b"II*\0\xff\xff\xff\xff"):
            yield Odd(f"{kind} with EXIF {broken!r}", saved(kind, exif=b"Exif\0\0" + broken), TAKEN)
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Canaryname", zip=True)
    yield Odd("PNG with words", saved("PNG", pnginfo=words), TAKEN)
    yield Odd("JPEG with a comment", saved("JPEG", comment=b"Canaryname"), TAKEN)


def cut() -> Iterator[Odd]:
    """Uploads that broke off."""
    for kind in KINDS:
        whole = saved(kind, size=(200, 150))
        for percent in (1, 5, 10, 25, 40, 60, 80, 90, 97):
            yield Odd(f"{kind} cut at {percent} %", whole[: len(whole) * percent // 100], EITHER)
        yield Odd(f"{kind} with more behind", whole + b"<script>alert(1)</script>" * 40, EITHER)
        yield Odd(f"{kind} twice", whole * 2, EITHER)
    yield Odd("nothing", b"", "unknown")


def misnamed() -> Iterator[Odd]:
    """One format's beginning before another's rest."""
    for head in KINDS:
        for rest in KINDS:
            if head != rest:
                yield Odd(f"{head} that goes on as {rest}", saved(head)[:16] + saved(rest)[16:], EITHER)


def foreign() -> Iterator[Odd]:
    """What browsers or other programs would open."""
    for kind in (
        "GIF",
        "BMP",
        "TIFF",
        "ICO",
        "PPM",
        "TGA",
        "JPEG2000",
        "SGI",
        "PCX",
        "DIB",
        "PDF",
        "EPS",
        "ICNS",
    ):
        yield Odd(kind, saved(kind, size=(64, 64)), "unknown")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'
    texts = {
        "SVG": svg,
        "SVG with a prologue": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaa">]>' + svg,
        "gzipped SVG": zlib.compress(svg, wbits=31),
        "HTML": b"<!doctype html><script>alert(1)</script>",
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) (r) file\n",
        "ImageMagick script": b"push graphic-context\nfill 'url(https://127.0.0.1/)'\npop graphic-context\n",
        "a bare PDF": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
        "shell": b"#!/bin/sh\nrm -rf /\n",
        "ZIP": b"PK\x03\x04" + bytes(60),
        "ELF": b"\x7fELF" + bytes(60),
        "NULs": bytes(4096),
        "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200),
        "MP4": b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + bytes(200),
        "JPEG XL": b"\xff\x0a" + bytes(200),
    }
    for name, content in texts.items():
        yield Odd(name, content, "unknown")


def moving() -> Iterator[Odd]:
    for kind in ("PNG", "WEBP", "AVIF"):
        for frames in (2, 3, 12):
            file = BytesIO()
            stills = [Image.new("RGB", SIZE, (20 * number, 40, 90)) for number in range(frames)]
            stills[0].save(file, kind, save_all=True, append_images=stills[1:], duration=40)
            yield Odd(f"{kind} of {frames} frames", file.getvalue(), "moving")
    many = struct.pack(">II", 2**31 - 1, 0)
    yield Odd("APNG that claims 2^31 frames", png(4, 4, bytes(52), chunk(b"acTL", many)), EITHER)
    yield Odd("APNG of one frame", png(4, 4, bytes(52), chunk(b"acTL", struct.pack(">II", 1, 0))), EITHER)
    file = BytesIO()
    drawn().save(file, "MPO", save_all=True, append_images=[drawn()])
    yield Odd("a phone's JPEG with a second picture", file.getvalue(), TAKEN)


def large() -> Iterator[Odd]:
    for width, height in (
        (8000, 7500),
        (8000, 5001),
        (40_000_001, 1),
        (1, 40_000_001),
        (2**31 - 1, 2**31 - 1),
    ):
        yield Odd(f"PNG of {width} x {height}", png(width, height, b"", colour=0), "pixels")
    for width, height in ((65535, 65535), (10_000, 4_001)):
        whole = bytearray(saved("JPEG"))
        at = whole.index(b"\xff\xc0") + 5
        whole[at : at + 4] = struct.pack(">HH", height, width)
        yield Odd(f"JPEG that claims {width} x {height}", bytes(whole), "pixels")
    yield Odd("WEBP that claims 16383 x 16383", webp_of(16383, 16383), EITHER)
    yield Odd("a line of 30000 pixels", png(30_000, 1, bytes(90_001)), TAKEN)
    yield Odd("a column of 30000 pixels", png(1, 30_000, bytes(4 * 30_000)), TAKEN)
    yield Odd("39 megapixels of nothing", png(7800, 5000, bytes(7801 * 5000), colour=0), EITHER)


def webp_of(width, height):
    """A lossy WebP's header, and nothing behind it."""
    frame = b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", width, height) + bytes(50)
    body = b"WEBPVP8 " + struct.pack("<I", len(frame)) + frame
    return b"RIFF" + struct.pack("<I", len(body)) + body


def bombs() -> Iterator[Odd]:
    """Small files that unpack to a great deal."""
    megabytes = zlib.compress(bytes(60 * 2**20), 9)
    row = b"\0" + bytes(3)
    for name, body in {
        "zTXt": b"Comment\0\0" + megabytes,
        "iTXt": b"Comment\0\1\0\0\0" + megabytes,
        "iCCP": b"profile\0\0" + megabytes,
        "eXIf": megabytes,
        "unKn": megabytes,
    }.items():
        yield Odd(f"PNG with a bomb in {name}", png(1, 1, row, chunk(name.encode(), body)), EITHER)
    for words in (100, 2_000):
        more = [chunk(b"tEXt", b"Comment\0" + bytes([65 + n % 26]) * 60_000) for n in range(words // 20)]
        yield Odd(f"PNG with {words // 20} long words", png(1, 1, row, *more), EITHER)
    yield Odd("PNG with too much behind its rows", png(1, 1, bytes(50 * 2**20)), EITHER)
    yield Odd("PNG that is flat and 39 megapixels", png(6240, 6250, bytes(6250 * 6241), colour=0), EITHER)
    scans = saved("JPEG", progressive=True, size=(64, 64))
    start = scans.rindex(b"\xff\xda")
    yield Odd("JPEG of 20000 scans", scans[:start] + scans[start:-2] * 20_000 + scans[-2:], EITHER)


def flipped() -> Iterator[Odd]:
    """Bits that toppled on the way, the same at every run."""
    chance = random.Random(20240112)
    for kind in KINDS:
        for number in range(16):
            content = bytearray(saved(kind, size=(96, 72)))
            for _ in range(1 + number):
                content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            yield Odd(f"{kind} flipped {number}", bytes(content), EITHER)


def noise() -> Iterator[Odd]:
    """Right beginnings before anything at all."""
    chance = random.Random(20240119)
    for kind in KINDS:
        for kept in (4, 12, 30, 100):
            yield Odd(f"{kind} noise after {kept}", saved(kind)[:kept] + chance.randbytes(2000), EITHER)
    for number in range(8):
        yield Odd(f"noise {number}", chance.randbytes(400), "unknown")


def lying() -> Iterator[Odd]:
    """PNG chunks that contradict each other."""
    row = b"\0" + bytes(3)
    head = struct.pack(">IIBBBBB", 9, 9, 8, 2, 0, 0, 0)
    for name, more in {
        "a second header": chunk(b"IHDR", head),
        "a palette of none": chunk(b"PLTE", b""),
        "clear colours without a palette": chunk(b"tRNS", bytes(300)),
        "a chunk of 2 GB": struct.pack(">I", 2**31 - 1) + b"tEXt",
        "a wrong checksum": chunk(b"gAMA", b"\0\0\0\1")[:-1] + b"\xff",
        "no gamma": chunk(b"gAMA", bytes(4)),
        "a size of zero": chunk(b"pHYs", bytes(9)),
        "short chromaticities": chunk(b"cHRM", bytes(3)),
    }.items():
        yield Odd(f"PNG with {name}", png(1, 1, row, more), EITHER)
    for width, height in ((0, 0), (0, 5), (5, 0), (9, 9)):
        yield Odd(f"PNG of {width} x {height} with one row", png(width, height, row), EITHER)
    for depth, colour in ((3, 0), (8, 1), (8, 7), (16, 3), (99, 2)):
        yield Odd(
            f"PNG of depth {depth} and colour {colour}", png(1, 1, row, depth=depth, colour=colour), "unknown"
        )


def tiny() -> Iterator[Odd]:
    for kind in KINDS:
        for size in ((1, 1), (1, 7), (7, 1), (3, 5), (17, 16)):
            yield Odd(f"{kind} of {size[0]} x {size[1]}", saved(kind, size=size), TAKEN)
