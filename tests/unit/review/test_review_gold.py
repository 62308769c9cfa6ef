"""Reviewed documents become gold: what is learnt from, what is not and why, and files that training reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from extractor.corpus.library import check_reports, load_split, report_files
from extractor.errors import InputError, OutputError
from extractor.record import RaceRecord
from extractor.review.decisions import (
    FIRST,
    SECOND,
    SETTLED,
    Accept,
    Change,
    Edit,
    Merge,
    Reading,
    Reject,
    Replaced,
    Retext,
    SetStatus,
)
from extractor.training.gold import collect, fingerprint
from tests.unit.review.readings import TEXT, decide, extracted

pytest.importorskip("sqlalchemy")
pytest.importorskip("alembic")

from extractor.review.doubling import bench, choose, every_row, may_be_opened_settled, measured
from extractor.review.gold import LIST, Candidate, Refusal, as_report, candidates, export, metadata_of
from extractor.review.queue import QueueFilter
from extractor.review.store import Store

REVIEWED = SetStatus(old="in_review", new="reviewed")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path / 'desk.db'}") as one:
        yield one


def read(store: Store, changes: Sequence[Change], reading: Reading = FIRST, reviewer: str = "Odile") -> str:
    """Add the report, if it is not there, and decide on it."""
    key = store.add_document(extracted(), model="essai", origin="charade.txt").key
    made = [decide(change, reading, reviewer).model_copy(update={"document": key}) for change in changes]
    store.append(made, head=store.state(key, reading).head)
    return key


def found(store: Store) -> list[Candidate | Refusal]:
    return list(candidates(store, {}))


class TestWhatCounts:
    def test_reviewed_counts_with_all_that_was_let_stand(self, store: Store) -> None:
        read(store, [Reject(targets=("i1",)), REVIEWED])
        (one,) = found(store)
        assert isinstance(one, Candidate)
        assert len(one.record.results) == 3
        assert {fact.confidence for fact in one.record.facts()} == {1.0}
        assert one.changes["incidents", "rejected"] == 1
        assert one.changes["results.final", "undecided"] == 2

    @pytest.mark.parametrize("status", ["in_review", "disputed", "rejected"])
    def test_nothing_else_counts(self, store: Store, status: str) -> None:
        read(store, [Accept(targets=("r1",)), SetStatus.model_validate({"old": "new", "new": status})])
        assert found(store) == []

    def test_a_double_waits_for_its_second_reading_and_for_the_settling(self, store: Store) -> None:
        edit = Edit(target="r2", fields={"position": Replaced(old=2, new=3)})
        key = read(store, [edit, REVIEWED])
        assert may_be_opened_settled(store, key)
        store.assign_double([key])
        assert not may_be_opened_settled(store, key)
        assert [one.code for one in found(store) if isinstance(one, Refusal)] == ["waits_second"]
        read(store, [REVIEWED], SECOND, "Basile")
        assert [one.code for one in found(store) if isinstance(one, Refusal)] == ["open"]
        assert may_be_opened_settled(store, key)
        place = bench(store, key, "Claire")
        assert (place.stage, place.readers) == ("open", ("Odile", "Basile"))
        assert place.settling is not None
        store.append(place.settling.pick(place.settling.open[0], "second"), head=place.head)
        (one,) = found(store)
        assert isinstance(one, Candidate)
        assert sorted(r.position or 0 for r in one.record.results if r.kind == "final") == [1, 2]
        assert store.decisions(key, SETTLED)[0].reviewer == "Claire"

    def test_two_readings_that_agree_need_no_settling(self, store: Store) -> None:
        key = read(store, [Accept(targets=("r1",)), REVIEWED])
        store.assign_double([key])
        read(store, [REVIEWED], SECOND, "Basile")
        assert isinstance(found(store)[0], Candidate)

    def test_texts_to_measure_by_are_refused_a_corrected_letter_makes_no_other_of_them(
        self, store: Store
    ) -> None:
        correction = Retext(start=0, end=7, old="TROPHÉE", new="TROPHEE")
        read(store, [correction, REVIEWED])
        (one,) = candidates(store, {fingerprint(TEXT): "test"})
        assert isinstance(one, Refusal)
        assert (one.code, one.part) == ("text_held_out", "test")


class TestFiles:
    def exported(self, store: Store, folder: Path) -> list[Candidate]:
        ready = [one for one in found(store) if isinstance(one, Candidate)]
        export(ready, folder)
        return ready

    def test_training_takes_them_and_the_check_has_nothing_against_them(
        self, store: Store, tmp_path: Path
    ) -> None:
        place = TEXT.index("Chastenct")
        correction = Retext(start=place, end=place + 9, old="Chastenct", new="Chastenet")
        read(store, [Merge(part="drivers", keep="d1", others=("d3",)), correction, REVIEWED])
        (gold,) = self.exported(store, tmp_path / "gold")
        (path,) = report_files([tmp_path / "gold"])
        assert [problems for _, problems in check_reports([path])] == [[]]
        corpus = tmp_path / "corpus"
        for split in ("train", "dev"):
            (corpus / "texts" / split).mkdir(parents=True)
            text = path.read_text("utf-8").replace("TROPHÉE DES VOLCANS", f"TROPHÉE {split.upper()}")
            (corpus / "texts" / split / f"{split}.report").write_text(text, "utf-8")
        taken = collect(corpus, [tmp_path / "gold"])
        assert (taken.reviewed, taken.refused) == (1, [])
        assert taken.train[-1].record == gold.record
        assert "Chastenct" not in gold.record.document.text

    def test_what_is_no_gold_any_more_goes(self, store: Store, tmp_path: Path) -> None:
        key = read(store, [REVIEWED])
        (gold,) = self.exported(store, tmp_path / "gold")
        again = SetStatus(old="reviewed", new="in_review")
        store.append([decide(again).model_copy(update={"document": key})], head=1)
        assert export([], tmp_path / "gold").removed == (gold.name,)
        assert {path.name for path in (tmp_path / "gold").iterdir()} == {LIST}

    def test_other_peoples_files_are_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text("à moi", "utf-8")
        with pytest.raises(OutputError):
            export([], tmp_path)

    @pytest.mark.parametrize("row", ["../../x,k,h,yes", "x/y,k,h,yes", ",k,h,yes"])
    def test_a_list_that_leads_elsewhere_is_refused(self, tmp_path: Path, row: str) -> None:
        (tmp_path / LIST).write_text(f"name,key,sha256,report\n{row}\n", "utf-8")
        with pytest.raises(InputError):
            export([], tmp_path)

    def test_what_the_notation_cannot_say_is_written_as_a_record_alone(self) -> None:
        record = extracted()
        shape = record.model_dump(mode="json")
        shape["event"]["name"] = 'Trophée "des Volcans"'
        told = as_report(RaceRecord.model_validate(shape), metadata_of(record))
        assert (told.source, told.obstacle.partition(":")[0]) == (None, "quote_mark")


@pytest.mark.slow
def test_every_record_of_the_corpus_becomes_a_report_that_the_check_accepts() -> None:
    for report in load_split(Path("corpus"), "dev"):
        from extractor.corpus.normal import numbered

        assert as_report(numbered(report.record), metadata_of(report.record)).obstacle == "", report.name


class TestSample:
    def many(self, store: Store, count: int) -> None:
        for number in range(count):
            text = f"{TEXT}\nÉdition {number}."
            shape = extracted().model_dump(mode="json")
            shape["document"]["text"] = text
            shape["event"]["season"] = 1950 + 10 * (number % 2)
            store.add_document(RaceRecord.model_validate(shape), model="essai", origin=f"{number}.txt")

    def test_a_share_is_chosen_once_and_each_period_has_its_own(self, store: Store) -> None:
        self.many(store, 40)
        rows = list(every_row(store, QueueFilter()))
        chosen = choose(rows, 0.2, seed=7)
        assert len(chosen) == len(set(chosen)) == 8
        assert choose(rows, 0.2, seed=7) == chosen
        assert choose(rows, 0.2, seed=8) != chosen
        store.assign_double(chosen)
        rows = list(every_row(store, QueueFilter()))
        assert choose(rows, 0.2, seed=7) == ()
        assert len(choose(rows, 0.3, seed=7)) == 4

    def test_nothing_is_chosen_of_nothing(self) -> None:
        assert choose([], 0.5, seed=1) == ()


def test_agreement_is_measured_before_anything_is_settled(store: Store) -> None:
    key = read(store, [Reject(targets=("i1",)), REVIEWED])
    store.assign_double([key])
    assert measured(store).documents == 0
    read(store, [REVIEWED], SECOND, "Basile")
    told = measured(store)
    assert told.documents == 1
    assert told.judgments["incidents"].observed == 0.0
    assert told.presence["results"].observed == 1.0
    assert told.judgments["all"].is_thin
