"""Pictures of single characters of machine-readable zones, drawn as cameras see them.

Strips of three printed lines are drawn with OCR-B, printed well or badly, photographed well or badly, and
cut into cells, most of them around a character and some beside one. What a cell shows is known exactly:
the character, and how far from the middle of the cell it stands.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
# The class of a cell that has no character in its middle.
NOTHING = len(ALPHABET)
# Cells are this many samples wide and high, and cover so many times the distance of two characters.
WIDTH, HEIGHT = 16, 24
COVERS_ACROSS, COVERS_DOWN = 1.2, 1.8
# How tall a capital is, in distances of two characters, if nothing else is known.
CAP = 0.98

# The two upright cuts of OCR-B in Debian's package fonts-ocr-b: round and sharp ends.
CUTS = ("OCRB.otf", "OCRBS.otf")
# Characters that are taken for one another.
ALIKE = "0OQD1I2Z5S8B6GUVMNWHKX4A7TYCE"
# Characters that are others, or nearly, when they stand on their head.
SAME_UPSIDE_DOWN = "0OIHNSXZ8MW69UA5Z2"

# The distance of two characters at which strips are drawn, in pixels.
PITCH = 28


@dataclass
class Cells:
    """Cells, what they show, and where in the cell it stands."""

    pixels: np.ndarray  # n × HEIGHT × WIDTH, 0 to 255
    classes: np.ndarray  # n: places in ALPHABET, or NOTHING
    places: np.ndarray  # n × 3: to the right, down (in distances), logarithm of the height against CAP
    placed: np.ndarray  # n: whether `places` means anything


def glyphs(fonts: Path):
    """Each character of each cut: ink from 0 to 1, three distances wide, and three high, the middle of a
    capital in the middle of the picture."""
    drawn = {}
    for cut in CUTS:
        size = 200
        advance = ImageFont.truetype(str(fonts / cut), size).getlength("0")
        font = ImageFont.truetype(str(fonts / cut), size * PITCH / advance)
        top = font.getbbox("H", anchor="ms")[1]
        for character in ALPHABET:
            picture = Image.new("L", (PITCH * 3, PITCH * 3), 0)
            place = (PITCH * 1.5, PITCH * 1.5 - top / 2)
            ImageDraw.Draw(picture).text(place, character, font=font, fill=255, anchor="ms")
            drawn[cut, character] = np.asarray(picture, np.float32) / 255
    return drawn


def any_text(random, length):
    """Characters as zones have them, with those that are mistaken for one another more often."""
    kind = random.random()
    if kind < 0.15:
        return "".join("<" if random.random() < 0.7 else ALPHABET[random.integers(37)] for _ in range(length))
    text = []
    for _ in range(length):
        draw = random.random()
        if draw < 0.12:
            text.append("<")
        elif draw < 0.37:
            text.append(ALIKE[random.integers(len(ALIKE))])
        else:
            text.append(ALPHABET[random.integers(37)])
    return "".join(text)


def paper(random, height, width):
    """What lies under the print: tints, waves of fine lines, and other print."""
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    picture = np.full((height, width), random.uniform(110, 250), np.float32)
    picture += (x / width - 0.5) * random.normal(0, 25) + (y / height - 0.5) * random.normal(0, 20)
    for _ in range(random.integers(0, 4)):
        angle, rate = random.uniform(0, np.pi), random.uniform(0.02, 0.6)
        wave = np.sin((x * np.cos(angle) + y * np.sin(angle)) * rate + np.sin(x * random.uniform(0.005, 0.03)) * 4)
        if random.random() < 0.4:
            wave = -np.maximum(wave - random.uniform(0.3, 0.9), 0) * 3
        picture += random.uniform(2, 24) * wave
    if random.random() < 0.12:
        edge = int(random.uniform(0, height))
        picture[edge:] += random.normal(0, 50)
    if random.random() < 0.1:
        edge = int(random.uniform(0, width))
        picture[:, edge:] += random.normal(0, 50)
    return picture


def printed(random, ink):
    """How the ink came out: spread, thin, torn or speckled."""
    height, width = ink.shape
    draw = random.random()
    if draw < 0.45:
        soft = Image.fromarray((ink * 255).astype(np.uint8)).filter(
            ImageFilter.GaussianBlur(random.uniform(0.8, 2.2))
        )
        level = random.uniform(0.22, 0.62)
        ink = np.clip((np.asarray(soft, np.float32) / 255 - level) * random.uniform(2.5, 8) + 0.5, 0, 1)
    if random.random() < 0.2:
        grain = random.random((height // 3 + 1, width // 3 + 1)).repeat(3, 0).repeat(3, 1)[:height, :width]
        ink = ink * (1 - (grain < random.uniform(0, 0.25)) * random.uniform(0.3, 1))
    if random.random() < 0.15:
        grain = random.random((height // 4 + 1, width // 4 + 1)).repeat(4, 0).repeat(4, 1)[:height, :width]
        ink = np.maximum(ink, (grain > 1 - random.uniform(0, 0.02)) * random.uniform(0.3, 1))
    return ink


def photographed(random, picture, scale, turn):
    """What a camera makes of it: smaller, turned a little, moved, out of focus, noisy, sharpened, JPEG. With
    the function that takes places of the print to places of the photograph."""
    height, width = picture.shape
    shear, lean = np.tan(random.normal(0, 0.05)), np.tan(turn)
    wide, high = int(width * scale), int(height * scale)
    forth = np.array([[1, shear], [lean, 1]]) * scale
    shift = np.array([wide / 2, high / 2]) - forth @ np.array([width / 2, height / 2])
    back = np.linalg.inv(forth)
    corner = -back @ shift
    # Half of the mixing of pixels before, so that the smaller picture does not flicker.
    soft = Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(max(0.0, 0.32 / scale - 0.2))
    )
    image = soft.transform(
        (wide, high), Image.AFFINE, (back[0, 0], back[0, 1], corner[0], back[1, 0], back[1, 1], corner[1]), Image.BICUBIC
    )
    pitch = PITCH * scale
    shot = np.asarray(image, np.float32)
    if random.random() < 0.25:
        length, angle = random.uniform(0.08, 0.3) * pitch, random.uniform(0, np.pi)
        steps = max(2, int(length * 2))
        moved = [
            np.asarray(image.transform(image.size, Image.AFFINE, (1, 0, a * np.cos(angle), 0, 1, a * np.sin(angle)), Image.BILINEAR), np.float32)
            for a in np.linspace(-length / 2, length / 2, steps)
        ]
        shot = sum(moved) / steps
    blur = abs(random.normal(0, 0.075)) * pitch if random.random() < 0.8 else random.uniform(0.05, 0.14) * pitch
    image = Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(blur))
    shot = np.asarray(image, np.float32)
    if random.random() < 0.5:
        coarse = random.integers(1, 3)
        noise = random.normal(0, 1, (high // coarse + 1, wide // coarse + 1)).repeat(coarse, 0).repeat(coarse, 1)
        shot = shot + noise[:high, :wide] * random.uniform(0, 10)
    if random.random() < 0.12:
        y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
        far = ((x - random.uniform(0, wide)) / random.uniform(8, 60)) ** 2 + ((y - random.uniform(0, high)) / random.uniform(8, 60)) ** 2
        shot = shot + np.exp(-far) * random.uniform(30, 200)
    image = Image.fromarray(np.clip(shot, 0, 255).astype(np.uint8))
    if random.random() < 0.3:
        image = image.filter(ImageFilter.UnsharpMask(random.uniform(0.8, 2.5), int(random.uniform(30, 150)), 0))
    if random.random() < 0.75:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=int(random.integers(50, 97)))
        image = Image.open(stream)
    return image, (lambda places: places @ forth.T + shift)


def bilinear(picture, x, y):
    """Values between pixels, whose middles are at halves."""
    height, width = picture.shape
    x = np.clip(x - 0.5, 0, width - 1.001)
    y = np.clip(y - 0.5, 0, height - 1.001)
    column, row = x.astype(np.int32), y.astype(np.int32)
    x, y = x - column, y - row
    above = picture[row, column] * (1 - x) + picture[row, column + 1] * x
    below = picture[row + 1, column] * (1 - x) + picture[row + 1, column + 1] * x
    return above * (1 - y) + below * y


def strip(random, drawn):
    """The cells of one strip, as lists of pixels, classes, places, and whether these mean anything."""
    length = int(random.integers(12, 20))
    cut = CUTS[random.integers(len(CUTS))]
    wide, high = PITCH * (length + 4), PITCH * 6
    ink = np.zeros((high, wide), np.float32)
    tall = random.uniform(0.86, 1.1)
    gap = random.uniform(1.6, 2.7) * PITCH
    middle = high / 2
    texts, lines = [], [middle - gap, middle, middle + gap]
    squeeze = random.uniform(0.9, 1.06)
    for line in lines:
        text = any_text(random, length)
        texts.append(text)
        if line != middle and random.random() < 0.25:
            continue
        for place, character in enumerate(text):
            glyph = drawn[cut, character]
            x = PITCH * (2.5 + place) + random.normal(0, 0.012) * PITCH
            y = line + random.normal(0, 0.01) * PITCH
            left, top = int(round(x - PITCH * 1.5)), int(round(y - PITCH * 1.5))
            if top < 0 or top + glyph.shape[0] > high:
                continue
            part = ink[top : top + glyph.shape[0], left : left + glyph.shape[1]]
            np.maximum(part, glyph, out=part)
    upside_down = random.random() < 0.04
    if upside_down:
        ink = ink[::-1, ::-1].copy()
    ink = printed(random, ink)
    # The print is as tall as it is, and its characters stand closer or further than their height tells.
    ink = np.asarray(Image.fromarray(ink).resize((int(wide * squeeze), int(high * tall)), Image.BILINEAR))
    high, wide = ink.shape
    squeeze, tall = wide / (PITCH * (length + 4)), high / (PITCH * 6)
    picture = paper(random, high, wide)
    dark = random.uniform(0, 90)
    strength = random.uniform(0.5, 1) if random.random() < 0.9 else random.uniform(0.3, 0.5)
    picture = picture * (1 - ink * strength) + ink * strength * dark
    target = random.uniform(7.0, 24) if random.random() < 0.75 else random.uniform(7.0, 12)
    turn = random.normal(0, 0.014)
    scale = target / (PITCH * squeeze)
    image, to_photograph = photographed(random, picture, scale, turn)
    if random.random() < 0.7:
        # What the reader looks at was laid flat before, which mixes pixels once more.
        factor = random.uniform(13, 24) / target
        image = image.resize((int(image.width * factor), int(image.height * factor)), Image.BILINEAR)
        before = to_photograph
        to_photograph = lambda places: before(places) * factor
        target *= factor
    shot = np.asarray(image, np.float32)

    out = ([], [], [], [])
    cap = tall / squeeze
    columns = (np.arange(WIDTH) + 0.5) / WIDTH - 0.5
    rows = (np.arange(HEIGHT) + 0.5) / HEIGHT - 0.5

    def cut_out(place, dx, dy, kind, placed):
        """The cell whose middle is so far from a place of the print; how far is written as seen from it."""
        size = random.normal(0, 0.06) if random.random() < 0.75 else random.uniform(-0.2, 0.2)
        stretch = np.exp(random.normal(0, 0.025))
        center = to_photograph(np.array(place)) - np.array([dx, dy]) * target
        x = center[0] + columns[None, :] * COVERS_ACROSS * target * stretch + np.zeros((HEIGHT, 1))
        y = center[1] + rows[:, None] * COVERS_DOWN * target * cap * np.exp(-size) + np.zeros((1, WIDTH))
        out[0].append(bilinear(shot, x, y))
        out[1].append(kind)
        out[2].append((dx / stretch, dy * np.exp(size) / cap, size))
        out[3].append(placed)

    for index, character in enumerate(texts[1]):
        place = (PITCH * (2.5 + index) * squeeze, middle * tall)
        if upside_down:
            place = (wide - place[0], high - place[1])
            if character not in SAME_UPSIDE_DOWN:
                cut_out(place, random.normal(0, 0.06), random.normal(0, 0.08), NOTHING, False)
            continue
        kind = ALPHABET.index(character)
        if random.random() < 0.6:
            cut_out(place, random.normal(0, 0.05), random.normal(0, 0.05), kind, True)
        if random.random() < 0.6:
            cut_out(place, random.uniform(-0.33, 0.33), random.uniform(-0.3, 0.3), kind, True)
        if random.random() < 0.16:
            cut_out(place, random.choice([-1, 1]) * random.uniform(0.4, 0.6), random.normal(0, 0.12), NOTHING, False)
        if random.random() < 0.1:
            cut_out(place, random.uniform(-0.5, 0.5), random.choice([-1, 1]) * random.uniform(0.5, 0.9), NOTHING, False)
    if not upside_down:
        for index in (-2, -1, length, length + 1):
            if random.random() < 0.25:
                place = (PITCH * (2.5 + index) * squeeze, middle * tall)
                cut_out(place, random.uniform(-0.25, 0.25) * (index in (-2, length + 1)), random.normal(0, 0.1), NOTHING, False)
    return out


def other_print(random, count):
    """Cells with parts of letters of another typeface and of shapes: what else documents have."""
    pixels = []
    for _ in range(count):
        picture = Image.new("L", (96, 96), int(random.uniform(90, 255)))
        draw = ImageDraw.Draw(picture)
        shade = int(random.uniform(0, 160))
        for _ in range(random.integers(1, 7)):
            ends = tuple(random.uniform(-20, 116, 4))
            kind = random.random()
            if kind < 0.4:
                draw.line(ends, fill=shade, width=int(random.integers(1, 14)))
            elif kind < 0.7:
                box = (min(ends[0], ends[2]), min(ends[1], ends[3]), max(ends[0], ends[2]) + 1, max(ends[1], ends[3]) + 1)
                draw.ellipse(box, outline=shade, width=int(random.integers(1, 12)))
            else:
                box = (min(ends[0], ends[2]), min(ends[1], ends[3]), max(ends[0], ends[2]) + 1, max(ends[1], ends[3]) + 1)
                draw.rectangle(box, fill=int(random.uniform(0, 255)))
        picture = picture.filter(ImageFilter.GaussianBlur(random.uniform(0.5, 5))).resize((WIDTH, HEIGHT), Image.BOX)
        pixels.append(np.asarray(picture, np.float32) + random.normal(0, random.uniform(0, 8), (HEIGHT, WIDTH)))
    return pixels


def cells(seed: int, count: int, fonts: Path) -> Cells:
    """So many cells. The same seed draws the same ones."""
    random = np.random.default_rng(seed)
    drawn = glyphs(fonts)
    pixels, classes, places, placed = [], [], [], []
    while len(pixels) < count:
        more = strip(random, drawn)
        for whole, part in zip((pixels, classes, places, placed), more):
            whole.extend(part)
        if random.random() < 0.4:
            other = other_print(random, 2)
            pixels.extend(other)
            classes.extend([NOTHING] * 2)
            places.extend([(0.0, 0.0, 0.0)] * 2)
            placed.extend([False] * 2)
    return Cells(
        np.clip(np.array(pixels[:count]), 0, 255).astype(np.float32),
        np.array(classes[:count], np.int32),
        np.array(places[:count], np.float32),
        np.array(placed[:count], np.float32),
    )
