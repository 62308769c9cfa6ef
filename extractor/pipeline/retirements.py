"""What the incidents say of the classification: who did not finish, did not start, was disqualified."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.pipeline.annotations import IncidentFact, People, ResultFact, SessionFact

_STATUS = {"retirement": "dnf", "did_not_start": "dns", "disqualification": "dsq"}


def fallen_out(
    incidents: list[IncidentFact], results: list[ResultFact], sessions: list[SessionFact], people: People
) -> list[ResultFact]:
    """Return the results ``dnf``, ``dns`` and ``dsq`` that the incidents add to those told.

    Who falls out on a special stage is out of the whole rally.
    """
    known = {(r.session, p, r.status) for r in results for p in r.people}
    overall = next((k for k, s in enumerate(sessions) if s.kind == "overall"), None)
    added: list[ResultFact] = []
    for incident in incidents:
        on_stage = overall is not None and sessions[incident.session].kind in ("stage", "leg")
        session = overall if on_stage and overall is not None else incident.session
        for status, out in _out(incident):
            fresh = tuple(p for p in out if people.persons[p].competes and (session, p, status) not in known)
            if fresh:
                known |= {(session, p, status) for p in fresh}
                evidence = list(incident.evidence[:2])
                scope = sessions[session].scope or "overall"
                added.append(
                    ResultFact(
                        session, "final", fresh, None, scope, status, evidence=evidence, rule="incident"
                    )
                )
    return added


def _out(incident: IncidentFact) -> Iterator[tuple[str, list[int]]]:
    """Yield who an incident puts out of the classification, and how."""
    involved = [p.person for p in incident.participants if p.person is not None and p.role != "beneficiary"]
    status = _STATUS.get(incident.type)
    if status in ("dns", "dsq"):
        yield status, involved
    out = incident.retired or (involved if status == "dnf" or "retirement" in incident.consequences else [])
    if out and status not in ("dns", "dsq"):
        yield "dnf", list(dict.fromkeys(out))
