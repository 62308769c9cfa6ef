"""Pictures of pages: as the reader saw them, of bounded size, and never a reason to lose a document."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from extractor.readers import Page, ReadOptions, Source, SourceText
from extractor.review.importing.pictures import LONGEST_SIDE, MOST_BYTES, Picture, encoded, pictures_of


def read_as(media_type: str, *pages: Page) -> SourceText:
    return SourceText.of("Belleroche", source="page", media_type=media_type, pages=pages)


def a_page(number: int = 1, image: str | None = None) -> Page:
    return Page(number, 0, 10, 600, 800, "pixel", image)


def drawn(size: tuple[int, int] = (600, 800), mode: str = "L") -> Image.Image:
    image = Image.new(mode, size, "white")
    ImageDraw.Draw(image).text((40, 60), "GRAND PRIX DE BELLEROCHE", fill="black")
    return image


def taken(path: Path, read: SourceText) -> list[Picture]:
    return list(pictures_of(Source(str(path), path), read, ReadOptions()))


def sizes(pictures: list[Picture]) -> list[tuple[int, int]]:
    return [Image.open(BytesIO(one.body)).size for one in pictures]


def test_a_scan_is_kept_as_its_viewer_would_see_it(tmp_path: Path) -> None:
    path = tmp_path / "page.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    drawn((800, 600)).save(path, exif=exif)
    assert sizes(taken(path, read_as("image/jpeg", a_page()))) == [(600, 800)]


def test_each_page_of_a_scan_of_several_has_its_picture(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    drawn().save(path, save_all=True, append_images=[drawn((400, 500)), drawn((300, 300))])
    pictures = taken(path, read_as("image/tiff", a_page(1), a_page(3)))
    assert [one.page for one in pictures] == [1, 3]
    assert sizes(pictures) == [(600, 800), (300, 300)]


def test_pages_of_a_pdf_are_drawn_whole(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    drawn((1240, 1754)).save(path, save_all=True, append_images=[drawn((1754, 1240))], resolution=150)
    pictures = taken(path, read_as("application/pdf", a_page(1), a_page(2)))
    assert [
        abs(width - wide) < 3 for (width, _), wide in zip(sizes(pictures), (1240, 1754), strict=True)
    ] == [
        True,
        True,
    ]


def test_the_image_that_an_alto_file_names_is_looked_for_beside_it(tmp_path: Path) -> None:
    drawn().save(tmp_path / "scan.png")
    path = tmp_path / "page.xml"
    path.write_text("<alto/>")
    read = read_as("application/alto+xml", a_page(image="images/scan.png"))
    assert sizes(taken(path, read)) == [(600, 800)]
    assert taken(path, read_as("application/alto+xml", a_page(image="../../secret.png"))) == []


def test_an_image_of_the_same_name_is_taken_where_none_is_named(tmp_path: Path) -> None:
    drawn((300, 400)).save(tmp_path / "page.png")
    path = tmp_path / "page.xml"
    path.write_text("<alto/>")
    assert sizes(taken(path, read_as("application/alto+xml", a_page()))) == [(300, 400)]


def test_a_damaged_image_costs_the_picture_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    drawn().save(path)
    path.write_bytes(path.read_bytes()[:200])
    assert taken(path, read_as("image/png", a_page())) == []
    path.write_bytes(b"%PDF-1.7 nothing of the kind")
    assert taken(path, read_as("application/pdf", a_page())) == []


def test_text_has_no_pictures(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("Belleroche")
    assert taken(path, read_as("text/plain")) == []


def test_drawn_text_is_kept_without_loss_and_noise_within_its_bounds() -> None:
    body, media_type = encoded(drawn((1200, 1600), "1"))
    assert media_type == "image/png"
    assert len(body) < 20_000
    noise = Image.frombytes("L", (3000, 3000), random.Random(7).randbytes(9_000_000))
    body, media_type = encoded(noise)
    assert media_type == "image/jpeg"
    assert len(body) <= MOST_BYTES
    assert max(Image.open(BytesIO(body)).size) <= LONGEST_SIDE
