"""A damaged page is read as it was printed, a clean one as it stands; every offset is the document's own."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.lexicon import spelling
from extractor.pipeline.reading import read
from extractor.pipeline.restoring.edits import edits
from extractor.pipeline.tokens import Tokens
from extractor.pipeline.view import Edit, View


def restored(text: str) -> str:
    """Return a text as restoring reads it, whether it counts as damaged or not."""
    return View(text, edits(Tokens(text))).text


# --- words


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("il dcvant le peloton", "il devant le peloton"),
        ("la prenière manche", "la première manche"),
        ("il tcrmine troisièrne", "il termine troisième"),
        ("la victoirc lui revient", "la victoire lui revient"),
        ("un accrocliage au départ", "un accrochage au départ"),
        ("le vainquenr du jour", "le vainqueur du jour"),
        ("au deruier tour", "au dernier tour"),
        ("il abandonn6 sur panne", "il abandonné sur panne"),
    ],
)
def test_a_word_that_nobody_knows_is_read_as_the_likeliest_one(read_as: str, printed: str) -> None:
    assert restored(read_as) == printed


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("il passe dansla descente", "il passe dans la descente"),
        ("au quatrièmetour il casse", "au quatrième tour il casse"),
        ("il est suivi devantDurand", "il est suivi devant Durand"),
        ("une sortie de pi ste", "une sortie de piste"),
        ("le vain queur du jour", "le vainqueur du jour"),
        ("un classe-ment serré", "un classement serré"),
        ("Laseconde manche", "La seconde manche"),
        ("au 6etour de la course", "au 6e tour de la course"),
        ("l équipe au complet", "l'équipe au complet"),
    ],
)
def test_blanks_that_were_lost_or_put_in(read_as: str, printed: str) -> None:
    assert restored(read_as) == printed


@pytest.mark.parametrize(
    "text",
    [
        "la police et la franchise de l'intendant",  # not "poli ce", nor "franchi se"
        "le drame de la pomme et de la peinture",  # known, and no "dame", "homme" or "ceinture"
        "des ailerons et des plateaux neufs",  # forms of known words
        "il est devenu maire de sa commune",  # no "de venu"
        "moto-cross et demi-finale",
        "Jean-Luc y a-t-il cru ?",
        "la McLaren de DiMarco devant la BMW",
        "12h30 au départ, 125cc, 3e tour, 25 km",
        "Le Castellet, La Rochelle et Le Mans",
    ],
)
def test_what_stands_as_it_was_printed_stays(text: str) -> None:
    assert restored(text) == text


# --- marks and numbers


@pytest.mark.parametrize(
    ("read_as", "printed"),
    [
        ("l. Bruyas\n2. Chamoux", "1. Bruyas\n2. Chamoux"),
        ("I. Bruyas ; 2. Chamoux", "1. Bruyas ; 2. Chamoux"),
        ("1. Bruyas\n2, Chamoux\n3. Orsat", "1. Bruyas\n2. Chamoux\n3. Orsat"),
        ("le ler de la classe", "le 1er de la classe"),
        ("en 1'O2\"3 sur le sec", "en 1'02\"3 sur le sec"),
        ("la 2ène manche", "la 2ème manche"),
        ("il casse, Le pilote rentre", "il casse. Le pilote rentre"),
        ("il finit deuxième Le pilote rentre", "il finit deuxième. Le pilote rentre"),
        ("dit Bruyas, Chamoux : « Je suis ravi »", "dit Bruyas. Chamoux : « Je suis ravi »"),
        ("il gagne en16:48.905 devant lui", "il gagne en 16:48.905 devant lui"),
        ("deuxième, i 11 s. du vainqueur", "deuxième, à 11 s. du vainqueur"),
        ("– 4. Jacky GLA-\nCET (Polo)", "– 4. Jacky GLACET (Polo)"),
        ("la nSU n° 30", "la NSU n° 30"),
    ],
)
def test_marks_and_numbers(read_as: str, printed: str) -> None:
    assert restored(read_as) == printed


@pytest.mark.parametrize(
    "text",
    [
        "I. Bruyas gagne devant P. Chamoux",  # an initial, and no list
        "en 12,5 secondes, Chamoux passe",
        "à Paris, Bruyas gagne",
        "chez Le Goff, de Le Gall et Le Bihan",
        "1. JEAN-\nPIERRE BRUYAS, 2. MARTIN-\nDUPONT",  # hyphens of their own
        "Bruyas, Chamoux et Orsat : le podium",
        "la Clio RS4 et la GT86",
    ],
)
def test_marks_that_stay(text: str) -> None:
    assert restored(text) == text


# --- names

_BEFORE = "Paul Bruyandet menait la course de bout en bout et creusait son avance. "
_APART = "La piste était sèche et le public nombreux autour du circuit ce dimanche. "


@pytest.mark.parametrize(
    "misread", ["Bruyandct", "Bruyaudet", "Bruyanclet", "Bruyadet", "bruyandet", "BRUYANDEt"]
)
def test_a_name_in_a_bad_spelling_is_read_as_in_its_better_one(misread: str) -> None:
    text = f"{_BEFORE}{_APART}Bruyandet cassait ensuite. {_APART}Enfin {misread} abandonnait."
    read_as = restored(text)
    assert "Enfin Bruyandet" in read_as or "Enfin BRUYANDET" in read_as


@pytest.mark.parametrize(
    "text",
    [
        "1. Paul Bruyandet, 2. Jean Bruyaudet, 3. Luc Orsat",  # two men in one list
        "Bruyandet devançait Bruyaudet et Orsat",  # and in one sentence
        f"{_BEFORE}{_APART}Michel Martin gagne. {_APART}Michèle Martin est deuxième.",  # known names
    ],
)
def test_two_people_with_like_names_stay_two(text: str) -> None:
    assert restored(text) == text


# --- the gate

_DAMAGED = (
    "Dimanche, la prenière manche de la conrse fut gagnée par Paul Bruyandet. Il devançait Luc Orsat de troia "
    "secondes. Au deruier tour, Jean Vauzelle abandonnait, moteur cassé, alots qu'il pointait quatrièrne. "
    "La seconde manchc voyait la victoirc de Bruyaudet, devant Orsat."
)
_PRINTED = (
    "Dimanche, la première manche de la course fut gagnée par Paul Bruyandet. Il devançait Luc Orsat de trois "
    "secondes. Au dernier tour, Jean Vauzelle abandonnait, moteur cassé, alors qu'il pointait quatrième. "
    "La seconde manche voyait la victoire de Bruyandet, devant Orsat."
)


def test_a_damaged_page_is_read_through_a_view() -> None:
    assert read(_DAMAGED).view is not None


def test_a_clean_page_is_read_as_it_stands() -> None:
    assert read(_PRINTED).view is None


def test_a_single_slip_of_the_pen_is_no_damage() -> None:
    assert read(_PRINTED.replace("alors", "alots")).view is None


def test_the_record_of_a_damaged_page_speaks_of_the_document_itself() -> None:
    record = extract(_DAMAGED)
    assert record.document.text == _DAMAGED
    spans = [span for result in record.results for span in result.evidence]
    spans += [mention for driver in record.drivers for mention in driver.mentions]
    assert spans
    for span in spans:
        assert _DAMAGED[span.start : span.end] == span.text


def test_a_name_in_two_spellings_is_one_driver_with_both() -> None:
    record = extract(_DAMAGED)
    (driver,) = [d for d in record.drivers if d.name == "Paul Bruyandet"]
    assert "Bruyaudet" in driver.aliases
    assert len(record.drivers) == 3


def test_the_facts_of_a_damaged_page_are_those_of_the_printed_one() -> None:
    def facts(text: str) -> set[tuple[str, int | None, str]]:
        record = extract(text)
        names = {driver.id: driver.name for driver in record.drivers}
        return {
            (result.kind, result.position, names[driver])
            for result in record.results
            for driver in result.drivers
        }

    assert facts(_DAMAGED) == facts(_PRINTED)


_ODDITIES = ", . - l a 2ène 1cr i 3 « , - d' D É DEREGNAu GLA-\nCET l. X\n2. Y en16 aœb œ ﬁn ß -- ,- .-X l l l  eux  x 12, A"


@pytest.mark.parametrize("text", [_DAMAGED, _ODDITIES, _ODDITIES[::-1]])
def test_a_page_may_break_off_or_begin_anywhere(text: str) -> None:
    for k in range(len(text)):
        for piece in (text[:k], text[k:]):
            view = View(piece, edits(Tokens(piece)))
            ends = [view.in_source(offset) for offset in range(len(view.text) + 1)]
            assert ends == sorted(ends)
            assert ends[-1] == len(piece)


# --- the view


def test_a_view_leads_back_to_its_source() -> None:
    source = "devantDurand et Mart in"
    view = View(source, [Edit(6, 6, " "), Edit(20, 21, "")])
    assert view.text == "devant Durand et Martin"
    durand, martin = view.text.index("Durand"), view.text.index("Martin")
    assert source[view.in_source(durand) : view.in_source(durand + 6)] == "Durand"
    assert source[view.in_source(martin) : view.in_source(martin + 6)] == "Mart in"
    assert source[view.in_source(0) : view.in_source(6)] == "devant"
    assert view.in_source(len(view.text)) == len(source)


def test_edits_that_overlap_an_earlier_one_are_left_out() -> None:
    assert View("abcdef", [Edit(1, 4, "X"), Edit(3, 5, "Y")]).text == "aXef"


# --- spelling


@pytest.mark.parametrize("word", ["abandon", "voiture", "cinquième", "chapeau"])
def test_words_that_are_written_as_french_is_are_not_odd(word: str) -> None:
    assert not spelling.odd(word.replace("è", "e"))


@pytest.mark.parametrize("word", ["dcvant", "conrse", "cnlindrees", "vlttoire", "lixtemes"])
def test_letters_that_do_not_stand_together_are_odd(word: str) -> None:
    assert spelling.odd(word)
