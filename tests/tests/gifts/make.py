#!/usr/bin/env python3
"""Writes shapes.svga next to itself, with what the demo's script writes: a quarter of the picture for each thing that is drawn."""
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE / "../../../xtask/src/demo/gifts"))

from svga import KEEP, ellipse, frame, inside, movie, path, png, rectangle  # noqa: E402 - it lies where the line above says

FRAMES = 40
RED, WHITE = (1, 0, 0), (1, 1, 1)


def still(x, y):
    return (1, 0, 0, 1, x, y)


def plain(*color):
    return png(8, lambda x, y: (*color, 1))


# A red rectangle that every frame after the first keeps, with a dashed white line below it.
kept = [frame(1, still(0, 0), shapes=[rectangle(10, 10, 30, 20, 4, fill=RED), path("M10 40L40 40", stroke=WHITE, line=6)])]
kept += [frame(1, still(0, 0), shapes=[KEEP])] * (FRAMES - 1)
# A green picture, 40 wide, seen through a round mask; half as strong in the second half.
green = [frame(1 if number < FRAMES / 2 else 0.5, still(75, 25), 40) for number in range(FRAMES)]
mask = [frame(1, still(75, 25), shapes=[ellipse(0, 0, 15, 15, fill=WHITE)])] * FRAMES
# A blue picture of which the left half is cut out.
blue = [frame(1, still(25, 75), 40) + inside(4, "M-20 -20H0V20H-20Z")] * FRAMES
# A yellow picture that is turned by 45 degrees, so that its corner is where a side would be.
turned = [frame(1, (0.7071, 0.7071, -0.7071, 0.7071, 75, 75), 30)] * FRAMES

pictures = {"green": plain(0, 1, 0), "blue": plain(0, 0, 1), "yellow": plain(1, 1, 0)}
sprites = [(kept,), (mask, "round.matte"), (green, "green", "round.matte"), (blue, "blue"), (turned, "yellow")]
(HERE / "shapes.svga").write_bytes(movie(100, 100, 10, pictures, sprites))
