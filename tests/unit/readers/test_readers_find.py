"""From what the user names to what is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import Source, find_sources


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "b.txt",
        "a.txt",
        "2021/z.TXT",
        "2021/y.md",
        "image.svg",
        ".hidden.txt",
        ".git/c.txt",
        "ten/a.text",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "vide").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*names: str) -> list[str]:
    return [
        thing.name if isinstance(thing, Source) else f"{thing.code} {thing.source}"
        for thing in find_sources(names)
    ]


def test_a_folder_gives_its_texts_in_the_order_of_their_paths(archive: Path) -> None:
    assert found(".") == ["2021/y.md", "2021/z.TXT", "a.txt", "b.txt", "ten/a.text"]
    assert found(str(archive / "2021")) == [str(archive / "2021/y.md"), str(archive / "2021/z.TXT")]


@pytest.mark.usefixtures("archive")
def test_a_named_file_is_read_whatever_it_is_called() -> None:
    assert found("image.svg", ".hidden.txt") == ["image.svg", ".hidden.txt"]


@pytest.mark.usefixtures("archive")
def test_the_order_is_the_users_and_nothing_comes_twice() -> None:
    assert found("b.txt", "a.txt", "./b.txt", "-", "*.txt", "-") == ["b.txt", "a.txt", "-"]


@pytest.mark.usefixtures("archive")
def test_patterns() -> None:
    assert found("*.txt") == ["a.txt", "b.txt"]
    assert found("**/*.[tT]*[tT]") == ["2021/z.TXT", "a.txt", "b.txt", "ten/a.text"]
    assert found("20??") == ["2021/y.md", "2021/z.TXT"]
    assert found("*.docx") == ["no_match *.docx"]


def test_files_of_other_names_are_read_where_their_content_says_what_they_are(archive: Path) -> None:
    for name, content in (
        ("ten/rapport", b"{\\rtf1 Marchal}"),
        ("ten/lettre.dat", b"{\\rtf1 Marchal}"),
        ("ten/notes", b"Marchal gagne."),
        ("ten/vide", b""),
        ("ten/~$a.docx", b"x"),
    ):
        (archive / name).write_bytes(content)
    sources = find_sources(["ten"])
    assert [told.source if isinstance(told, InputError) else told.name for told in sources] == [
        "ten/a.text",
        "ten/lettre.dat",
        "ten/rapport",
    ]
    assert sources.left_out == {"": 2}


@pytest.mark.usefixtures("archive")
def test_the_order_of_pages_is_that_of_their_numbers() -> None:
    for number in (10, 2, 1):
        Path(f"page{number}.txt").write_text("x")
    assert found("page*.txt") == ["page1.txt", "page2.txt", "page10.txt"]


def test_a_file_whose_name_looks_like_a_pattern(archive: Path) -> None:
    (archive / "a[1].txt").write_text("x")
    assert found("a[1].txt") == ["a[1].txt"]


def test_each_thing_that_is_missing_is_an_error_in_its_place(archive: Path) -> None:
    (archive / "lien.txt").symlink_to(archive / "rien")
    assert found("a.txt", "rien.txt", "vide", "b.txt") == [
        "a.txt",
        "not_found rien.txt",
        "no_texts vide",
        "b.txt",
    ]
    assert "broken_link lien.txt" in found(".")


def test_a_link_and_its_file_are_one(archive: Path) -> None:
    (archive / "2021" / "lien.txt").symlink_to(archive / "a.txt")
    assert found("2021", "a.txt") == ["2021/lien.txt", "2021/y.md", "2021/z.TXT"]


def test_a_folder_that_may_not_be_entered(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_top: object, onerror: object) -> list[object]:
        assert callable(onerror)
        onerror(PermissionError(13, "Permission denied", "2021"))
        return []

    monkeypatch.setattr("os.walk", refuse)
    (error,) = find_sources([str(archive)])
    assert isinstance(error, InputError)
    assert (error.code, error.source) == ("no_permission", "2021")


def test_a_name_that_no_system_takes() -> None:
    assert found("x" * 5000)[0].startswith("unreadable")
    assert found("a\0b")[0].startswith("unreadable")
