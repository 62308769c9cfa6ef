"""Invented scans: pages drawn with letters as anybody has them, damaged as scans are."""

from __future__ import annotations

import shutil
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

REPORT = """Karting : Ludivine Perrault s'impose à Brissolles

Le dernier rendez-vous de la saison se disputait dimanche sur le circuit
de Brissolles, devant deux mille spectateurs. Partie de la première ligne,
Ludivine Perrault prenait la tête au troisième tour et ne la quittait plus.

Derrière elle, Armand Gastinel et Théo Quillévéré se sont battus pour la
deuxième place jusque dans le dernier virage. Le second l'emporte pour
deux dixièmes, avec une roue voilée et une chaîne à bout de souffle."""

_FONTS = ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf", "Times New Roman.ttf", "Georgia.ttf")

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


def font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size)
        except OSError:
            continue
    return ImageFont.load_default(size)


def page(
    text: str = REPORT, *, dpi: int = 150, points: float = 11, width: float = 7.0, height: float = 4.0
) -> Image.Image:
    """Return a printed page, in shades of gray, of a size in inches."""
    image = Image.new("L", (round(width * dpi), round(height * dpi)), 255)
    draw = ImageDraw.Draw(image)
    size = round(points * dpi / 72)
    for number, line in enumerate(text.split("\n")):
        draw.text((dpi // 2, dpi // 2 + number * round(size * 1.35)), line, font=font(size), fill=20)
    return image


def skewed(image: Image.Image, degrees: float) -> Image.Image:
    return image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def shaded(image: Image.Image) -> Image.Image:
    """Return the page as it lies in a thick volume: dark towards the binding."""
    values = np.asarray(image, dtype=np.float32)
    return Image.fromarray((values * np.linspace(0.3, 1, image.width, dtype=np.float32)).astype(np.uint8))


def grainy(image: Image.Image, strength: float = 45) -> Image.Image:
    noise = np.random.default_rng(1).normal(0, strength, (image.height, image.width))
    return Image.fromarray((np.asarray(image) + noise).clip(0, 255).astype(np.uint8))


def scribble(*, dpi: int = 150, width: float = 7.0, height: float = 4.0) -> Image.Image:
    """Return lines of loops such as nobody can read."""
    random = np.random.default_rng(3)
    canvas = np.full((round(height * dpi), round(width * dpi)), 245, np.uint8)
    for row in range(dpi // 2, canvas.shape[0] - dpi // 2, dpi // 3):
        x = float(dpi // 2)
        while x < canvas.shape[1] - dpi:
            steps = int(random.integers(12, 40))
            turns = np.cumsum(random.normal(0.9, 0.7, steps))
            across = x + np.cumsum(np.abs(random.normal(3, 2, steps))) + 5 * np.cos(turns)
            down = row + 8 * np.sin(turns) + random.normal(0, 2, steps)
            points = np.stack([across, down], axis=1).astype(np.int32)
            cv2.polylines(canvas, [points], isClosed=False, color=40, thickness=2, lineType=cv2.LINE_AA)
            x = float(across.max()) + 14
    return Image.fromarray(canvas)


def saved(image: Image.Image, path: Path, **how: object) -> Path:
    image.save(path, **how)
    return path


def vast_png(path: Path, side: int) -> Path:
    """Write a sound PNG of black and white pixels, all black."""
    row = bytes(1 + (side + 7) // 8)
    packer = zlib.compressobj(1)
    pixels = b"".join(packer.compress(row * 100) for _ in range(side // 100)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n"
        + b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in chunks
        )
    )
    return path
