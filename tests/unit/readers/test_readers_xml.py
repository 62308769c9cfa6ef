"""XML is parsed without entities and without network, and what is made to do harm is refused at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import xml
from extractor.readers.xml import child, children, finished, local, parse_xml, text_of


def refusal(content: bytes | str, **options: str) -> InputError:
    content = content.encode() if isinstance(content, str) else content
    errors = []
    for parse in (parse_xml, lambda content, **options: list(finished(content, ["Page"], **options))):
        with pytest.raises(InputError) as caught:
            parse(content, source="page.xml", **options)
        errors.append(caught.value)
    assert errors[0].code == errors[1].code
    assert "page.xml" in str(errors[0])
    return errors[0]


def test_elements_are_known_by_their_local_names() -> None:
    root = parse_xml(
        b'<a:alto xmlns:a="urn:x"><!-- c --><a:Page n="1"/><Page n="2"/><b/></a:alto>', source="x"
    )
    assert local(root) == "alto"
    assert [page.get("n") for page in children(root, "Page")] == ["1", "2"]
    assert [local(one) for one in children(root)] == ["Page", "Page", "b"]
    assert child(root, "Page").get("n") == "1"
    assert child(root, "Page", "none") is None


def test_text_of_an_element_has_the_characters_of_html_entities() -> None:
    doctype = (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1.dtd">'
    )
    root = parse_xml(f"{doctype}<p>Qu&eacute;bec <b>bat</b>&nbsp;la &amp; &sic; fin</p>".encode(), source="x")
    assert text_of(root) == "Québec bat\xa0la & &sic; fin"
    assert text_of(None) == ""


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso-8859-1", "cp1252"]
)
def test_a_file_is_read_in_the_encoding_it_declares(encoding: str) -> None:
    name = encoding[:6] if encoding.startswith("utf-16") else encoding
    content = f'<?xml version="1.0" encoding="{name}"?><p>Théo gagne</p>'.encode(encoding)
    assert parse_xml(content, source="x").text == "Théo gagne"


def test_a_wrong_encoding_is_said_and_the_users_word_helps() -> None:
    content = '<?xml version="1.0" encoding="UTF-8"?><alto><Page>Théo</Page></alto>'.encode("cp1252")
    error = refusal(content)
    assert (error.code, error.parameters["encoding"]) == ("damaged_text", "UTF-8")
    assert content[int(str(error.parameters["position"]))] == 0xE9
    assert text_of(parse_xml(content, source="x", encoding="cp1252")) == "Théo"
    assert refusal(b'<?xml version="1.0" encoding="klingon"?><a/>').code == "damaged_text"
    assert refusal('<?xml version="1.0"?><a/>'.encode("utf-16")[:-1]).code == "damaged_text"


def test_right_files_keep_their_encoding_whatever_the_user_says() -> None:
    assert parse_xml("<p>Théo</p>".encode(), source="x", encoding="cp1252").text == "Théo"


def test_external_entities_are_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    declared = f'<!DOCTYPE alto [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert refusal(f"{declared}<alto><Page>&x;</Page></alto>").code == "xml_entities"
    assert refusal(f"{declared}<alto><Page/></alto>").code == "xml_entities"
    from_afar = '<!DOCTYPE alto [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'
    assert refusal(f"{from_afar}<alto><Page/></alto>").code == "xml_entities"


@pytest.mark.parametrize("where", ["<alto><Page>&l9;</Page></alto>", '<alto><Page a="&l9;"/></alto>'])
def test_billion_laughs_are_refused_at_once(where: str) -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    started = time.process_time()
    assert refusal(f'<!DOCTYPE alto [<!ENTITY l0 "ha">{entities}]>{where}').code == "xml_entities"
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    "content",
    [
        "<a>" * 100_000 + "</a>" * 100_000,
        f'<a b="{"x" * 12_000_000}"/>',
        f"<a>{'x' * 12_000_000}</a>",
        f'<a xmlns="{"x" * 100_000}">{"<b/>" * 1000}</a>',
        f"<a xmlns:n = '{'x' * 100_000}'/>",
    ],
    ids=["deep", "attribute", "text", "namespace", "prefix"],
)
def test_what_is_beyond_measure_is_refused(content: str) -> None:
    started = time.process_time()
    assert refusal(content).code == "xml_limits"
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "content",
    [
        "<alto><Page>",
        "<alto>",
        "",
        "  ",
        "text",
        "<a></b>",
        "<a>&x;</a>",
        "<a b=1/>",
        "\0",
        "<" + "n" * 60_000,
    ],
)
def test_damaged_files_are_named_with_the_line(content: str) -> None:
    error = refusal(content)
    assert error.code == "damaged_xml"
    assert len(str(error)) < 400


def test_too_much_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "MAX_MARKS", 1000)
    assert refusal("<alto>" + "<b/>" * 30_000 + "</alto>").code == "xml_too_large"
    many = b"<alto>" + b"<Page><b/></Page>" * 20_000 + b"</alto>"
    monkeypatch.setattr(xml, "MAX_MARKS", 20_000)
    assert sum(1 for _ in finished(many, ["Page"], source="x")) == 20_000


def test_pages_before_the_damage_are_read_and_then_forgotten() -> None:
    content = b"<alto><Page n='1'><b/></Page><Page n='2'/><Page n='3'><b"
    pages = finished(content, ["Page"], source="x")
    first = next(pages)
    assert (first.get("n"), len(first)) == ("1", 1)
    assert next(pages).get("n") == "2"
    assert len(first) == 0
    with pytest.raises(InputError) as caught:
        next(pages)
    assert caught.value.code == "damaged_xml"


def test_of_many_pages_few_are_in_memory() -> None:
    content = b"<alto>" + (b"<Page>" + b"<b c='d'/>" * 500 + b"</Page>") * 200 + b"</alto>"
    siblings = [(len(page), len(page.getparent())) for page in finished(content, ["Page"], source="x")]
    assert len(siblings) == 200
    assert {words for words, _ in siblings} == {500}
    assert max(pages for _, pages in siblings) < 20
