"""Page images come in through text recognition, or a sentence says why not."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from PIL import Image

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, SourceText, read_source
from extractor.readers.formats import format_of
from extractor.readers.ocr import tesseract
from tests.unit.readers.scans import (
    REPORT,
    grainy,
    needs_tesseract,
    page,
    saved,
    scribble,
    shaded,
    skewed,
    vast_png,
)


def read(path: Path, **options: object) -> SourceText:
    return read_source(Source(str(path), path), ReadOptions(jobs=2, **options))  # type: ignore[arg-type]


def likeness(text: str) -> float:
    """Return the share of the report's words that were read, in order."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.normalized_similarity(REPORT.split(), text.split())


def darkest(image: Image.Image) -> int:
    return int(image.getextrema()[0])  # type: ignore[arg-type]


def error_of(path: Path, **options: object) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, **options)
    return caught.value


@needs_tesseract
def test_a_scanned_page_is_read_with_the_place_of_its_words(tmp_path: Path) -> None:
    found = read(saved(page(), tmp_path / "brissolles.png", dpi=(150, 150)))
    assert likeness(found.text) > 0.97
    assert found.media_type == "image/png"
    (only,) = found.pages
    assert (only.width, only.height, only.unit, only.image) == (1050, 600, "pixel", "brissolles.png")
    word = next(word for word in found.words if found.text[word.start : word.end] == "Gastinel")
    assert word.confidence is not None
    assert 0.5 < word.confidence <= 1
    box = page().crop((int(word.x), int(word.y), int(word.x + word.w + 1), int(word.y + word.h + 1)))
    assert darkest(box) < 60
    assert found.ocr is not None
    assert (found.ocr.engine, found.ocr.language) == ("tesseract", "fra")
    assert found.ocr.version
    assert found.ocr.version[0].isdigit()


@needs_tesseract
def test_the_alto_beside_the_record_tells_the_page_and_what_was_done_to_it(tmp_path: Path) -> None:
    found = read(saved(skewed(page(), 3), tmp_path / "penché.png", dpi=(150, 150)))
    ((name, content),) = found.alto
    assert name == "alto.xml"
    alto = content.decode()
    assert 'WIDTH="1050" HEIGHT="600"' in alto
    assert "<softwareName>tesseract</softwareName><softwareVersion>" in alto
    assert "<processingStepDescription>deskew" in alto
    assert "<fileName>penché.png</fileName>" in alto


@needs_tesseract
def test_words_of_a_page_that_lies_askew_are_found_where_they_stand(tmp_path: Path) -> None:
    image = skewed(page(), 4)
    found = read(saved(image, tmp_path / "a.png", dpi=(150, 150)))
    assert likeness(found.text) > 0.95
    assert len(found.joins) >= 4
    for word in found.words:
        assert word.x >= 0
        assert word.x + word.w <= 1050
        assert word.y >= 0
        assert word.y + word.h <= 600
        box = image.crop((int(word.x), int(word.y), int(word.x + word.w + 1), int(word.y + word.h + 1)))
        assert darkest(box) < 120


@needs_tesseract
@pytest.mark.parametrize("points", [12, 6])
def test_letters_larger_than_need_be_are_reduced_and_words_stand_where_they_did(
    points: float, tmp_path: Path
) -> None:
    """A page of 400 dots per inch: print of a book is reduced, small print is not."""
    image = page(dpi=400, points=points)
    found = read(saved(image, tmp_path / "fin.png", dpi=(400, 400)))
    assert likeness(found.text) > 0.97
    assert found.ocr is not None
    assert ("scale" in found.ocr.preparation) is (points == 12)
    word = next(word for word in found.words if found.text[word.start : word.end] == "Gastinel")
    box = image.crop((int(word.x), int(word.y), int(word.x + word.w + 1), int(word.y + word.h + 1)))
    assert darkest(box) < 60


@needs_tesseract
@pytest.mark.parametrize(
    ("mode", "suffix", "how"),
    [
        ("1", ".tif", {"compression": "group4"}),
        ("P", ".gif", {}),
        ("CMYK", ".jpg", {"quality": 90}),
        ("I;16", ".png", {}),
        ("RGBA", ".webp", {"lossless": True}),
        ("LA", ".png", {}),
        ("RGB", ".bmp", {}),
        ("RGB", ".jp2", {}),
    ],
)
@pytest.mark.slow
def test_images_of_every_kind_are_read(
    tmp_path: Path, mode: str, suffix: str, how: dict[str, object]
) -> None:
    image = page("Armand Gastinel gagne devant Théo Quillévéré.", height=1.5)
    if mode == "I;16":
        import numpy as np

        image = Image.fromarray(np.asarray(image).astype(np.uint16) * 257)
    elif mode in ("RGBA", "LA"):
        ink = image.point(lambda value: 255 - value)
        image = Image.new("L", image.size, 0).convert(mode)
        image.putalpha(ink)
    else:
        image = image.convert(mode)
    found = read(saved(image, tmp_path / f"a{suffix}", **how))
    assert "Armand Gastinel gagne devant" in found.text


@needs_tesseract
@pytest.mark.slow
def test_shade_noise_and_quarter_turns_are_undone(tmp_path: Path) -> None:
    for number, image in enumerate(
        (shaded(page()), grainy(page()), page().transpose(Image.Transpose.ROTATE_90), page().rotate(180))
    ):
        found = read(saved(image, tmp_path / f"{number}.png", dpi=(150, 150)))
        assert likeness(found.text) > 0.9, number
        assert found.pages[0].width == image.width


@needs_tesseract
def test_a_photograph_that_says_how_it_was_held_is_read_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    lying = page("Armand Gastinel gagne.", height=1.5).transpose(Image.Transpose.ROTATE_90)
    found = read(saved(lying, tmp_path / "a.jpg", exif=exif))
    assert "Armand Gastinel gagne" in found.text
    assert (found.pages[0].width, found.pages[0].height) == (1050, 225)


@needs_tesseract
def test_one_bad_page_of_a_file_is_told_and_stops_nothing(tmp_path: Path) -> None:
    good, blank = page("Première page : Armand Gastinel gagne.", height=1.5), Image.new("L", (1050, 225), 250)
    path = tmp_path / "a.tiff"
    good.save(path, save_all=True, append_images=[blank, good], dpi=(150, 150))
    told: list[tuple[int, int]] = []
    from extractor.readers import Reading, read_with

    found = read_with(Reading(Source("a", path), ReadOptions(jobs=2), progress=lambda *how: told.append(how)))
    assert found.text.count("Gastinel") == 2
    assert [(one.reason, one.page) for one in found.unread] == [("blank_page", 2)]
    assert [one.number for one in found.pages] == [1, 2, 3]
    assert [name for name, _ in found.alto] == ["p0001.alto.xml", "p0003.alto.xml"]
    assert told == [(1, 3), (2, 3), (3, 3)]


@needs_tesseract
def test_no_more_pages_are_read_than_allowed(tmp_path: Path) -> None:
    one = page("Armand Gastinel gagne.", height=1.5)
    path = tmp_path / "a.tiff"
    one.save(path, save_all=True, append_images=[one, one])
    found = read(path, max_pages=1)
    assert len(found.pages) == 1
    assert [(one.reason, one.page) for one in found.unread] == [("too_many_pages", 2)]


@needs_tesseract
@pytest.mark.slow
def test_of_what_nobody_can_read_nothing_is_made_up(tmp_path: Path) -> None:
    assert error_of(saved(scribble(), tmp_path / "a.png", dpi=(150, 150))).code == "nothing_recognised"


@needs_tesseract
def test_a_blank_page_is_called_so(tmp_path: Path) -> None:
    blank = grainy(Image.new("L", (1050, 600), 235), 4)
    assert error_of(saved(blank, tmp_path / "a.png")).code == "blank_pages"


def test_without_recognition_an_image_has_no_text(tmp_path: Path) -> None:
    assert error_of(saved(page(), tmp_path / "a.png"), ocr="never").code == "no_text"


def test_a_truncated_image_is_called_damaged(tmp_path: Path) -> None:
    for name in ("a.png", "a.jpg", "a.tif", "a.jp2"):
        path = saved(page(), tmp_path / name)
        content = path.read_bytes()
        for kept in (len(content) // 2, 40):
            path.write_bytes(content[:kept])
            assert error_of(path).code == "damaged_image", (name, kept)


def test_an_image_of_thirty_thousand_pixels_a_side_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    error = error_of(vast_png(tmp_path / "a.png", 30_000))
    assert error.code == "image_too_large"
    assert "30000 x 30000" in str(error)
    assert "--max-pixels" in str(error)


def test_a_text_about_a_make_of_cars_is_no_bitmap() -> None:
    assert format_of("BMW gagne à Spa devant cent mille spectateurs".encode()) is None


def test_without_tesseract_the_command_that_installs_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(tesseract.sys, "platform", "linux")
    error = error_of(saved(page(), tmp_path / "a.png"))
    assert error.code == "no_tesseract"
    assert "apt install tesseract-ocr tesseract-ocr-fra" in str(error)
    monkeypatch.setattr(tesseract.sys, "platform", "darwin")
    assert "brew install tesseract tesseract-lang" in str(error_of(tmp_path / "a.png"))
    monkeypatch.setattr(tesseract.sys, "platform", "win32")
    assert "winget install" in str(error_of(tmp_path / "a.png"))


@needs_tesseract
def test_without_its_data_a_language_is_named_with_its_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tesseract.sys, "platform", "linux")
    error = error_of(saved(page(), tmp_path / "a.png"), ocr_language="fra+xyz_old")
    assert error.code == "no_ocr_language"
    assert "xyz_old" in str(error)
    assert "tesseract-ocr-xyz-old" in str(error)


def pretender(folder: Path, script: str) -> None:
    """Put a program called Tesseract into a folder."""
    program = folder / "tesseract"
    program.write_text(
        "#!/bin/sh\n"
        'case "$1" in --version) echo tesseract 5.9.9; exit;; --list-langs) printf "List\\nfra\\n"; exit;; esac\n'
        + script
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


@pytest.mark.skipif(os.name == "nt", reason="the pretender is a shell script")
def test_a_page_that_takes_too_long_or_fails_is_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.tiff"
    page(height=1.5).save(path, save_all=True, append_images=[page(height=1.5)])
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    pretender(tmp_path, "exec sleep 30\n")
    assert error_of(path, ocr_timeout=0.1).code == "nothing_recognised"
    pretender(tmp_path, "exit 1\n")
    assert error_of(path).code == "nothing_recognised"
    pretender(tmp_path, "cat >/dev/null; echo '<alto'\n")
    assert error_of(path).code == "nothing_recognised"


@pytest.mark.skipif(os.name == "nt", reason="the pretender is a shell script")
def test_an_interrupt_ends_what_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extractor.readers import Reading
    from extractor.readers.ocr import PageImage, recognise

    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    pretender(tmp_path, f'echo $$ >> "{tmp_path}/pids"; exec sleep 30\n')
    image = page(height=1.5)

    def opened() -> Image.Image:
        return image

    def interrupted() -> Image.Image:
        while not (tmp_path / "pids").exists():
            pass
        raise KeyboardInterrupt

    pages = [PageImage(1, opened, 1050, 225), PageImage(2, interrupted, 1050, 225)]
    with pytest.raises(KeyboardInterrupt):
        list(recognise(pages, Reading(Source("a", None), ReadOptions(jobs=2))))
    for pid in (tmp_path / "pids").read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


@needs_tesseract
def test_the_numbers_of_a_list_stay_with_their_names(tmp_path: Path) -> None:
    names = ("Vertoux", "Le Quéré", "Strzelczyk", "Hautecloque", "Bouët", "Gastinel", "Perrault", "Lavit")
    rows = [f"{place}.   {name} (Bugatti)" for place, name in enumerate(names, 1)]
    found = read(saved(page("\n".join(rows), height=3.0), tmp_path / "a.png", dpi=(150, 150)))
    assert [line[0] for line in found.text.split("\n") if "Bugatti" in line] == list("12345678")


@needs_tesseract
def test_a_page_too_large_within_a_file_is_told(tmp_path: Path) -> None:
    small, large = page("Armand Gastinel gagne.", height=1.5), Image.new("1", (3000, 3000), 1)
    path = tmp_path / "a.tiff"
    small.convert("1").save(path, save_all=True, append_images=[large])
    found = read(path, max_pixels=1_000_000)
    assert "Gastinel" in found.text
    assert [(one.reason, one.page) for one in found.unread] == [("too_large", 2)]
