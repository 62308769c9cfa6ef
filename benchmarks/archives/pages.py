"""Web pages, letters, Markdown and Word files around a report, with what such files have around it.

Everybody and everything in the menus, adverts, related articles and comments is invented. It reads like
racing on purpose: a reader that takes it for the report finds winners who are none.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from pathlib import Path
from textwrap import fill

from benchmarks.archives.blocks import Block

_MENU = ("Accueil", "Circuits", "Rallyes", "Karting", "Calendrier", "Résultats", "Boutique", "Contact")
_RELATED = (
    "Rallye du Val d'Aubrance : Corentin Pradelle s'impose devant Le Goaziou",
    "Essais de Mauregard : Tiphaine Rouvroy en pole pour huit millièmes",
    "Karting : abandon de Bastien Oleron, victoire d'Ilan Quesnoy à Saint-Avit",
    "Interview – Maël Courtadon : « On visait le top 5, on a gagné la finale »",
)
_COMMENTS = (
    ("Gégé52", "Bravo à Pradelle, quelle remontée ! Troisième place méritée, vivement la prochaine."),
    ("nono_racing", "Moi j'y étais, Oleron a abandonné dès le 2e tour, personne n'en parle !"),
    ("Marie-Claude", "Merci aux commissaires, toujours présents malgré la pluie."),
)
_ADVERT = "Publicité – Pneus Ravelin : -20 % sur toute la gamme jusqu'à dimanche. J'en profite !"
_COOKIES = (
    "Nous et nos 127 partenaires utilisons des cookies pour mesurer l'audience et choisir la publicité. "
    "Vous pouvez changer d'avis à tout moment. Tout accepter Tout refuser Paramétrer"
)


def web_page(blocks: Sequence[Block], year: int, seed: str) -> str:
    """Return a report as a web page in one of three manners: modern, of a weblog, and of the nineties."""
    chance = random.Random(f"{seed} html")
    page = (_modern, _weblog, _table_layout)[chance.randrange(3)]
    related = chance.sample(_RELATED, 3)
    title = next(block.lines[0] for block in blocks if block.kind == "title")
    return page(title, list(_html(blocks)), year, related)


def _html(blocks: Sequence[Block]) -> Iterator[str]:
    tags = {"title": "h1", "heading": "h2", "paragraph": "p", "list": "p"}
    for block in blocks:
        lines = "<br>\n".join(escape(line, quote=False) for line in block.lines)
        yield f"<{tags[block.kind]}>{lines}</{tags[block.kind]}>"


def _modern(title: str, report: list[str], year: int, related: list[str]) -> str:
    menu = "".join(f'<li><a href="/{k}">{name}</a></li>' for k, name in enumerate(_MENU))
    cards = "".join(f'<article class="card"><h3><a href="#">{one}</a></h3></article>' for one in related)
    comments = "".join(f'<div class="comment"><b>{name}</b><p>{said}</p></div>' for name, said in _COMMENTS)
    half = len(report) // 2 or 1
    advert = f'<aside class="pub">{_ADVERT}</aside>'
    return f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{escape(title)} | Virages Magazine</title>
<meta property="og:title" content="{escape(title)}"><meta property="og:site_name" content="Virages Magazine">
<meta property="article:published_time" content="{year}-06-12T18:30:00+02:00">
<style>.pub {{ color: #999 }}</style>
<script>window.dataLayer = window.dataLayer || []; function victoire() {{ return "Pradelle 1er"; }}</script>
</head><body>
<div id="cookie-banner" role="dialog">{_COOKIES}</div>
<header><a href="/">Virages Magazine</a><nav aria-label="Menu"><ul>{menu}</ul></nav></header>
<main><article>
{chr(10).join(report[:half])}
{advert}
{chr(10).join(report[half:])}
<div class="share">Partager cet article : Facebook X WhatsApp</div>
</article>
<section class="comments"><h2>{len(_COMMENTS)} commentaires</h2>{comments}</section></main>
<aside><h2>À lire aussi</h2>{cards}</aside>
<footer><p>© {max(year, 1999)} Virages Magazine. Mentions légales – Politique de confidentialité</p></footer>
</body></html>
"""


def _weblog(title: str, report: list[str], year: int, related: list[str]) -> str:
    menu = " | ".join(f'<a href="/{k}">{name}</a>' for k, name in enumerate(_MENU))
    posts = "".join(f'<li class="recent-post"><a href="#">{one}</a></li>' for one in related)
    comments = "".join(f'<li class="comment"><cite>{name}</cite> : {said}</li>' for name, said in _COMMENTS)
    return f"""<!DOCTYPE html>
<html lang="fr-FR"><head><meta charset="utf-8"><title>{escape(title)} – Le blog du paddock</title></head>
<body class="single-post"><div id="page">
<div id="masthead"><div class="site-title">Le blog du paddock</div>
<div class="main-navigation">{menu}</div></div>
<div id="content"><div class="post hentry"><div class="entry-content">
{chr(10).join(report)}
</div><div class="entry-meta">Publié le 12 juin {year} par admin dans Courses</div></div>
<div id="comments"><ol class="comment-list">{comments}</ol>
<div id="respond">Laisser un commentaire. Votre adresse ne sera pas publiée.</div></div></div>
<div id="secondary" class="widget-area"><h3>Articles récents</h3><ul>{posts}</ul>
<div class="widget advert">{_ADVERT}</div></div>
<div id="colophon" class="site-footer">Fièrement propulsé par un moteur de blog</div></div>
<div class="cookie-notice">{_COOKIES}</div></body></html>
"""


def _table_layout(title: str, report: list[str], year: int, related: list[str]) -> str:
    menu = "<br>".join(f'<a href="p{k}.htm">{name}</a>' for k, name in enumerate(_MENU))
    news = "<br>".join(f'<a href="#">{one}</a>' for one in related)
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{escape(title)}</title></head><body bgcolor="#ffffff">
<table width="100%" border="0"><tr><td colspan="3"><font size="5">Les courses en province</font></td></tr>
<tr><td width="120" valign="top">{menu}</td>
<td valign="top">
{chr(10).join(report)}
</td>
<td width="150" valign="top"><b>Dernières nouvelles</b><br>{news}<br><i>{_ADVERT}</i></td></tr>
<tr><td colspan="3"><font size="1">Page mise à jour le 12/06/{max(year, 1996)} – Webmestre – Vous êtes le
12 845e visiteur</font></td></tr></table></body></html>
"""


def letter(blocks: Sequence[Block], year: int, seed: str) -> bytes:
    """Return a report as an e-mail: plain and HTML, or plain with wrapped lines; some answer another."""
    chance = random.Random(f"{seed} eml")
    title = next(block.lines[0] for block in blocks if block.kind == "title")
    message = EmailMessage(policy=SMTP)
    message["Subject"] = title
    message["From"] = "Service de presse <presse@asa-valmorel.example>"
    message["To"] = "redaction@virages-magazine.example"
    message["Date"] = f"Sun, 12 Jun {max(year, 1998)} 19:04:11 +0200"
    is_wrapped = chance.random() < 0.5
    body = "\n\n".join(
        "\n".join(fill(line, 72, break_long_words=False, break_on_hyphens=False) for line in block.lines)
        if is_wrapped
        else "\n".join(block.lines)
        for block in blocks
    )
    ending = "\n\n-- \nService de presse\nASA Valmorel\nTél. 05 55 00 00 00\n"
    if chance.random() < 0.4:
        ending += (
            "\nLe ven. 10 juin, Rédaction Virages a écrit :\n> Bonjour,\n> Pourriez-vous nous faire suivre "
            "votre compte rendu ?\n> L'an dernier, Pradelle avait gagné devant Oleron.\n> Cordialement\n"
        )
    message.set_content(body + ending, cte="quoted-printable")
    if not is_wrapped:
        message.add_alternative(
            f"<html><body>{''.join(_html(blocks))}<p>-- <br>Service de presse</p></body></html>",
            subtype="html",
            cte="base64",
        )
    return message.as_bytes()


def markdown(blocks: Sequence[Block]) -> str:
    """Return a report in Markdown."""
    marks = {"title": "# ", "heading": "## "}
    return "\n\n".join(marks.get(block.kind, "") + "  \n".join(block.lines) for block in blocks) + "\n"


def retyped(blocks: Sequence[Block]) -> str:
    """Return a report as plain text with a line for each paragraph: what setting afresh costs by itself."""
    return "\n\n".join("\n".join(block.lines) for block in blocks) + "\n"


def word_file(blocks: Sequence[Block], year: int, path: Path) -> None:
    """Write a report as Word does: styles for headings, a head with the bulletin's name, page numbers."""
    import docx

    document = docx.Document()
    document.core_properties.title = next(block.lines[0] for block in blocks if block.kind == "title")
    head = document.sections[0]
    head.header.paragraphs[0].text = f"Bulletin de l'ASA Valmorel – juin {year}"
    head.footer.paragraphs[0].text = "Page 1"
    for block in blocks:
        style = {"title": "Title", "heading": "Heading 2"}.get(block.kind)
        paragraph = document.add_paragraph(style=style)
        for k, line in enumerate(block.lines):
            run = paragraph.add_run(line)
            if k + 1 < len(block.lines):
                run.add_break()
    document.save(str(path))
