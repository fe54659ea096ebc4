"""The tea ceremony: a pot that pours, a cup that fills, steam and petals. Drawn as SVG, a file a frame; ffmpeg makes a film of it with
the alpha beside the colours, and a `vapc` box says where they are."""
import json
import math
import pathlib
import random
import struct
import subprocess
import tempfile

SIDE, RATE, FRAMES = 480, 20, 80
FILM = (736, SIDE)
COLOR, ALPHA = (0, 0, SIDE, SIDE), (SIDE + 8, 0, SIDE // 2, SIDE // 2)

DEFS = """<defs>
<radialGradient id="night"><stop offset="0" stop-color="#2c7a63"/><stop offset=".78" stop-color="#17493f"/><stop offset="1" stop-color="#0f332d"/></radialGradient>
<linearGradient id="clay" x1="0" x2="1"><stop offset="0" stop-color="#7a3f22"/><stop offset=".35" stop-color="#c9814f"/><stop offset="1" stop-color="#6b351c"/></linearGradient>
<linearGradient id="china" x1="0" x2="1"><stop offset="0" stop-color="#cbd9dc"/><stop offset=".35" stop-color="#ffffff"/><stop offset="1" stop-color="#b3c4c9"/></linearGradient>
<linearGradient id="tea" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f0bd58"/><stop offset="1" stop-color="#c9822b"/></linearGradient>
<clipPath id="cup"><path d="M196 338h108c-2 40-18 66-36 78h-36c-18-12-34-38-36-78Z"/></clipPath>
</defs>"""
POT = """<path d="M62-4c30-2 34-34 54-44l10 12c-16 12-18 56-62 58Z" fill="#8c4a28"/>
<path d="M-64-30c-40-6-52 40-8 58" fill="none" stroke="#8c4a28" stroke-width="13" stroke-linecap="round" transform="rotate(8)"/>
<path d="M-72-26h144c8 54-22 84-72 84s-80-30-72-84Z" fill="url(#clay)"/>
<path d="M-60-28c10-30 110-30 120 0Z" fill="#9a5531"/><circle cy="-56" r="12" fill="#9a5531"/>
<path d="M-48 4c6 22 16 34 30 40" fill="none" stroke="#eab98c" stroke-opacity=".5" stroke-width="6" stroke-linecap="round"/>"""


def ease(part):
    part = max(0, min(1, part))
    return part * part * (3 - 2 * part)


def between(value, first, last):
    return ease((value - first) / (last - first))


def petals(t, chance):
    drawn = []
    for _ in range(16):
        x, start, size, sway, hue = chance.uniform(30, 450), chance.uniform(-0.2, 1), chance.uniform(5, 10), chance.uniform(8, 30), chance.random()
        fallen = (t * 0.9 + start) % 1.15 - 0.05
        shift = x + sway * math.sin(8 * fallen + x)
        color = "#ffd76a" if hue < 0.6 else "#ffb3c1"
        drawn.append(
            f'<ellipse rx="{size:.1f}" ry="{size / 2:.1f}" fill="{color}" opacity="{min(1, 6 * (1 - fallen)):.2f}" '
            f'transform="translate({shift:.1f} {fallen * SIDE:.1f}) rotate({fallen * 500 + x:.0f})"/>'
        )
    return "".join(drawn)


def steam(t, above):
    drawn = []
    for number in range(3):
        rise = (t * 1.6 + number / 3) % 1
        x, y, sway = 228 + number * 22, 330 - rise * 90, 12 * math.sin(9 * rise + number * 2)
        path = f"M{x} {y}c{-sway:.1f} -14 {sway:.1f} -26 0 -42"
        drawn.append(
            f'<path d="{path}" fill="none" stroke="#fff" stroke-width="6" stroke-linecap="round" opacity="{above * 0.6 * math.sin(math.pi * rise):.2f}"/>'
        )
    return "".join(drawn)


def picture(number):
    t = number / (FRAMES - 1)
    seen = between(t, 0, 0.08) * (1 - between(t, 0.9, 1))
    tilt = between(t, 0.14, 0.28) - between(t, 0.7, 0.8)
    pouring = between(t, 0.28, 0.32) * (1 - between(t, 0.68, 0.72))
    full = between(t, 0.3, 0.72)
    level = 408 - 58 * full
    stream = ""
    if pouring > 0:
        wave = 1.5 * math.sin(number * 1.7)
        stream = f'<path d="M251 196C{252 + wave:.1f} 250 {250 - wave:.1f} 300 250 {level:.0f}" fill="none" stroke="#dca043" stroke-width="{9 * pouring:.1f}" stroke-linecap="round"/>'
    ring = 1 + 0.25 * between(t, 0.74, 0.88)
    glow = between(t, 0.74, 0.8) * (1 - between(t, 0.8, 0.92))
    body = f"""{DEFS}<g opacity="{seen:.3f}"><g transform="translate(240 240) scale({0.85 + 0.15 * between(t, 0, 0.1):.3f}) translate(-240 -240)">
<circle cx="240" cy="240" r="214" fill="url(#night)"/><circle cx="240" cy="240" r="206" fill="none" stroke="#e3bd6b" stroke-width="4"/>
<circle cx="240" cy="240" r="{206 * ring:.0f}" fill="none" stroke="#ffe6a3" stroke-width="6" opacity="{glow:.2f}"/>
<path d="M66 420c60-26 288-26 348 0-40 46-110 66-174 66S106 466 66 420Z" fill="#5b3a22"/>
<ellipse cx="250" cy="424" rx="88" ry="15" fill="#dfe8ea"/><ellipse cx="250" cy="421" rx="60" ry="9" fill="#b9c9cd"/>
{stream}
<path d="M196 338h108c-2 40-18 66-36 78h-36c-18-12-34-38-36-78Z" fill="url(#china)" opacity=".93"/>
<g clip-path="url(#cup)"><path d="M190 {level:.0f}h120v90h-120Z" fill="url(#tea)" opacity=".9"/></g>
<path d="M210 352c2 24 10 42 20 52" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".8"/>
<ellipse cx="250" cy="338" rx="54" ry="7" fill="none" stroke="#fff" stroke-width="3"/>
{steam(t, between(t, 0.45, 0.6))}
<g transform="translate({150 + 6 * tilt:.1f} {196 - 44 * tilt:.1f}) rotate({34 * tilt:.1f})">{POT}</g>
{petals(t, random.Random(5))}</g></g>"""
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">{body}</svg>'


def vapc():
    info = {"v": 2, "f": FRAMES, "w": SIDE, "h": SIDE, "fps": RATE, "videoW": FILM[0], "videoH": FILM[1], "orien": 0, "isVapx": 0}
    text = json.dumps({"info": {**info, "rgbFrame": COLOR, "aFrame": ALPHA}}).encode()
    return struct.pack(">I", len(text) + 8) + b"vapc" + text


def make():
    with tempfile.TemporaryDirectory() as folder:
        for number in range(FRAMES):
            (pathlib.Path(folder) / f"{number:03}.svg").write_text(picture(number))
        film = pathlib.Path(folder) / "film.mp4"
        graph = (
            f"[0:v]format=rgba,split[a][b];[b]alphaextract,scale={ALPHA[2]}:{ALPHA[3]},format=rgb24[seen];"
            f"color=black:s={FILM[0]}x{FILM[1]}:r={RATE},format=rgb24[wall];[a]format=rgb24[plain];"
            f"[wall][plain]overlay=0:0[one];[one][seen]overlay={ALPHA[0]}:{ALPHA[1]}:shortest=1,format=yuv420p"
        )
        options = "-c:v libx264 -preset veryslow -crf 27 -g 40 -bf 2 -movflags +faststart -map_metadata -1 -bitexact".split()
        source = ["-framerate", str(RATE), "-i", f"{folder}/%03d.svg"]
        command = ["ffmpeg", "-v", "error", "-y", *source, "-filter_complex", graph, *options, "-frames:v", str(FRAMES), film]
        subprocess.run(command, check=True)
        return film.read_bytes() + vapc()
