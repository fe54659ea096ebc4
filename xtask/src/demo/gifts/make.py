#!/usr/bin/env python3
"""Writes the files that the demo's gifts are played from, next to itself. Needs ffmpeg with librsvg and libx264 for the tea."""
import pathlib

import confetti
import rocket
import tea

HERE = pathlib.Path(__file__).parent
FILES = {"rocket.svga": rocket.make, "ceremony.mp4": tea.make, "confetti.json": confetti.make}

for name, make in FILES.items():
    file = HERE / name
    file.write_bytes(make())
    print(name, file.stat().st_size)
