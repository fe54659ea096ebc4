"""Confetti: two crackers in the corners, and paper that flies up, turns over and falls. Lottie, drawings alone."""
import json
import math
import random

WIDTH, HEIGHT, RATE, FRAMES = 600, 800, 30, 111
COLORS = ["#ffb63a", "#e85a4f", "#4fb3bf", "#7bc86c", "#f26da6", "#ffe08a", "#8e7cc3"]
FIRES, PIECES = 9, 72


def still(value):
    return {"a": 0, "k": value}


def moving(*keys):
    """Values at frames, with even steps between them."""
    eased = {"i": {"x": [0.7], "y": [0.85]}, "o": {"x": [0.3], "y": [0.2]}}
    points = [{"t": round(at, 1), "s": [round(part) for part in value], **eased} for at, value in keys]
    return {"a": 1, "k": points}


def paint(color):
    return {"ty": "fl", "c": still([int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)] + [1]), "o": still(100), "r": 1}


def group(*items):
    place = {"ty": "tr", "p": still([0, 0]), "a": still([0, 0]), "s": still([100, 100]), "r": still(0), "o": still(100)}
    return {"ty": "gr", "it": [*items, place]}


def layer(number, shapes, first, last, **transform):
    whole = {"o": still(100), "r": still(0), "p": still([0, 0, 0]), "a": still([0, 0, 0]), "s": still([100, 100, 100]), **transform}
    return {"ty": 4, "ind": number, "ip": first, "op": last, "st": 0, "ks": whole, "shapes": shapes}


def outline(*points):
    flat = [[0, 0]] * len(points)
    return {"ty": "sh", "ks": still({"i": flat, "o": flat, "v": [list(point) for point in points], "c": True})}


def piece(number, chance):
    left = number % 2 == 0
    color, long = chance.choice(COLORS), chance.uniform(16, 36)
    if chance.random() < 0.7:
        form = {"ty": "rc", "p": still([0, 0]), "s": still([round(long, 1), round(long * 0.55, 1)]), "r": still(2)}
    else:
        form = {"ty": "el", "p": still([0, 0]), "s": still([round(long * 0.7, 1)] * 2)}
    start = FIRES + chance.uniform(0, 7)
    x, y = (70, 690) if left else (530, 690)
    angle = math.radians(chance.uniform(38, 84))
    reach = chance.uniform(260, 700)
    top_x = x + (1 if left else -1) * math.cos(angle) * reach * 0.62
    top_y = max(20, y - math.sin(angle) * reach)
    peak = start + chance.uniform(14, 22)
    end = chance.uniform(88, FRAMES)
    drift = chance.uniform(-70, 70)
    path = moving((start, (x, y, 0)), (peak, (top_x, top_y, 0)), (end, (top_x + drift, chance.uniform(top_y + 200, HEIGHT + 30), 0)))
    turn = chance.choice((-1, 1)) * chance.uniform(200, 700)
    flutter = moving(*((start + step * (end - start) / 6, (100 if step % 2 == 0 else chance.uniform(-90, 20), 100, 100)) for step in range(7)))
    fade = moving((start, (100,)), (end - 14, (100,)), (end, (0,)))
    spin = moving((start, (chance.uniform(0, 360),)), (end, (turn,)))
    return layer(number + 3, [group(form, paint(color))], round(start), FRAMES, p=path, r=spin, s=flutter, o=fade)


def cracker(number, x, turn):
    cone = group(outline((-34, -40), (34, -40), (0, 84)), paint("#ffb63a"))
    bands = group(outline((-25, -8), (25, -8), (17, 22), (-17, 22)), paint("#e85a4f"))
    mouth = group({"ty": "el", "p": still([0, -40]), "s": still([68, 20])}, paint("#b03a48"))
    jump = moving((0, (x, 860, 0)), (6, (x, 736, 0)), (FIRES, (x, 756, 0)), (FIRES + 4, (x, 728, 0)), (80, (x, 736, 0)), (FRAMES - 8, (x, 900, 0)))
    return layer(number, [mouth, bands, cone], 0, FRAMES, p=jump, r=still(turn))


def make():
    chance = random.Random(21)
    layers = [cracker(1, 54, 28), cracker(2, 546, -28), *(piece(number, chance) for number in range(PIECES))]
    movie = {"v": "5.7.0", "fr": RATE, "ip": 0, "op": FRAMES, "w": WIDTH, "h": HEIGHT, "nm": "confetti", "ddd": 0, "assets": [], "layers": layers}
    return json.dumps(movie, separators=(",", ":")).encode()
