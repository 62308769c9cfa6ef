"""What leaves the desk: records, the log, gold. Each is taken as a file and read again."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from desk_visits import Visiting, state

from extractor.record import RaceRecord
from extractor.review.store import Store
from tools import desk_in_browser as desk


def taken(page: Any, folder: Path, name: str) -> Path:
    """Press what hands a file over; return where it is."""
    with page.expect_download(timeout=60_000) as waiting:
        page.get_by_role("button", name=name).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def test_records_log_and_gold_leave_whole(
    server: desk.Running, visit: Visiting, key: str, tmp_path: Path
) -> None:
    here = visit("Camille Aubert").document(key)
    here.page.evaluate(f"{desk.DESK}.focus('i1', 'key')")
    here.press("x", "f")
    here.until("desk.status === 'reviewed'")
    here.saved()
    reviewed = state(server, key).record

    page = here.see("exchange")
    prepare = page.get_by_role("button", name="Préparer le fichier")
    prepare.nth(0).click()
    page.get_by_role("button", name="Télécharger parc-ferme-enregistrements").wait_for(timeout=60_000)
    file = taken(page, tmp_path, "Télécharger parc-ferme-enregistrements")
    records = [RaceRecord.model_validate_json(line) for line in file.read_text("utf-8").splitlines()]
    assert reviewed.model_dump(exclude={"findings"}) in [
        record.model_dump(exclude={"findings"}) for record in records
    ]

    page.get_by_text("Avec les documents et leurs enregistrements").click()
    desk.wait_idle(page)
    prepare.nth(1).click()
    page.get_by_role("button", name="Télécharger parc-ferme-journal").wait_for(timeout=60_000)
    log = taken(page, tmp_path, "Télécharger parc-ferme-journal")
    assert all(isinstance(json.loads(line), dict) for line in log.read_text("utf-8").splitlines())
    with Store.open(str(tmp_path / "again.db")) as again, log.open(encoding="utf-8") as lines:
        done = again.import_log(lines)
        assert done.refused == ()
        assert again.state(key).reviewed == state(server, key)

    page = here.see("learning")
    gold = taken(page, tmp_path, "Télécharger (ZIP)")
    with zipfile.ZipFile(gold) as packed:
        names = packed.namelist()
        told = [RaceRecord.model_validate_json(packed.read(name)) for name in names if name.endswith(".json")]
    mine = [record for record in told if record.document.title == "Coupe des Landes"]
    places = [(one.position, one.status, one.drivers, one.evidence) for one in reviewed.results]
    assert places in [
        [(one.position, one.status, one.drivers, one.evidence) for one in record.results] for record in mine
    ]
    assert {one.confidence for record in mine for one in record.results} == {1.0}
