"""What is won: a race, a class, a championship, a stage, places."""

from __future__ import annotations

from extractor.lexicon.words import Term, word_set
from extractor.pipeline.annotations import Sentence
from extractor.pipeline.results.context import PLACE_NOUNS
from extractor.pipeline.results.telling import Telling
from extractor.values.numbers import cardinal, ordinal_at

_ROLES = word_set("grammar_words", "roles")
_LIGHT = word_set("grammar_words", "light")
_TITLES = frozenset(("titre", "championnat", "couronne", "titres"))
_CUPS = frozenset(("trophee", "challenge", "coupe"))
_RACES_WON = frozenset(
    ("course", "manche", "epreuve", "etape", "rallye", "victoire", "victoires", "succes")
)  # "sa quatrième victoire en championnat"
_OWNED = frozenset(("la", "le", "l'", "sa", "son", "leur", "une", "cette"))
_CARS = (
    ["voiture"],
    ["auto"],
    ["monture"],
    ["machine"],
    ["moto"],
    ["monoplace"],
    ["barquette"],
    ["berlinette"],
)
_TITLE_REACH = 8  # tokens of "le titre honorifique de vice-champion"
_CLASS_NOUNS = word_set("results_words", "class_openers")


class WinKinds(Telling):
    """Kinds of wins."""

    def _win_kind(self, term: Term, sentence: Sentence) -> tuple[str | None, str]:
        """Return what was won, read off the object.

        A race, a championship, a stage; ``None`` for what is no race.
        """
        norm = self.tokens.norm
        scope = self.context.scope(term.end, sentence, ahead=9, overall_before=False)
        after = norm[term.end : min(sentence.last, term.end + 9)]
        stop = next(
            (k for k, n in enumerate(after) if n in (",", ";", "devant", "et", ".", "avec", "grace")),
            len(after),
        )
        objects = set() if after[:1] and after[0] in _ROLES else set(after[:stop])
        if norm[term.start].startswith(("vainqueur", "laureat")) and (
            objects & {"coupe", "challenge", "trophee", "edition", "championnat"}
            or norm[term.start - 1] in ("autres", "autre", "ancien", "dernier")
        ):
            return None, scope
        cup = self.context.cup_won(term.end, term.end + stop) if objects & _CUPS else None
        if cup is not None:
            return "final", cup
        if norm[term.start].startswith("triomphe") and norm[term.start - 1] in (
            "un",
            "ce",
            "le",
            "son",
            "du",
            "de",
            "ieme",
        ):
            return None, scope
        if (
            norm[term.start].endswith(("ee", "ees", "es"))
            and term.end - term.start == 1
            and norm[term.end : term.end + 1] != ["par"]
            and norm[term.start - 1] not in ("ont", "a", "avaient", "avait", "sont", "est")
        ) and (not norm[term.start].endswith("es") or norm[term.start].endswith("ees")):
            return None, scope
        if norm[term.start].startswith("impos") and norm[term.start - 1] != "s'":
            return ("final" if self._car_behind(term) else None), scope
        if objects & _TITLES and not objects & _RACES_WON:
            vice = "vice" in norm[term.end : min(sentence.last, term.end + _TITLE_REACH)]
            return (None if vice else "championship"), scope
        if objects & {"scratch", "speciale", "chrono", "temps"}:
            stage = sentence.local >= 0 and self.context.sessions[sentence.local].kind == "stage"
            return ("final" if stage else None), scope
        if norm[term.start].startswith(("gagn", "remport")) and self._wins_place(term, stop):
            return None, scope
        if (
            norm[term.start].startswith("gagn")
            and after[:1] != ["avec"]
            and not {"avant", "devant"} & set(after[:4])
            and (
                set(after[: min(3, stop)])
                & {"places", "rangs", "positions", "temps", "terrain", "secondes", "confiance", "une"}
                or after[:1] == ["du"]
            )
            and not objects & {"course", "manche", "finale"}
        ):
            return None, scope
        if (
            norm[term.start].startswith(("remport", "enl"))
            and objects & {"bataille", "duel", "pole", "point", "points", "coupe", "prix"}
            and not objects & {"grand"}
        ):
            return None, scope
        if norm[term.start].startswith("enl") and not objects & {
            "course",
            "manche",
            "epreuve",
            "finale",
            "victoire",
            "categorie",
            "classe",
            "groupe",
            "rallye",
        }:
            return None, scope
        return "final", scope

    def _car_behind(self, term: Term) -> bool:
        """Tell whether it is a car that somebody leads to a win: "impose la Peugeot", "impose sa monture"."""
        terms = self.tokens.terms("names")
        norm = self.tokens.norm
        if norm[term.end : term.end + 1] == [] or norm[term.end] not in _OWNED:
            return False
        i = term.end + 1
        return norm[i : i + 1] in _CARS or any(t.category == "make" for t in terms.get(i, ()))

    def _wins_place(self, term: Term, reach: int) -> bool:
        """Tell whether no race but places are won: "gagne la troisième place", "en gagne cinq"."""
        norm = self.tokens.norm
        if term.end == len(norm):
            return False
        if norm[term.start - 1] == "en" and cardinal(norm[term.end]) is not None:
            return True
        for i in range(term.end, term.end + min(reach, 4)):
            found = ordinal_at(norm, i)
            if found is not None and found[0] > 1 and PLACE_NOUNS & set(norm[found[1] : found[1] + 1]):
                return True
        return False

    def _class_given(self, term: Term, sentence: Sentence) -> str | None:
        """Return the class that a verb hands to somebody: "Le groupe N revient à X"."""
        norm = self.tokens.norm
        for name in reversed(self.context.classes_between(sentence.first, term.start)):
            first = name.first
            while first > sentence.first and norm[first - 1] in _CLASS_NOUNS:
                first -= 1
            opens = (
                first == sentence.first or self.tokens.text[first - 1] in ",;:." or norm[first - 1] == "et"
            )
            if (
                opens
                and name.last < term.start + 1
                and all(n in _LIGHT for n in norm[name.last : term.start])
            ):
                return self.context.label(name)
            return None
        return None

    def _about_win(self, term: Term, sentence: Sentence) -> bool:
        """Tell whether a win is what "revient à X" hands out."""
        if self._class_given(term, sentence) is not None:
            return True
        words = self.tokens.norm[max(sentence.first, term.start - 9) : term.start]
        if set(words) & {"place", "marche", "position", "pole", "temps", "scratch", "rang"}:
            return False
        return bool(
            set(words)
            & {
                "victoire",
                "succes",
                "course",
                "manche",
                "finale",
                "honneurs",
                "honneur",
                "classe",
                "groupe",
                "couronne",
                "laurier",
                "lauriers",
                "epreuve",
                "coupe",
                "premiere",
                "demi",
                "trophee",
            }
        )

    def _conditional(self, term: Term, sentence: Sentence) -> bool:
        """Tell whether the words only wish or deny it."""
        window = self.tokens.norm[max(sentence.first, term.start - 4) : min(sentence.last, term.end + 2)]
        return bool(
            set(window)
            & {
                "pas",
                "aurait",
                "devrait",
                "pourrait",
                "pouvait",
                "semblait",
                "promise",
                "espoir",
                "espoirs",
                "sans",
                "course",
                "candidats",
                "prive",
                "privee",
            }
            - {"course"}
        )
