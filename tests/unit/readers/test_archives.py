"""ZIP archives are read as folders are; what is made to do harm is refused, and the rest is read."""

from __future__ import annotations

import io
import os
import stat
import struct
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, find_sources, read_source
from extractor.readers.find import Found
from extractor.readers.read import beside

REPORT = "Jean Tavernier s'impose à Nogaro devant Louis Marchal."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def archive(members: dict[str, bytes | str], name: str = "a.zip", method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(name, "w", method) as file:
        for member, content in members.items():
            file.writestr(member, content)
    return Path(name)


def found(*names: str, **options: Any) -> list[str]:
    return [told(one) for one in find_sources(names, ReadOptions(**options))]


def told(one: Source | InputError) -> str:
    return one.name if isinstance(one, Source) else f"{one.code} {one.source}"


def texts(sources: Found) -> dict[str, str]:
    return {one.name: read_source(one).text for one in sources if isinstance(one, Source)}


def test_an_archive_is_read_as_a_folder_is() -> None:
    archive(
        {
            "inner/p10.txt": "dix",
            "inner/p2.txt": "deux",
            "lisez.MD": "moi",
            "inner/": "",
            ".cache/x.txt": "x",
            "__MACOSX/inner/._p2.txt": "x",
            "photos.ini": "x",
            "LISEZ": "x",
        }
    )
    sources = find_sources(["a.zip"])
    assert texts(sources) == {
        "a.zip/inner/p2.txt": "deux",
        "a.zip/inner/p10.txt": "dix",
        "a.zip/lisez.MD": "moi",
    }
    assert list(texts(sources)) == ["a.zip/inner/p2.txt", "a.zip/inner/p10.txt", "a.zip/lisez.MD"]
    assert sources.left_out == {".ini": 1, "": 1}
    first = sources[0]
    assert isinstance(first, Source)
    assert (first.path, first.member, first.stem) == (Path("a.zip"), "inner/p2.txt", "p2")


def test_an_archive_is_known_by_its_content_and_an_archive_of_documents_is_none() -> None:
    archive({"a.txt": "un"}, "rapport.pdf")
    assert found("rapport.pdf") == ["rapport.pdf/a.txt"]
    Path("dossier").mkdir()
    archive({"b.txt": "deux"}, "dossier/sans")
    assert found("dossier") == ["dossier/sans/b.txt"]
    import docx

    document = docx.Document()
    document.add_paragraph(REPORT)
    document.save("un.docx")
    assert found("un.docx") == ["un.docx"]
    archive({"un.docx": Path("un.docx").read_bytes()}, "b.zip", zipfile.ZIP_STORED)
    assert texts(find_sources(["b.zip"])) == {"b.zip/un.docx": REPORT + "\n"}


def test_an_archive_within_an_archive_is_read_and_a_third_is_not() -> None:
    third = archive({"c.txt": "trois"}, "c.zip").read_bytes()
    second = archive({"b.txt": "deux", "c.zip": third}, "b.zip").read_bytes()
    archive({"a.txt": "un", "d/b.zip": second, "z.zip": b"PK\x03\x04 rien"})
    assert found("a.zip") == [
        "a.zip/a.txt",
        "a.zip/d/b.zip/b.txt",
        "nested_archive a.zip/d/b.zip/c.zip",
        "damaged_zip a.zip/z.zip",
    ]
    assert texts(find_sources(["a.zip"]))["a.zip/d/b.zip/b.txt"] == "deux"


@pytest.mark.parametrize(
    "name",
    ["../x.txt", "a/../../x.txt", "/etc/x.txt", "C:/x.txt", "c:x.txt", "a\\x.txt", "a//x.txt", "a\nb.txt"],
)
def test_unsafe_names_are_refused_and_the_rest_is_read(name: str) -> None:
    archive({name: "x", "bon.txt": "bon"})
    assert sorted(found("a.zip")) == sorted([f"unsafe_member a.zip/{name}", "a.zip/bon.txt"])


def test_a_name_with_a_zero_byte_is_refused() -> None:
    path = archive({"a_x.txt": "x", "bon.txt": "bon"})
    path.write_bytes(path.read_bytes().replace(b"a_x.txt", b"a\x00x.txt"))
    assert found("a.zip") == ["unsafe_member a.zip/a", "a.zip/bon.txt"]


def test_links_and_names_that_come_twice_are_refused() -> None:
    link = zipfile.ZipInfo("lien.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile("a.zip", "w") as file:
        file.writestr(link, "/etc/passwd")
        file.writestr("bon.txt", "bon")
        file.writestr("deux.txt", "un")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("deux.txt", "deux")
    assert found("a.zip") == [
        "a.zip/bon.txt",
        "duplicate_member a.zip/deux.txt",
        "member_link a.zip/lien.txt",
    ]


def test_names_without_a_mark_are_in_utf_8_or_of_dos() -> None:
    path = archive({"r____.txt": "x", "n_e.txt": "y"})
    content = (
        path.read_bytes().replace(b"r____.txt", b"r\xc3\xa9\xc3\xa8.txt").replace(b"n_e.txt", b"n\x82e.txt")
    )
    path.write_bytes(content)
    assert sorted(found("a.zip")) == ["a.zip/née.txt", "a.zip/réè.txt"]
    assert set(texts(find_sources(["a.zip"])).values()) == {"x", "y"}


def test_an_encrypted_member_and_one_packed_otherwise() -> None:
    path = archive({"secret.txt": "x" * 50, "bon.txt": "bon"})
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    path.write_bytes(content)
    with zipfile.ZipFile("b.zip", "w") as file:
        file.writestr("a.txt", "x", zipfile.ZIP_LZMA)
    assert found("a.zip", "b.zip") == [
        "a.zip/bon.txt",
        "encrypted_member a.zip/secret.txt",
        "zip_method b.zip/a.txt",
    ]


def test_bombs() -> None:
    archive({"bombe.txt": b"0" * 25_000_000, "bon.txt": "bon"})
    assert found("a.zip") == ["archive_bomb a.zip/bombe.txt", "a.zip/bon.txt"]
    archive({"1.txt": b"0" * 600, "2.txt": b"0" * 600, "3.txt": "x"}, "b.zip")
    assert found("b.zip", max_unpacked_bytes=1000) == ["b.zip/1.txt", "archive_too_large b.zip"]


def test_members_that_share_their_bytes() -> None:
    path = archive({"a.txt": "x" * 200, "b.txt": "y" * 200, "c.txt": "z"}, method=zipfile.ZIP_STORED)
    content = bytearray(path.read_bytes())
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4)
    struct.pack_into("<L", content, second + 42, 0)  # b.txt is said to begin where a.txt does
    path.write_bytes(content)
    assert found("a.zip") == ["archive_bomb a.zip/a.txt", "archive_bomb a.zip/b.txt", "a.zip/c.txt"]


def test_a_member_that_says_it_is_smaller_than_it_is() -> None:
    path = archive({"a.txt": "x" * 5000, "b.txt": "bon"})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 10)
    path.write_bytes(content)
    first, second = find_sources(["a.zip"])
    assert isinstance(first, Source)
    with pytest.raises(InputError) as caught:
        read_source(first)
    assert caught.value.code == "damaged_zip"
    assert isinstance(second, Source)
    assert read_source(second).text == "bon"


def test_damaged_archives() -> None:
    whole = archive({"a.txt": REPORT * 20, "b.txt": "x"}).read_bytes()
    for length in (4, 40, len(whole) // 2, len(whole) - 4):
        Path("coupe.zip").write_bytes(whole[:length])
        assert found("coupe.zip") == ["damaged_zip coupe.zip"]
    Path("coupe.zip").write_bytes(whole.replace(b"PK\x01\x02", b"PK\x01\x03"))
    assert found("coupe.zip") == ["damaged_zip coupe.zip"]
    assert found(str(archive({"x.ini": "x"}, "rien.zip"))) == ["no_texts_in_archive rien.zip"]


def test_a_directory_that_says_it_is_endless() -> None:
    path = archive({"a.txt": "x"})
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.rindex(b"PK\x05\x06") + 12, 1 << 30)
    path.write_bytes(content)
    assert found("a.zip") == ["too_many_members a.zip"]


def test_zip64() -> None:
    with zipfile.ZipFile("a.zip", "w") as file, file.open("a.txt", "w", force_zip64=True) as member:
        member.write(REPORT.encode())
    assert texts(find_sources(["a.zip"])) == {"a.zip/a.txt": REPORT}


def test_an_archive_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    content = archive({"a.txt": "un", "b.txt": "deux"}).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))
    assert texts(find_sources(["-"])) == {"-/a.txt": "un", "-/b.txt": "deux"}


def test_an_archive_where_a_document_is_wanted() -> None:
    archive({"a.txt": "un"})
    with pytest.raises(InputError) as caught:
        read_source(Source("a.zip", Path("a.zip")))
    assert caught.value.code == "an_archive"


def test_old_word_documents_and_encrypted_ones() -> None:
    Path("a.doc").write_bytes(OLE + b"\0" * 500 + "WordDocument".encode("utf-16-le"))
    Path("b.docx").write_bytes(OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))
    Path("Thumbs.db").write_bytes(OLE + b"\0" * 500)
    sources = find_sources(["."])
    codes = []
    for source in sources:
        assert isinstance(source, Source)
        with pytest.raises(InputError) as caught:
            read_source(source)
        codes.append((source.name, caught.value.code))
    assert codes == [("a.doc", "word_97"), ("b.docx", "encrypted_office")]
    assert sources.left_out == {".db": 1}


# --- what a source points to


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "livre/alto").mkdir(parents=True)
    (tmp_path / "livre/mets.xml").write_text("<mets/>")
    (tmp_path / "livre/alto/1.xml").write_text("<alto/>")
    (tmp_path / "secret.xml").write_text("secret")
    return tmp_path


OUTSIDE = [
    "../secret.xml",
    "alto/../../secret.xml",
    "/etc/passwd",
    "C:\\x.xml",
    "file:///etc/passwd",
    "..\\secret.xml",
]


def test_what_lies_beside_a_file(folder: Path) -> None:
    source = Source("livre/mets.xml", folder / "livre/mets.xml")
    (folder / "livre/lien.xml").symlink_to(folder / "secret.xml")
    read = beside(source, ReadOptions(max_bytes=1000))
    assert read("alto/1.xml") == read("./alto\\1.xml") == b"<alto/>"
    for name in [*OUTSIDE, "lien.xml"]:
        with pytest.raises(InputError) as caught:
            read(name)
        assert caught.value.code == "outside_folder", name
    for name in ("alto/2.xml", "alto"):
        with pytest.raises(OSError):  # noqa: PT011 - whatever it says
            read(name)
    (folder / "livre/gros.xml").write_bytes(b"x" * 1001)
    with pytest.raises(InputError) as caught:
        read("gros.xml")
    assert caught.value.code == "too_large"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_beside_a_file_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "livre/tuyau.xml")
    with pytest.raises(OSError):  # noqa: PT011 - whatever it says
        beside(Source("mets.xml", folder / "livre/mets.xml"), ReadOptions())("tuyau.xml")


def test_what_lies_beside_a_member() -> None:
    archive({"livre/mets.xml": "<mets/>", "livre/alto/1.xml": "<alto/>", "secret.xml": "secret"})
    inner = Path("a.zip").read_bytes()
    for path, member, name in (
        (Path("a.zip"), "livre/mets.xml", "a.zip/livre/mets.xml"),
        (archive({"d/a.zip": inner}, "b.zip"), "d/a.zip/livre/mets.xml", "b.zip/d/a.zip/livre/mets.xml"),
    ):
        read = beside(Source(name, path, member), ReadOptions())
        assert read("alto/1.xml") == b"<alto/>"
        for outside in OUTSIDE:
            with pytest.raises(InputError) as caught:
                read(outside)
            assert caught.value.code == "outside_folder", outside
        with pytest.raises(OSError):  # noqa: PT011 - whatever it says
            read("alto/2.xml")
