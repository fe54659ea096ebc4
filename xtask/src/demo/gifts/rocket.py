"""The rocket: smoke on the pad, a flame, a gleam that runs over the body through a mask, and stars where it bursts."""
import math
import random

from svga import KEEP, UNSEEN, ellipse, frame, movie, path, png, rectangle

WIDTH, HEIGHT, RATE, FRAMES = 600, 800, 20, 88
LIFTS, BURSTS = 18, 58
CREAM, RED, DARK, GOLD, SKY, STEEL = (1, 0.97, 0.91), (0.87, 0.2, 0.23), (0.66, 0.11, 0.17), (1, 0.79, 0.31), (0.4, 0.72, 0.92), (0.35, 0.36, 0.42)
BODY = "M0 -124C42 -84 54 -30 48 62L-48 62C-54 -30 -42 -84 0 -124Z"
FIN = "M{0}44 8C{0}84 30 {0}90 72 {0}80 104L{0}44 66Z"


def soft(color, sharp=1.6):
    def pixel(x, y):
        near = max(0, 1 - math.hypot(x, y))
        return (*color, near**sharp)

    return pixel


def star(x, y):
    """Four points, and a bright heart."""
    near = max(0, 1 - (abs(x) ** 0.5 + abs(y) ** 0.5) ** 1.25 / 1.2)
    heart = max(0, 1 - 3.2 * math.hypot(x, y))
    return (1, 0.86 + 0.14 * heart, 0.45 + 0.55 * heart, min(1, near * 2.2 + heart))


def place(number):
    """Where the rocket is in a frame, and how far it leans."""
    if number < LIFTS:
        return 300 + (number % 2 * 2 - 1) * number / 6, 560, 0
    up = ((number - LIFTS) / (BURSTS - LIFTS)) ** 2.1
    return 300 + 14 * math.sin(up * 5), 560 - 800 * up, 0.05 * math.sin(up * 9)


def matrix(x, y, scale=1, angle=0, squeeze=1):
    cos, sin = scale * math.cos(angle), scale * math.sin(angle)
    return (cos, sin, -sin * squeeze, cos * squeeze, x, y)


def rocket():
    shapes = [
        path(FIN.format("-"), fill=DARK),
        path(FIN.format(""), fill=DARK),
        path("M-26 60L26 60L34 82L-34 82Z", fill=STEEL),
        path(BODY, fill=CREAM),
        path("M0 -124C25 -100 38 -74 44 -46L-44 -46C-38 -74 -25 -100 0 -124Z", fill=RED),
        rectangle(-49, 30, 98, 15, 4, fill=GOLD),
        path("M-9 50L0 104L9 50Z", fill=RED),
        ellipse(0, -8, 23, 23, fill=SKY, stroke=GOLD, line=7),
        path("M-13 -12C-12 -22 -4 -27 5 -26", stroke=(1, 1, 1), line=4),
    ]
    return [
        frame(1, matrix(x, y, 1, lean), shapes=shapes if number == 0 else [KEEP])
        for number, (x, y, lean) in enumerate(map(place, range(BURSTS)))
    ]


def flame():
    frames = []
    for number in range(BURSTS):
        x, y, lean = place(number)
        long = (0.35 + number / LIFTS * 0.65 if number < LIFTS else 1.25) * (1 + 0.14 * (number % 3 - 1))
        shapes = [
            path("M-30 0C-38 52 -14 96 0 146C14 96 38 52 30 0Z", fill=(1, 0.5, 0.12)),
            path("M-19 0C-24 34 -9 62 0 98C9 62 24 34 19 0Z", fill=(1, 0.86, 0.35)),
        ]
        kept = shapes if number == 0 else [KEEP]
        frames.append(frame(0.95, matrix(x - 80 * math.sin(lean), y + 80, 1, lean, long), shapes=kept))
    return frames


def gleam():
    """What runs over the body, and the body to see it through."""
    run, mask = [], []
    for number in range(BURSTS):
        x, y, lean = place(number)
        across = (number * 9) % 300 - 150
        bar = path("M-16 -140L14 -140L-14 90L-44 90Z", fill=(1, 1, 1)) if number == 0 else KEEP
        run.append(frame(0.5, matrix(x + across, y, 1, lean), shapes=[bar]))
        mask.append(frame(1, matrix(x, y, 1, lean), shapes=[path(BODY, fill=CREAM) if number == 0 else KEEP]))
    return (mask, "body.matte"), (run, "", "body.matte")


def puff(chance):
    """A puff of smoke that grows, drifts off and fades."""
    born = chance.randrange(2, BURSTS - 6)
    x, y, _ = place(born)
    y = min(y + 150, 700)
    side, size, life = chance.uniform(-1, 1), chance.uniform(0.7, 1.5), chance.randrange(16, 26)
    frames = [UNSEEN] * born
    for age in range(min(life, FRAMES - born)):
        gone = age / life
        spread = side * (170 if born < LIFTS + 12 else 46) * math.sqrt(gone)
        frames.append(frame(0.75 * (1 - gone) ** 1.3, matrix(x + spread, y - 26 * gone, size * (0.5 + 1.5 * gone)), 96))
    return frames, "puff"


def spark(number, count, chance):
    """A star that flies out of the burst and falls."""
    angle, reach = 2 * math.pi * number / count + chance.uniform(-0.1, 0.1), chance.uniform(120, 310)
    size, turn = chance.uniform(0.5, 1.25), chance.uniform(-3, 3)
    frames = [UNSEEN] * (BURSTS - 4)
    life = FRAMES - len(frames)
    for age in range(life):
        gone = age / life
        far = reach * (1 - (1 - gone) ** 2.6)
        x, y = 300 + far * math.cos(angle), 250 + far * math.sin(angle) + 150 * gone**2
        frames.append(frame(min(1, 2.2 * (1 - gone)), matrix(x, y, size * (1.1 - 0.5 * gone), turn * gone), 72))
    return frames, "star"


def flash():
    frames = [UNSEEN] * (BURSTS - 5)
    return frames + [frame(0.9 * (1 - age / 14) ** 1.5, matrix(300, 250, 1.5 + age * 0.42), 128) for age in range(14)], "glow"


def make():
    chance = random.Random(8)
    images = {"puff": png(96, soft((1, 0.98, 0.95))), "star": png(72, star), "glow": png(128, soft((1, 0.83, 0.5), 2.2))}
    puffs = [puff(chance) for _ in range(34)]
    sparks = [spark(number, 40, chance) for number in range(40)]
    return movie(WIDTH, HEIGHT, RATE, images, [*puffs, (flame(),), (rocket(),), *gleam(), flash(), *sparks])
