"""Poles told with their times: the best time of qualifying as well."""

from __future__ import annotations

from marked import cases, read

TIMED = {
    "signe": "Samedi, Louis Marchal signe la pole en 1'25\"814. Jean Tavernier gagne la course.",
    "pole position": "Louis Marchal décroche la pole position en 1'53\"702 et gagne la course.",
    "with a time": "Louis Marchal place la Ligier en pole position avec un temps de 1'38\"911. Il gagne la course.",
    "auteur": "Auteur de la pole samedi en 2'24\"318, Louis Marchal gagne la course.",
    "avait signé": "Louis Marchal avait signé la pole en 1:35.777, devant Jean Tavernier, et gagne la course.",
    "est revenue": "La pole est revenue à Louis Marchal en 1'12\"4. Jean Tavernier gagne la course.",
}
UNTIMED = {
    "without a time": "Louis Marchal part de la pole et gagne la course.",
    "the race's time": "Parti de la pole, Louis Marchal gagne la course, bouclée en 25'12\"345.",
    "a clock": "Louis Marchal part de la pole à 15 h 10 et gagne la course.",
    "a gap": "Jean Tavernier échoue à 163 millièmes de la pole de Louis Marchal, qui gagne la course.",
    "another's lap": "Louis Marchal part de la pole, Jean Tavernier bat le record du tour en 1'25\"8 et gagne la course.",
}


@cases(TIMED)
def test_a_timed_pole_is_the_best_time_of_qualifying(case: str) -> None:
    assert {"grid 1 Louis Marchal", "qualifying 1 Louis Marchal"} <= read(case).results


@cases(UNTIMED)
def test_a_pole_without_its_time_is_none(case: str) -> None:
    assert not any(line.startswith("qualifying") for line in read(case).results)
