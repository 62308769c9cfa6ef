// A classification as rows: what is odd about it while it is typed, and which decisions make it so. Pure.

const Flags = (() => {
  /** Kinds in which everybody has one place at one time; `running` tells of many moments. */
  const ORDERED = new Set(["final", "grid", "qualifying", "championship"]);
  const OUT = new Set(["dnf", "dns", "dsq", "nc"]);
  const WRITTEN = {
    place: (row) => Values.place(row.place),
    laps: (row) => Values.whole(row.laps, 0),
    time: (row) => Values.duration(row.time),
    gap: (row) => Values.gap(row.gap),
  };

  /** Ids of those of whom the record says that they fell out of a session. */
  function retired(record, session) {
    const out = new Set();
    for (const result of record.results) {
      if (result.session === session && result.status === "dnf") for (const id of result.drivers) out.add(id);
    }
    for (const incident of record.incidents) {
      if (incident.session !== session) continue;
      const roles = incident.type === "retirement" ? ["subject"] : ["subject", "victim"];
      if (incident.type !== "retirement" && !(incident.consequences ?? []).includes("retirement")) continue;
      for (const one of incident.participants ?? []) if (one.driver && roles.includes(one.role)) out.add(one.driver);
    }
    return out;
  }

  const isSame = (a, b) => a.length === b.length && a.every((id) => b.includes(id));
  const flag = (code, keys, column, values = {}, severity = "warning") => ({ code, keys, column, values, severity });

  /** Cells that cannot be read as what their column holds. */
  function unreadable(rows) {
    const flags = [];
    for (const row of rows) {
      for (const [column, read] of Object.entries(WRITTEN)) {
        if (String(row[column] ?? "").trim() && read(row) === null) {
          flags.push(flag(`bad_${column}`, [row.key], column, {}, "error"));
        }
      }
      if (!row.drivers.length) flags.push(flag("nobody", [row.key], "drivers", {}, "error"));
    }
    return flags;
  }

  /** Two winners, two at one place, places that nobody has. */
  function places(rows) {
    const at = new Map();
    for (const row of rows) {
      const place = Values.place(row.place);
      if (place !== null) at.set(place, [...(at.get(place) ?? []), row]);
    }
    const flags = [];
    for (const [place, there] of at) {
      const apart = there.some((row) => !isSame(row.drivers, there[0].drivers));
      if (there.length < 2 || !apart) continue;
      flags.push(
        flag(
          place === 1 ? "two_winners" : "shared_place",
          there.map((row) => row.key),
          "place",
          { place },
        ),
      );
    }
    let expected = 1;
    for (const place of [...at.keys()].sort((a, b) => a - b)) {
      if (place > expected) {
        const last = place - 1;
        const code = expected === last ? "gap" : "gaps";
        flags.push(flag(code, [at.get(place)[0].key], "place", { first: expected, last }, "info"));
      }
      // Two who share a place leave the next one empty.
      expected = Math.max(expected, place + at.get(place).length);
    }
    return flags;
  }

  /** People who stand there twice, who fell out and are placed, or who have neither place nor reason. */
  function people(rows, kind, out) {
    const flags = [];
    const seen = new Map();
    for (const row of rows) {
      const place = Values.place(row.place);
      if (OUT.has(row.status) && place !== null) flags.push(flag("out_with_place", [row.key], "status", { place }));
      if (kind === "final" && row.status === "classified" && !String(row.place ?? "").trim()) {
        flags.push(flag("no_place", [row.key], "place", {}, "info"));
      }
      const fell = row.status === "classified" && place !== null && row.drivers.some((id) => out.has(id));
      if (fell) flags.push(flag("retired_yet_classified", [row.key], "status"));
      for (const id of row.drivers) seen.set(id, [...(seen.get(id) ?? []), row.key]);
    }
    for (const [driver, keys] of seen)
      if (keys.length > 1) flags.push(flag("driver_twice", keys, "drivers", { driver }));
    return flags;
  }

  /**
   * What is odd about rows `{key, place, drivers, team, number, time, gap, laps, status}`, cells as typed.
   * `out` has the ids of those who fell out. Returns `{code, keys, column, values, severity}` each.
   */
  function of(rows, kind, out = new Set()) {
    const flags = unreadable(rows);
    if (!ORDERED.has(kind)) return flags;
    return [...flags, ...places(rows), ...people(rows, kind, kind === "final" ? out : new Set())];
  }

  /** The entry that a row's team and number come from: the result's own, else the driver's in that session. */
  function entryOf(record, result) {
    const own = record.entries.find((entry) => entry.id === result.entry);
    if (own) return own;
    const theirs = record.entries.filter((entry) => entry.drivers.some((id) => result.drivers.includes(id)));
    return theirs.find((entry) => entry.session === result.session) ?? theirs.find((entry) => !entry.session) ?? null;
  }

  /** A result as a row. */
  function row(record, result, lap) {
    const entry = entryOf(record, result);
    return {
      key: result.id,
      id: result.id,
      place: result.position === null ? "" : String(result.position ?? ""),
      drivers: [...result.drivers],
      team: entry?.team ?? null,
      number: entry?.number ?? "",
      time: Values.writtenDuration(result.time),
      gap: Values.writtenGap(result.gap, lap),
      laps: result.laps === null || result.laps === undefined ? "" : String(result.laps),
      status: result.status,
      thing: result,
      entry,
      evidence: result.evidence,
    };
  }

  /** Order of a results sheet: places, then those without one, as the text tells them. */
  function byPlace(a, b) {
    const rank = (result) => result.position ?? 1000 + ["classified", "nc", "dnf", "dsq", "dns"].indexOf(result.status);
    return rank(a) - rank(b) || (a.evidence[0]?.start ?? 0) - (b.evidence[0]?.start ?? 0);
  }

  /** The record's value of each cell of a row; `gap` may be a duration or laps. */
  function read(row) {
    const blank = (text) => !String(text ?? "").trim();
    return {
      position: blank(row.place) ? null : Values.place(row.place),
      drivers: row.drivers,
      status: row.status,
      time: blank(row.time) ? null : Values.duration(row.time),
      gap: blank(row.gap) ? null : Values.gap(row.gap),
      laps: blank(row.laps) ? null : Values.whole(row.laps, 0),
    };
  }

  /** Fields of `after` that differ from `thing`, as an edit has them. */
  function changed(thing, after) {
    const fields = {};
    for (const [name, value] of Object.entries(after)) {
      if (!Values.same(thing[name], value)) fields[name] = { old: thing[name] ?? null, new: value };
    }
    return fields;
  }

  /** The decision on a row's entry where team or number differ from what the record has; null where they do not. */
  function entryChange(row, sheet, newId) {
    const number = String(row.number ?? "").trim() || null;
    if (!row.entry || !isSame(row.entry.drivers, row.drivers)) {
      const already = row.entry && row.entry.team === row.team && (row.entry.number ?? null) === number;
      if ((!row.team && !number) || already || !row.drivers.length) return null;
      const thing = {
        id: newId("entries"),
        session: sheet.session,
        drivers: row.drivers,
        team: row.team,
        number,
        car: null,
        classes: [],
        evidence: row.evidence,
        confidence: 1,
      };
      return { action: "add", part: "entries", thing };
    }
    const fields = changed(row.entry, { team: row.team, number });
    return Object.keys(fields).length ? { action: "edit", target: row.entry.id, fields } : null;
  }

  /** A row that is new, as the decision that adds it. */
  function addition(row, sheet, newId) {
    const thing = {
      id: newId("results"),
      session: sheet.session,
      kind: sheet.kind,
      scope: sheet.scope,
      ...read(row),
      entry: null,
      points: null,
      standing: "stated",
      evidence: row.evidence,
      confidence: 1,
    };
    return { action: "add", part: "results", thing };
  }

  /**
   * The decisions that turn the rows that were there into those that are: few, and none for what stayed.
   * A row without `id` is new. Times that were only written otherwise are no change.
   */
  function decisions(before, after, sheet, newId = newThingId) {
    const edits = [],
      additions = [],
      entries = new Map();
    for (const row of after) {
      if (!row.id) additions.push(addition(row, sheet, newId));
      else {
        const was = before.find((other) => other.id === row.id);
        const values = read(row);
        for (const name of ["time", "gap", "laps"]) if (row[name] === was[name]) delete values[name];
        const fields = changed(row.thing, values);
        if (Object.keys(fields).length) edits.push({ action: "edit", target: row.id, fields });
      }
      const was = before.find((other) => other.id === row.id);
      const untouched = was && was.team === row.team && was.number === row.number && isSame(was.drivers, row.drivers);
      const entry = untouched ? null : entryChange(row, sheet, newId);
      if (entry) entries.set(entry.target ?? entry.thing.id, entry);
    }
    const kept = new Set(after.map((row) => row.id));
    const targets = before.map((row) => row.id).filter((id) => !kept.has(id));
    const rejections = targets.length ? [{ action: "reject", targets }] : [];
    return [...rejections, ...edits, ...additions, ...entries.values()];
  }

  return { ORDERED, byPlace, changed, decisions, entryOf, of, read, retired, row };
})();
