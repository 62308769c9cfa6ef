-- What is looked for, and how it is shown to readers. The tables are made before, from extractor/exports/flat/schema.py.

CREATE INDEX documents_by_id ON documents (document_id);
CREATE INDEX documents_by_sha256 ON documents (sha256);
CREATE INDEX documents_by_season ON documents (event_series, event_season);
CREATE INDEX drivers_by_name ON drivers (name);
CREATE INDEX teams_by_name ON teams (name);
CREATE INDEX entries_by_team ON entries (document, team);
CREATE INDEX entries_by_session ON entries (document, session);
CREATE INDEX results_by_session ON results (document, session, kind, scope, position);
CREATE INDEX results_by_entry ON results (document, entry);
CREATE INDEX incidents_by_session ON incidents (document, session);
CREATE INDEX incidents_by_type ON incidents (type);
CREATE INDEX incidents_by_quote ON incidents (document, asserted_by);
CREATE INDEX participants_by_driver ON participants (document, driver);
CREATE INDEX quotes_by_session ON quotes (document, session);
CREATE INDEX quotes_by_speaker ON quotes (document, speaker);
CREATE INDEX entry_drivers_by_driver ON entry_drivers (document, driver);
CREATE INDEX result_drivers_by_driver ON result_drivers (document, driver);
CREATE INDEX incident_causes_by_cause ON incident_causes (document, cause);
CREATE INDEX finding_about_by_id ON finding_about (document, id);
CREATE INDEX mentions_by_place ON mentions (document, start_char);
CREATE INDEX evidence_by_fact ON evidence (document, id);
CREATE INDEX evidence_by_finding ON evidence (document, finding);
CREATE INDEX evidence_by_told ON evidence (document, told);
CREATE INDEX evidence_by_place ON evidence (document, start_char);

-- Every result with the names that its ids stand for.
CREATE VIEW result_list AS
SELECT r.document, d.document_id, d.event_series, d.event_season, d.event_round, d.event_venue,
       r.result, r.session, s.kind AS session_kind, s.label AS session_label, s.number AS session_number,
       r.kind, r.scope, r.position, r.status,
       (SELECT group_concat(name, ' / ')
          FROM (SELECT p.name FROM result_drivers AS l JOIN drivers AS p USING (document, driver)
                 WHERE l.document = r.document AND l.result = r.result ORDER BY l.n)) AS driver_names,
       t.name AS team_name, e.number, r.time, r.gap, r.gap_laps, r.laps, r.points, r.standing, r.confidence
  FROM results AS r
  JOIN documents AS d USING (document)
  JOIN sessions AS s USING (document, session)
  LEFT JOIN entries AS e ON e.document = r.document AND e.entry = coalesce(r.entry, (
       SELECT x.entry
         FROM entries AS x
         JOIN entry_drivers AS xd USING (document, entry)
         JOIN result_drivers AS rd ON rd.document = x.document AND rd.driver = xd.driver
        WHERE rd.document = r.document AND rd.result = r.result AND (x.session IS NULL OR x.session = r.session)
        ORDER BY x.team IS NULL, x.number IS NULL
        LIMIT 1))
  LEFT JOIN teams AS t ON t.document = e.document AND t.team = e.team;

-- The championship as each report states it.
CREATE VIEW standings AS
SELECT event_series, event_season, event_round, document, document_id, scope, position, driver_names, team_name,
       points, confidence
  FROM result_list
 WHERE kind = 'championship'
 ORDER BY event_series, event_season, event_round, document, scope, position IS NULL, position;

-- Final classifications, the winner first, those who are out last.
CREATE VIEW classifications AS
SELECT document, document_id, event_series, event_season, event_round, session, session_label, scope, position, status,
       driver_names, team_name, number, time, gap, gap_laps, laps, confidence
  FROM result_list
 WHERE kind = 'final'
 ORDER BY document, session, scope, status <> 'classified', position IS NULL, position;

-- Every incident with who had part in it.
CREATE VIEW incident_list AS
SELECT i.document, d.document_id, i.incident, s.label AS session_label, i.type, i.lap, i.when_told, i.where_told,
       (SELECT group_concat(name, ', ')
          FROM (SELECT coalesce(p.name, x.text) AS name
                  FROM participants AS x
                  LEFT JOIN drivers AS p ON p.document = x.document AND p.driver = x.driver
                 WHERE x.document = i.document AND x.incident = i.incident ORDER BY x.n)) AS participant_names,
       i.consequences, i.standing, i.confidence
  FROM incidents AS i
  JOIN documents AS d USING (document)
  JOIN sessions AS s USING (document, session)
 ORDER BY i.document, i.rowid;

-- Speech with who speaks.
CREATE VIEW quote_list AS
SELECT q.document, d.document_id, q.quote, coalesce(p.name, q.speaker_name) AS said_by, q.speaker_role, q.kind, q.text,
       q.confidence
  FROM quotes AS q
  JOIN documents AS d USING (document)
  LEFT JOIN drivers AS p ON p.document = q.document AND p.driver = q.speaker
 ORDER BY q.document, q.rowid;
