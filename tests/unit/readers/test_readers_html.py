"""Web pages: what is to be seen is the text, and what of it is no report is marked and kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import ReadOptions, Source, SourceText, read_source
from extractor.readers.formats import format_of

BODY = (
    "Sous un soleil de plomb, Jean Tavernier (Écurie des Cîmes) a dominé la première course du week-end devant"
    " Paul Ortolan, parti de la pole position, et Luc Marchal, auteur d'une belle remontée depuis la douzième place.",
    "Dans la seconde manche, le poleman Paul Ortolan a été percuté au premier virage par Marc Vasseur, qui a reçu"
    " une pénalité de 10 secondes. Tavernier en a profité pour s'échapper et l'emporter avec 3 secondes d'avance.",
    "« Je savais que la voiture tiendrait », confiait le vainqueur à sa descente de voiture, avant de rejoindre son"
    " équipe au bord de la piste de Nogaro.",
)
MENU = "<nav><ul><li><a href='/'>Accueil</a><li><a href='/courses'>Toutes les courses</a></ul></nav>"


def read(tmp_path: Path, page: str | bytes, name: str = "page.html", **options: object) -> SourceText:
    path = tmp_path / name
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return read_source(Source(name, path), ReadOptions(**options))  # type: ignore[arg-type]


def left(source: SourceText) -> str:
    """Return what is read of a source."""
    text, at = "", 0
    for one in source.skipped:
        text += source.text[at : one.start]
        at = one.end
    return text + source.text[at:]


def out(source: SourceText, reason: str) -> str:
    """Return what is left out for a reason."""
    return "\n".join(
        source.text[one.start : one.end].strip() for one in source.skipped if one.reason == reason
    )


def page(*, within: str = "", behind: str = "", head: str = "") -> str:
    paragraphs = "".join(f"<p>{one}</p>" for one in BODY)
    return (
        f"<!DOCTYPE html><html lang='fr'><head><meta charset='utf-8'><title>Doublé</title>{head}</head><body>"
        f"<header><div class='logo'>Piste Info</div>{MENU}</header><main><article><h1>Doublé de Tavernier</h1>"
        f"<p class='meta'>Publié le 23 mai 2021</p><div class='texte'>{paragraphs}{within}</div></article>{behind}"
        "</main><footer>© 2021 Piste Info, mentions légales</footer></body></html>"
    )


# --- text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>Un  <b>Tavernier</b>\n gagne.</p>", "Un Tavernier gagne."),
        (
            "<p>Il est 1<sup>er</sup>, l&#146;autre 2<sup>e</sup> &agrave; 3&nbsp;s.</p>",
            "Il est 1er, l’autre 2e à 3\xa0s.",
        ),
        ("<p>Un.<br>Deux.<br><br>Trois.</p><p>Quatre.</p>", "Un.\nDeux.\n\nTrois.\n\nQuatre."),
        ("<p>Il dit : <q>Bravo</q>.</p>", "Il dit : « Bravo »."),
        ("<ol><li>Ortolan<li>Marchal</ol>", "1. Ortolan\n2. Marchal"),
        ("<ol start=4><li>Ortolan<li value=9>Marchal<li>Vasseur</ol>", "4. Ortolan\n9. Marchal\n10. Vasseur"),
        ("<ol reversed><li>Ortolan<li>Marchal</ol>", "2. Ortolan\n1. Marchal"),
        ("<ol type=a><li>Ortolan<li>Marchal</ol>", "a. Ortolan\nb. Marchal"),
        ("<ol type=I><li>Ortolan<li>Marchal</ol>", "I. Ortolan\nII. Marchal"),
        ("<ol><li>1. Ortolan<li>2. Marchal</ol>", "1. Ortolan\n2. Marchal"),
        ("<ol style='list-style: none'><li>Ortolan</ol>", "Ortolan"),
        ("<ul><li>GT<ol><li>Ortolan</ol><li>Junior</ul>", "- GT\n1. Ortolan\n- Junior"),
        (
            "<table><tr><th>Pos<th>Pilote<th>Temps<tr><td>1<td>Luc<br>Jean<td>25:12<tr><td>2<td><td>25:13</table>",
            "Pos | Pilote | Temps\n1 | Luc / Jean | 25:12\n2 |  | 25:13",
        ),
        (
            "<table><tr><td><a href=x>Menu</a><td><h1>Titre</h1><p>Texte.</table>",
            "Menu\n\nTitre\n\nTexte.",
        ),
        ("<pre> 1  Ortolan\n 2  Marchal</pre>", " 1  Ortolan\n 2  Marchal"),
        ("<figure><img src=a><figcaption>Le podium</figcaption></figure>", "Le podium"),
        ("<dl><dt>Vainqueur<dd>Ortolan</dl>", "Vainqueur\nOrtolan"),
        ("a<span style='display:block'>b</span>c", "a\nb\nc"),
    ],
)
def test_the_text_is_what_a_browser_shows(tmp_path: Path, markup: str, text: str) -> None:
    assert read(tmp_path, f"<html><body>{markup}</body></html>").text == text


def test_what_a_browser_does_not_show_is_no_text(tmp_path: Path) -> None:
    unseen = (
        "<script>var x = 'un';</script><style>p {color: red}</style><!-- deux --><template>trois</template>"
        "<p hidden>quatre</p><p style='display: none'>cinq</p><noscript>six</noscript><span class='sr-only'>sept</span>"
        "<svg><title>huit</title></svg><select><option>neuf</select><textarea hidden>dix</textarea>"
    )
    assert read(tmp_path, f"<html><body><p>Avant</p>{unseen}Après</body></html>").text == "Avant\n\nAprès"


# --- the article


def test_the_article_is_read_and_the_rest_is_kept_apart(tmp_path: Path) -> None:
    comments = "<section id='comments'><h3>2 commentaires</h3><p>Bravo !</p></section>"
    related = "<div class='related'><h3>À lire aussi</h3><ul><li><a href='x'>Un autre jour</a></ul></div>"
    cookies = "<div id='cookie-bar'>Nous utilisons des cookies.</div>"
    source = read(tmp_path, page(behind=comments + related + cookies))
    assert left(source).strip() == "\n\n".join(("Doublé de Tavernier", "Publié le 23 mai 2021", *BODY))
    assert out(source, "comments") == "2 commentaires\n\nBravo !"
    assert out(source, "related") == "À lire aussi\n\n- Un autre jour"
    assert out(source, "cookie_notice") == "Nous utilisons des cookies."
    assert out(source, "footer").startswith("© 2021")
    assert out(source, "menu") == "Piste Info\n\n- Accueil\n- Toutes les courses"


RANKINGS = {
    "table": "<table><tr><th>Pos<th>Pilote<th>Écart<tr><td>1<td>Jean Tavernier<td>25:12.345<tr><td>2<td>Paul Ortolan"
    "<td>+3.2</table>",
    "linked list": "<ol><li><a href='t'>Jean Tavernier</a><li><a href='o'>Paul Ortolan</a></ol>",
    "short list": "<ul><li>1. Tavernier<li>2. Ortolan</ul>",
    "definitions": "<dl><dt>1er<dd>Jean Tavernier<dt>2e<dd>Paul Ortolan</dl>",
    "lines": "<p>1. Tavernier<br>2. Ortolan</p>",
    "blocks": "<div>1. Tavernier</div><div>2. Ortolan</div>",
}


@pytest.mark.parametrize("ranking", RANKINGS.values(), ids=RANKINGS)
@pytest.mark.parametrize("class_", ["resultats", "table-responsive widget-content"])
def test_results_in_the_article_are_not_lost(tmp_path: Path, ranking: str, class_: str) -> None:
    source = read(tmp_path, page(within=f"<h3>Classement</h3><div class='{class_}'>{ranking}</div>"))
    read_of_it = left(source)
    for name in ("Classement", "Tavernier", "Ortolan"):
        assert name in read_of_it.split(BODY[-1])[1]


def test_a_page_without_an_article_is_read_but_for_its_menus(tmp_path: Path) -> None:
    source = read(
        tmp_path,
        f"<html><body>{MENU}<p>Nogaro, course 1</p><p>1. Tavernier</p><footer>Contact</footer></body></html>",
    )
    assert left(source).strip() == "Nogaro, course 1\n\n1. Tavernier"


def test_what_stands_under_a_heading_for_other_articles_is_out(tmp_path: Path) -> None:
    more = "<div class='bloc'><h3>Articles similaires</h3><p>Marchal forfait à Pau, où il devait rouler dimanche.</p></div>"
    source = read(tmp_path, page(within=more))
    assert (
        out(source, "related")
        == "Articles similaires\n\nMarchal forfait à Pau, où il devait rouler dimanche."
    )


def test_title_date_and_lead_above_the_article_are_read(tmp_path: Path) -> None:
    body = "".join(f"<p>{one}</p>" for one in BODY)
    source = read(
        tmp_path,
        "<html><head><title>Doublé de Tavernier à Nogaro | Piste</title></head><body><div class='haut'><a href='/'>Piste</a></div>"
        "<div class='bandeau'><div class='gros'>Doublé de Tavernier à Nogaro</div><div>23 mai 2021</div></div>"
        f"<div class='chapeau'>Deux courses, deux victoires.</div><div class='corps'>{body}</div></body></html>",
    )
    assert left(source).startswith(
        "Doublé de Tavernier à Nogaro\n\n23 mai 2021\n\nDeux courses, deux victoires."
    )
    assert "Piste\n" not in left(source)


def test_a_page_of_the_nineties_is_read_without_its_column_of_links(tmp_path: Path) -> None:
    body = "".join(f"<P><FONT FACE=Arial>{one}</FONT>" for one in BODY)
    links = "<BR>".join(f"<A HREF='{k}.htm'>Saison 199{k}</A>" for k in range(4))
    table = "<TABLE BORDER=1><TR><TD>1<TD>Tavernier<TR><TD>2<TD>Ortolan</TABLE>"
    source = read(
        tmp_path,
        f"<HTML><BODY><TABLE><TR><TD>{links}<TD><FONT SIZE=5>Nogaro</FONT>{body}{table}</TABLE></BODY></HTML>",
    )
    assert left(source).startswith("Nogaro\n\nSous un soleil")
    assert left(source).rstrip().endswith("1 | Tavernier\n2 | Ortolan")


# --- what is recognised


@pytest.mark.parametrize(
    "start",
    [
        "<!DOCTYPE html>\n<html>",
        "<!-- saved from url=(0020)https://piste.example/ -->\n<HTML>",
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>',
        "<head><title>Nogaro</title></head>",
        "\n <body bgcolor=white>",
        "<div class='a'><p>Un</p><p>Deux</p><p>Trois</p></div>",
    ],
)
def test_a_page_is_known_by_its_beginning(start: str) -> None:
    known = format_of((start + "Course</p>").encode())
    assert known is not None
    assert known.name == "HTML"


@pytest.mark.parametrize(
    "text",
    [
        "Course 1 : <b>Tavernier</b> gagne.</p></p></p></p>",
        "<Tavernier> gagne devant <Ortolan>.",
        "<p> veut dire paragraphe.",
        "< 25 secondes </b>",
        "<b>Tavernier</b> gagne.",
    ],
)
def test_a_plain_text_with_a_tag_is_no_page(text: str) -> None:
    assert format_of(text.encode()) is None


# --- encodings


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("", "utf-8"),
        ("", "cp1252"),
        ("<meta charset='utf-8'>", "utf-8"),
        ("<meta charset='utf-8'>", "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>", "cp1252"),
        ("<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>", "utf-8"),
        ("<meta charset=iso-8859-15>", "iso8859-15"),
        ("<meta charset=macintosh>", "mac-roman"),
        ("<meta charset='klingon'>", "cp1252"),
        ("<meta charset='unicode_escape'>", "cp1252"),
        ("", "utf-16"),
    ],
)
def test_the_charset_is_what_the_bytes_are(tmp_path: Path, declared: str, real: str) -> None:
    text = f"<html><head>{declared}</head><body><p>Théo Œuvrard s'impose à l'arrivée, François Noël 2e.</p>"
    assert read(tmp_path, text.encode(real)).text == "Théo Œuvrard s'impose à l'arrivée, François Noël 2e."


def test_stray_bytes_of_windows_in_a_page_of_utf_8_are_read(tmp_path: Path) -> None:
    content = "<html><body><p>Été à Nogaro, Théo</p><p>Andr".encode() + b"\xe9</p>"
    assert read(tmp_path, content).text == "Été à Nogaro, Théo\n\nAndré"


# --- what the page says of itself


def test_title_date_publisher_and_language_are_told(tmp_path: Path) -> None:
    head = (
        "<meta property='og:title' content='Doublé de Tavernier à Nogaro'><meta name=author content='C. Vidal'>"
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2021-05-23T18:00:00+02:00",'
        ' "publisher": {"@type": "Organization", "name": "Piste Info"}}]}</script>'
    )
    told = {one.field: (one.value, one.origin) for one in reversed(read(tmp_path, page(head=head)).told)}
    assert told["title"] == ("Doublé de Tavernier à Nogaro", "html meta og:title")
    assert told["published_on"] == ("2021-05-23T18:00:00+02:00", "html JSON-LD datePublished")
    assert told["publisher"] == ("Piste Info", "html JSON-LD publisher")
    assert told["author"] == ("C. Vidal", "html meta author")
    assert told["language"] == ("fr", "html lang")


# --- what is hostile, or holds nothing


def test_a_page_of_frames_names_the_files_that_it_shows(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(
            tmp_path,
            "<html><frameset cols='20,80'><frame src='menu.htm'><frame src='course.htm'></frameset></html>",
        )
    assert caught.value.code == "only_frames"
    assert "course.htm" in str(caught.value)


@pytest.mark.parametrize("body", ["", "<div id='root'></div><script>document.write('Course')</script>"])
def test_a_page_without_visible_text_is_an_error(tmp_path: Path, body: str) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, f"<html><body>{body}</body></html>")
    assert caught.value.code == "no_visible_text"


@pytest.mark.parametrize(
    "page_",
    [
        pytest.param("<div>" * 20_000 + "Fond" + "</div>" * 20_000 + "<p>Après</p>", id="nested"),
        pytest.param("<font><b>" * 5_000 + "Fond<p>Après</p>", id="never closed"),
        pytest.param("<p " + "a=1 " * 50_000 + ">Fond</p><p>Après</p>", id="attributes"),
        pytest.param("<table><tr><td>" * 3_000 + "Fond<p>Après</p>", id="tables"),
        pytest.param(
            "<p " + "".join(f"a{k}=1 " for k in range(20_000)) + ">Fond</p><p>Après</p>", id="names"
        ),
        pytest.param(f"<p class='{'a > b ' * 5_000}'>Fond</p><p>Après</p>", id="a long value"),
        pytest.param("<p>Fond</p><p>Après</p>" + "<!--" * 10_000, id="comments"),
        pytest.param("<ul><li>" * 3_000 + "Fond<p>Après</p>", id="lists"),
    ],
)
def test_no_nesting_loses_text(tmp_path: Path, page_: str) -> None:
    text = read(tmp_path, f"<html><body>{page_}").text
    assert "Fond" in text
    assert "Après" in text
