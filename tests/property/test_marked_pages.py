"""What is true of any ALTO, PAGE, hOCR and METS file, whole or damaged."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import InputError
from extractor.readers.formats import format_of
from extractor.readers.options import Reading
from extractor.readers.source import Source, SourceText
from tests.unit.readers import test_readers_alto as alto
from tests.unit.readers import test_readers_hocr as hocr
from tests.unit.readers import test_readers_mets as mets
from tests.unit.readers import test_readers_page_xml as page_xml

LINES = ("Jean Tavernier s’impose devant Mar-", "chal et Ortolan.", "1. Tavernier ; 2. Ortolan", "Albi")
HYP = '<HYP CONTENT="-" HPOS="400" VPOS="100" WIDTH="8"/>'
ALTO = alto.alto(
    "<Page><TopMargin/><PrintSpace>"
    + alto.block(
        *(alto.line(text, 100 + 30 * k, end=HYP) for k, text in enumerate(LINES)), more='TAGREFS="T"'
    )
    + f'<ComposedBlock ID="C">{alto.block(alto.line("Deux", 300), identity="B2")}</ComposedBlock></PrintSpace></Page>',
    version=4,
    tags='<Tags><OtherTag ID="T" LABEL="MainZone"/></Tags><ReadingOrder><ElementRef REF="B2 B1"/></ReadingOrder>',
)
PAGE = page_xml.pagexml(
    '<ReadingOrder><OrderedGroup id="g"><RegionRefIndexed index="0" regionRef="r1"/></OrderedGroup></ReadingOrder>'
    + page_xml.region(*(page_xml.line(text, 100 + 30 * k) for k, text in enumerate(LINES)))
    + f"<TableRegion>{page_xml.cell('1.', 0, 0)}{page_xml.cell('Ortolan', 0, 1)}</TableRegion>"
)
HOCR = hocr.hocr(hocr.page(hocr.par(*(hocr.line(text, 100 + 30 * k) for k, text in enumerate(LINES)))))
METS = mets.mets(
    mets.group(("T1", "a.xml"), ("T2", "b.xml"), ("T3", "c.html"), ("T4", "http://d/e.xml")),
    mets.physical(mets.fptr("T2"), mets.fptr("T1"), mets.fptr("T3"))
    + mets.logical(mets.div("ARTICLE", mets.pointer(mets.area("T1", "B2", "B1"), mets.area("T2", "r1")))),
    more=mets.MODS.format("D", "L’Écho", "1934-07-02"),
)
WHOLE = {
    name: text.encode() for name, text in (("alto", ALTO), ("page", PAGE), ("hocr", HOCR), ("mets", METS))
}
TOKENS = [
    b"<",
    b">",
    b'"',
    b"&",
    b"\0",
    b"\xe9",
    b"-1e9",
    b"NaN",
    b"</Page>",
    b"<Page>",
    b"0 0 0 0",
    b" ",
    b"9" * 30,
]


@st.composite
def damaged(draw: st.DrawFn, name: str) -> bytes:
    """A file with some stretches cut out, repeated or overwritten."""
    content = WHOLE[name]
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        put = draw(st.sampled_from([b"", content[start:end] * 2, *TOKENS]) | st.binary(max_size=6))
        content = content[:start] + put + content[end:]
    return content


def beside(name: str) -> bytes:
    return {"a.xml": WHOLE["alto"], "b.xml": WHOLE["page"], "c.html": WHOLE["hocr"]}[name]


def read(content: bytes) -> SourceText | None:
    known = format_of(content)
    reader = known.reader() if known is not None and known.name in ("ALTO", "PAGE", "hOCR", "METS") else None
    if reader is None:
        return None

    def found(name: str) -> bytes:
        try:
            return beside(name)
        except KeyError as error:
            raise FileNotFoundError(name) from error

    try:
        return reader(content, Reading(Source("x.xml", None), beside=found))
    except InputError:
        return None


def assert_holds_together(got: SourceText) -> None:
    for word in got.words:
        assert 0 <= word.start < word.end <= len(got.text)
        text = got.text[word.start : word.end]
        assert text.split() == [text]
        assert word.w > 0
        assert word.h > 0
        assert min(word.x, word.y) >= 0
        assert word.confidence is None or 0 <= word.confidence <= 1
        page = next(one for one in got.pages if one.number == word.page)
        assert page.start <= word.start
        assert word.end <= page.end
    for layer in (got.words, got.skipped):
        assert all(left.end <= right.start for left, right in pairwise(layer))
    for start, end in got.joins:
        assert got.text[start:end].isspace()
    assert [one.number for one in got.pages] == sorted({one.number for one in got.pages})
    assert all(one.width >= 0 and one.height >= 0 for one in got.pages)


@settings(max_examples=60)
@given(st.sampled_from(sorted(WHOLE)).flatmap(damaged))
def test_a_damaged_file_is_read_or_refused(content: bytes) -> None:
    got = read(content)
    if got is not None:
        assert_holds_together(got)


def test_whole_files_are_read() -> None:
    for content in WHOLE.values():
        got = read(content)
        assert got is not None
        assert "Tavernier" in got.text
        assert_holds_together(got)


@settings(max_examples=40)
@given(
    st.lists(st.text(alphabet="abé 'É-¬.<&\xa0\u2009", max_size=12), max_size=4),
    st.lists(st.text(alphabet="abé 'É-¬.<&\xa0\u2009", max_size=12), max_size=4),
)
def test_every_letter_of_a_page_is_read(first: list[str], second: list[str]) -> None:
    from xml.sax.saxutils import quoteattr

    from lxml import etree

    etree.fromstring("<a/>")
    strings = [
        "".join(
            f"<String CONTENT={quoteattr(text)} HPOS='1' VPOS='{y}' WIDTH='9' HEIGHT='9'/>" for text in texts
        )
        for y, texts in ((1, first), (20, second))
    ]
    got = read(
        alto.alto(alto.page(alto.block(*(f"<TextLine>{line}</TextLine>" for line in strings)))).encode()
    )
    assert got is not None
    assert "".join(got.text.split()) == "".join("".join([*first, *second]).split())
