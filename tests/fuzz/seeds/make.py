#!/usr/bin/env python3
"""Writes the kept seeds of the fuzz targets `playlist`, `boxes`, `svga` and `engine`, next to itself. Needs ffmpeg for `boxes`.

Those of `rtmp` are recorded from a running server: see capture-rtmp.py.
"""
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

HERE = pathlib.Path(__file__).parent
PLAYER = HERE / "../../../player"
sys.path.insert(0, str(HERE / "../../../xtask/src/demo/gifts"))

import svga as writer  # noqa: E402 - it lies where the line above says

PLAYLISTS = {
    "byte-ranges": "#EXT-X-TARGETDURATION:2\n#EXT-X-MAP:URI=\"a.mp4\",BYTERANGE=\"700@0\"\n#EXTINF:2,one\n#EXT-X-BYTERANGE:900@700\na.mp4\n"
    "#EXTINF:2\n#EXT-X-BYTERANGE:800\na.mp4\n#EXT-X-ENDLIST\n",
    "breaks": "#EXT-X-TARGETDURATION:2\n#EXT-X-DISCONTINUITY-SEQUENCE:3\n#EXT-X-MAP:URI=\"a.mp4\"\n#EXTINF:2\na.m4s\n#EXT-X-DISCONTINUITY\n"
    "#EXT-X-MAP:URI=\"b.mp4\"\n#EXT-X-BITRATE:800\n#EXTINF:2\nb.m4s\n#EXT-X-GAP\n#EXTINF:1.5\nc.m4s\n",
    "variables": "#EXT-X-VERSION:11\n#EXT-X-DEFINE:NAME=\"cdn\",VALUE=\"https://cdn.example\"\n#EXT-X-DEFINE:IMPORT=\"a\"\n"
    "#EXT-X-DEFINE:QUERYPARAM=\"q\"\n#EXT-X-TARGETDURATION:4\n#EXTINF:4\n{$cdn}/{$a}/{$q}.m4s\n",
    "dates": "#EXT-X-TARGETDURATION:4\n#EXT-X-PROGRAM-DATE-TIME:2026-11-11T20:00:00.250+08:00\n"
    "#EXT-X-DATERANGE:ID=\"sale\",CLASS=\"shop\",START-DATE=\"2026-11-11T12:00:01Z\",END-ON-NEXT=YES,SCTE35-OUT=0xFC30,X-N=1.5\n"
    "#EXTINF:4\na.m4s\n",
    "keys": "#EXT-X-TARGETDURATION:4\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\",IV=0x0123456789abcdef0123456789abcdef\n#EXTINF:4\na.ts\n"
    "#EXT-X-KEY:METHOD=NONE\n#EXTINF:4\nb.ts\n",
    "delta": "#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:9\n#EXT-X-SERVER-CONTROL:CAN-SKIP-UNTIL=24,CAN-SKIP-DATERANGES=YES\n"
    "#EXT-X-SKIP:SKIPPED-SEGMENTS=5,RECENTLY-REMOVED-DATERANGES=\"a\tb\"\n#EXTINF:4\na.m4s\n",
}


def playlists():
    for name, text in PLAYLISTS.items():
        yield f"{name}.m3u8", f"#EXTM3U\n{text}".encode()
    for file in sorted((PLAYER / "playlist/tests/support").glob("*.m3u8")):
        yield file.name, file.read_bytes()


def boxes():
    """Whole files small enough to mutate: pictures, sound, and both, with clock references and a segment index."""
    kinds = {
        "video.mp4": "-f lavfi -i testsrc=size=32x32:rate=5:duration=1 -c:v libx264 -bf 1 -g 5 -pix_fmt yuv420p",
        "sound.mp4": "-f lavfi -i sine=sample_rate=8000:duration=0.3 -c:a aac -b:a 16k",
        "both.mp4": "-f lavfi -i testsrc=size=32x32:rate=5:duration=0.6 -f lavfi -i sine=sample_rate=8000:duration=0.6 "
        "-c:v libx264 -g 2 -pix_fmt yuv420p -c:a aac -b:a 16k",
        "opus.mp4": "-f lavfi -i sine=sample_rate=48000:duration=0.2 -c:a libopus -b:a 16k",
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, options in kinds.items():
            file = pathlib.Path(folder) / name
            flags = "-movflags +frag_keyframe+empty_moov+default_base_moof+cmaf -write_prft wallclock -map_metadata -1 -bitexact"
            subprocess.run(f"ffmpeg -v error -y {options} {flags} {file}".split(), check=True)
            yield name, file.read_bytes()
    message = b"\1\0\0\0" + struct.pack(">IQII", 1000, 5000, 500, 7) + b"https://aomedia.org/emsg/ID3\0\0ID3\4\0\0\0\0\0\0"
    yield "subtitles.vtt", (
        b"WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:01.000,MPEGTS:900000\n\nNOTE a\n\none\n00:01.500 --> 1:00:02.250 line:0 align:start\n<b>hot</b>\ntea\n"
    )
    yield "message.bin", struct.pack(">I", len(message) + 8) + b"emsg" + message


def svga():
    """Pictures, drawings of each kind, masks, clips and what is kept; packed, and as it is once inflated."""
    still, dot = (1, 0, 0, 1, 0, 0), writer.png(4, lambda x, y: (x, y, 1, 1))
    line = {"fill": (1, 0, 0), "stroke": (0, 0, 1), "line": 2}
    shapes = [writer.path("M0 0L9 9Z", **line), writer.rectangle(1, 2, 3, 4, 1, **line), writer.ellipse(5, 5, 2, 3, **line)]
    drawn = [writer.frame(1, still, shapes=shapes), writer.frame(0.5, still, shapes=[writer.KEEP]), writer.UNSEEN]
    clipped = [writer.frame(1, still, 4) + writer.inside(4, "M0 0H4V4Z")]
    for name, sprites in {"picture": [(clipped, "dot")], "drawing": [(drawn,)], "mask": [(drawn, "dot.matte"), (clipped, "dot", "dot.matte")]}.items():
        packed = writer.movie(64, 48, 20, {"dot": dot, "tune": b"ID3"}, sprites)
        yield f"{name}.svga", packed
        yield f"{name}.bin", zlib.decompress(packed)


# The steps of fuzz_targets/engine.rs, by name.
WELL, PASS, SLEEP, ANSWER, CUT, OTHER, BABBLE, FAIL, APPEND, REFUSE, REMOVED, VIDEO, ODD, ASK, NONSENSE, REST = range(16)


def story(*steps, recording=0, traits=0, ladder=0):
    """What kind of server, which address, and what happens."""
    start = [recording, traits, ladder, 0, 0]
    return bytes(start + [byte for step in steps for byte in step])


def engine():
    well, rest = (WELL, 3), (REST,)
    for name, server in {
        "live": {},
        "plain": {"traits": 1},
        "short-window": {"traits": 3},
        "restart": {"traits": 4},
        "breaks": {"traits": 8},
        "cues": {"traits": 16},
        "outages": {"traits": 32},
        "recording": {"recording": 1},
        "ladder": {"ladder": 1},
    }.items():
        yield f"{name}.bin", story(*[well] * 10, rest, (SLEEP, 40, 0), *[well] * 6, **server)
    grammar = [(OTHER, 0, 0, 0, 1, *[choice] * 60) for choice in (0, 1, 2, 7, 64, 96)]
    yield "grammar.bin", story(*[step for one in grammar for step in (well, one, rest)])
    yield "cut.bin", story(*[(CUT, 0, 40, 0), well] * 8)
    yield "full.bin", story(well, well, *[(REFUSE, 0, 0), rest, well] * 6)
    yield "decode.bin", story(well, well, *[(REFUSE, 1, 0), (ASK, 4), well] * 5)
    yield "decoder.bin", story(well, well, *[(VIDEO, 8), (ASK, 4), well, well] * 5)
    yield "scrub.bin", story(*[well] * 3, *[(ODD, 1, 0, 0, at, 0, 0, 1, 0) for at in range(12)], well, recording=1)
    yield "quality.bin", story(*[well] * 3, *[step for at in (1, 0, 2) for step in ((ASK, 1, 1, at), well, rest)], ladder=1)
    yield "languages.bin", story(
        *[well] * 3, *[step for at in (1, 0, 2, 3) for step in ((ASK, 5, 1, at), well, (ASK, 6, at), well, rest)], (ASK, 5, 0), well, traits=64, ladder=1
    )
    yield "asleep.bin", story(well, (SLEEP, 255, 255), rest, well, (SLEEP, 0, 8), well)
    yield "nonsense.bin", story(well, *[(NONSENSE, n, 1, 0, 9, 0, n) for n in range(4)], (BABBLE, 0, 200, 0, 9, *b"#EXTM3U\n\n"), well)


def main():
    for target, seeds in {"playlist": playlists, "boxes": boxes, "svga": svga, "engine": engine}.items():
        folder = HERE / target
        folder.mkdir(exist_ok=True)
        for name, data in seeds():
            (folder / name).write_bytes(data)


main()
