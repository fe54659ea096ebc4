"""Writes SVGA 2 files: a PNG and a Protocol Buffers writer, and as much of svga.proto as a rocket needs."""
import struct
import zlib


def png(size, pixel):
    """A square PNG whose pixels `pixel(x, y)` gives as (red, green, blue, alpha), 0 to 1, for x and y from -1 to 1."""
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            at = [(2 * axis + 1) / size - 1 for axis in (column, row)]
            rows += bytes(round(255 * max(0, min(1, part))) for part in pixel(*at))
    chunks = ((b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    body = b"".join(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def integer(field, number):
    return varint(field << 3) + varint(number)


def floats(*numbers):
    """Fields from 1 on; a 0 need not be written."""
    return b"".join(varint(field << 3 | 5) + struct.pack("<f", number) for field, number in enumerate(numbers, 1) if number)


def inside(field, body):
    body = body.encode() if isinstance(body, str) else body
    return varint(field << 3 | 2) + varint(len(body)) + body


def style(fill=None, stroke=None, line=0):
    parts = [inside(1, floats(*fill, 1)) if fill else b"", inside(2, floats(*stroke, 1)) if stroke else b""]
    return b"".join(parts) + (varint(3 << 3 | 5) + struct.pack("<f", line) if line else b"")


def path(text, **how):
    return integer(1, 0) + inside(2, inside(1, text)) + inside(10, style(**how))


def rectangle(x, y, width, height, corner=0, **how):
    return integer(1, 1) + inside(3, floats(x, y, width, height, corner)) + inside(10, style(**how))


def ellipse(x, y, across, down, **how):
    return integer(1, 2) + inside(4, floats(x, y, across, down)) + inside(10, style(**how))


KEEP = integer(1, 3)
UNSEEN = b""


def frame(alpha, matrix, size=0, shapes=()):
    layout = inside(2, floats(-size / 2, -size / 2, size, size)) if size else b""
    drawn = b"".join(inside(5, shape) for shape in shapes)
    return floats(alpha) + layout + inside(3, floats(*matrix)) + drawn


def sprite(frames, image="", mask=""):
    return inside(1, image) + b"".join(inside(2, one) for one in frames) + (inside(3, mask) if mask else b"")


def movie(width, height, rate, images, sprites):
    """`sprites` are lists of frames, or (frames, image, mask)."""
    count = max(len(frames) for frames, *_ in sprites)
    params = floats(width, height) + integer(3, rate) + integer(4, count)
    body = inside(1, "2.0.0") + inside(2, params)
    body += b"".join(inside(3, inside(1, key) + inside(2, image)) for key, image in images.items())
    body += b"".join(inside(4, sprite(*one)) for one in sprites)
    return zlib.compress(body, 9)
