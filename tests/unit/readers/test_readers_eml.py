"""Mails: the body is the text, the headers are told, quotes and signatures stay out, attachments are named."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.readers import Source, SourceText, read_source
from extractor.readers.formats import format_of

REPORT = (
    "Nogaro, course 1\n\nJean Tavernier (Écurie des Cîmes) s'impose devant Paul Ortolan, parti en pole position, et\n"
    "Luc Marchal. Percuté au premier virage, Marc Vasseur abandonne.\n\n« La voiture a tenu », confiait le vainqueur.\n"
    "Le classement complet est affiché au secrétariat de l'épreuve, où les réclamations sont reçues jusqu'à 18 h.\n"
)


def message(body: str = REPORT, **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Écurie des Cîmes <presse@cimes.example>"
    mail["To"] = "archives@piste.example"
    mail["Date"] = "Sun, 23 May 2021 18:30:00 +0200"
    mail["Subject"] = headers.get("subject", "Doublé de Tavernier à Nogaro – le récit")
    if body:
        mail.set_content(body)
    return mail


def read(tmp_path: Path, mail: EmailMessage | bytes) -> SourceText:
    path = tmp_path / "mail.eml"
    path.write_bytes(mail if isinstance(mail, bytes) else mail.as_bytes())
    return read_source(Source("mail.eml", path))


def refusal(tmp_path: Path, mail: EmailMessage | bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        read(tmp_path, mail)
    return caught.value


def left(source: SourceText) -> str:
    text, at = "", 0
    for one in source.skipped:
        text += source.text[at : one.start]
        at = one.end
    return (text + source.text[at:]).strip()


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_body_is_the_text_and_the_headers_are_told(tmp_path: Path, encoding: str, charset: str) -> None:
    mail = message("")
    mail.set_content(REPORT, charset=charset, cte=encoding)
    source = read(tmp_path, mail)
    assert lines(source.text) == lines(REPORT)
    assert source.media_type == "message/rfc822"
    told = {one.field: one.value for one in source.told}
    assert told == {
        "title": "Doublé de Tavernier à Nogaro – le récit",
        "published_on": "2021-05-23T18:30:00+02:00",
        "publisher": "Écurie des Cîmes",
        "author": "Écurie des Cîmes",
    }


@pytest.mark.parametrize(
    ("declared", "real"), [("utf-8", "cp1252"), ("us-ascii", "cp1252"), ("x-rien", "utf-8")]
)
def test_a_charset_may_lie(tmp_path: Path, declared: str, real: str) -> None:
    head = f"From: a@b.example\r\nTo: c@d.example\r\nSubject: Nogaro\r\nContent-Type: text/plain; charset={declared}\r\n\r\n"
    assert lines(read(tmp_path, head.encode() + REPORT.encode(real)).text) == lines(REPORT)


def test_plain_text_is_preferred_to_its_page_unless_it_is_a_stub(tmp_path: Path) -> None:
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines(REPORT)) + "</body></html>"
    mail = message()
    mail.add_alternative(page, subtype="html")
    assert lines(read(tmp_path, mail).text) == lines(REPORT)
    mail = message("Votre messagerie n'affiche pas ce message.")
    mail.add_alternative(page, subtype="html")
    assert lines(read(tmp_path, mail).text) == lines(REPORT)


def test_quotes_and_signatures_stay_out(tmp_path: Path) -> None:
    answer = (
        REPORT
        + "\n-- \nClaire Vidal\nService de presse\n\nLe 22 mai 2021 à 10:00, Archives <a@piste.example> a écrit :\n"
        "> Bonjour,\n> avez-vous un compte rendu ?\n"
    )
    source = read(tmp_path, message(answer))
    assert lines(left(source)) == lines(REPORT)
    assert {one.reason for one in source.skipped} == {"signature", "quoted_reply"}
    assert "avez-vous" in source.text


@pytest.mark.parametrize(
    "frame",
    [
        "---------- Forwarded message ---------\nDe : Écurie <presse@cimes.example>\nDate: dim. 23 mai 2021\nSubject: Nogaro\nTo: <a@b.example>\n\n",
        "-------- Message transféré --------\nSujet : Nogaro\nDate : 23 mai 2021\nDe : presse@cimes.example\nPour : a@b.example\n\n",
        "________________________________\nDe : presse@cimes.example\nEnvoyé : dimanche 23 mai 2021 18:30\nÀ : a@b.example\nObjet : Nogaro\n\n",
    ],
)
def test_what_is_passed_on_is_the_report(tmp_path: Path, frame: str) -> None:
    source = read(tmp_path, message("Pour vos archives.\n\n" + frame + REPORT, subject="TR: Nogaro"))
    assert lines(left(source))[-4:] == lines(REPORT)[-4:]
    told = {one.field: one.value for one in source.told}
    assert told == {"title": "Nogaro"}  # neither the author nor the date are those of the report


def test_a_note_above_a_long_quote_is_no_report(tmp_path: Path) -> None:
    quote = "".join(f"> {line}\n" for line in REPORT.splitlines())
    source = read(tmp_path, message("Bien reçu.\n\nLe 23 mai 2021 à 18:30, Écurie a écrit :\n" + quote))
    assert lines(left(source))[1:] == lines(REPORT)


def test_attachments_are_named(tmp_path: Path) -> None:
    mail = message()
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="Classement général.pdf")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="../../podium.png")
    assert [(one.reason, one.part) for one in read(tmp_path, mail).unread] == [
        ("attachment", "Classement général.pdf"),
        ("attachment", "podium.png"),
    ]


def test_a_report_that_is_attached_is_asked_for(tmp_path: Path) -> None:
    mail = message("Bonjour, veuillez trouver ci-joint le compte rendu de Nogaro.\n\nCordialement")
    mail.add_attachment(b"PK", maintype="application", subtype="msword", filename="nogaro.docx")
    error = refusal(tmp_path, mail)
    assert error.code == "report_attached"
    assert "nogaro.docx" in str(error)


def test_lines_that_flow_are_joined(tmp_path: Path) -> None:
    head = b"From: a@b.example\nTo: c@d.example\nSubject: x\nContent-Type: text/plain; format=flowed\n\n"
    source = read(tmp_path, head + b"Tavernier s'impose \ndevant Ortolan.\nMarchal abandonne.\n-- \nVidal\n")
    assert [source.text[start:end] for start, end in source.joins] == [" \n"]


def test_a_page_saved_as_one_file_is_read_as_a_page(tmp_path: Path) -> None:
    page = f"<html lang=fr><head><title>Nogaro</title></head><body><nav>Accueil</nav><p>{REPORT}</p></body></html>"
    saved = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://piste.example/\r\nSubject: x\r\n"
        "Date: Mon, 3 Nov 2025 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n"
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{page}\r\n"
        "--b\r\nContent-Type: text/css\r\nContent-Location: x.css\r\n\r\np {color: red}\r\n--b--\r\n"
    )
    source = read(tmp_path, saved.encode())
    assert source.text.startswith("Accueil\n\nNogaro, course 1")
    assert {one.field: one.value for one in source.told} == {"language": "fr", "title": "Nogaro"}


# --- what is no mail, or a bad one


@pytest.mark.parametrize(
    "text",
    [
        "Date : 23 mai 2021\nLieu : Nogaro\nObjet : course 1\n\nTavernier gagne.",
        "From: Nogaro\nTo: Albi\nSubject: the tour\n\nTavernier gagne.",
        "Subject: Nogaro\n\nTavernier gagne.",
        "Course 1 :\nTavernier gagne.\nMime-Version: 1.0\nMessage-ID: <x>\nFrom: a@b.example",
    ],
)
def test_a_plain_text_with_a_head_is_no_mail(text: str) -> None:
    assert format_of(text.encode()) is None


def test_a_mailbox_is_refused(tmp_path: Path) -> None:
    one = b"From a@b.example Sun May 23 18:30:00 2021\n" + message().as_bytes() + b"\n\n"
    assert refusal(tmp_path, one * 2).code == "mailbox"
    assert lines(read(tmp_path, one).text) == lines(REPORT)


def test_a_mail_without_text_is_an_error(tmp_path: Path) -> None:
    mail = message("")
    mail.add_attachment(b"\x78\x9f", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    assert refusal(tmp_path, mail).code == "mail_without_text"


@pytest.mark.parametrize("count", [400, 20_000])
def test_parts_within_parts_are_bounded(tmp_path: Path, count: int) -> None:
    head = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\n"
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(count)
    )
    assert refusal(tmp_path, head + nested + b"\n\nNogaro").code == "mail_too_deep"
    many = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nNogaro\n" * count + b"--b--\n"
    assert refusal(tmp_path, head + many).code == "mail_too_deep"
