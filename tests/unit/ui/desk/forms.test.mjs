// What the right half of the document page computes, without a browser: values, flags, guesses, what becomes of spans.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";
import url from "node:url";

const folder = url.fileURLToPath(new URL("../../../../extractor/ui/desk/", import.meta.url));
const names = [
  "dom",
  "units",
  "outbox",
  "state",
  "pieces",
  "picker",
  "telling",
  "values",
  "flags",
  "guess",
  "fields",
  "spans",
  "bulk",
  "merging",
  "retext",
  "forms",
  "mentions",
];
const code = names.map((name) => fs.readFileSync(`${folder}${name}.js`, "utf8")).join("\n");
const { Values, Flags, Guess, Fields, Bulk, Merging, Retexting, Picker, newThingId, likeliest, suggested } =
  new Function(
    `${code}\nreturn { Values, Flags, Guess, Fields, Bulk, Merging, Retexting, Picker, newThingId, likeliest, suggested };`,
  )();

if (process.env.SHOW_ENUMS) {
  process.stdout.write(JSON.stringify(Fields.ENUMS));
  process.exit(0);
}

const TEXT = "Course 1 : Anna Marchal (Écurie Lys) gagne devant Paul Obry et Paul Aubry. Obry abandonne au 3e tour.";
const at = (said, from = 0) => {
  const start = Array.from(TEXT.slice(0, TEXT.indexOf(said, from))).length;
  return { start, end: start + Array.from(said).length, text: said };
};
const named = (said, form = "name") => ({ ...at(said), form });

function record() {
  const sure = { evidence: [at("gagne")], confidence: 0.9 };
  const result = {
    session: "s1",
    kind: "final",
    scope: "overall",
    status: "classified",
    entry: null,
    time: null,
    gap: null,
    laps: null,
    points: null,
    standing: "stated",
  };
  return {
    event: {},
    sessions: [{ id: "s1", kind: "race", label: "Course 1", evidence: [at("Course 1")] }],
    drivers: [
      { id: "d1", name: "Anna Marchal", aliases: [], mentions: [named("Anna Marchal")] },
      {
        id: "d2",
        name: "Paul Obry",
        aliases: ["Obry"],
        mentions: [named("Paul Obry"), { ...at("Obry", 75), form: "name" }],
      },
      { id: "d3", name: "Paul Aubry", aliases: [], mentions: [named("Paul Aubry")] },
    ],
    teams: [{ id: "t1", name: "Écurie Lys", aliases: [], mentions: [named("Écurie Lys")] }],
    entries: [
      {
        id: "e1",
        session: null,
        drivers: ["d1"],
        team: "t1",
        number: "7",
        classes: [],
        evidence: [at("Anna Marchal (Écurie Lys)")],
        confidence: 1,
      },
    ],
    results: [
      { ...result, ...sure, id: "r1", position: 1, drivers: ["d1"] },
      {
        ...result,
        ...sure,
        id: "r2",
        position: 2,
        drivers: ["d2"],
        evidence: [at("devant Paul Obry")],
        confidence: 0.6,
      },
    ],
    incidents: [
      {
        id: "i1",
        session: "s1",
        type: "retirement",
        participants: [{ driver: "d2", text: "Obry", role: "subject" }],
        consequences: [],
        caused_by: [],
        evidence: [at("Obry abandonne")],
        confidence: 0.99,
      },
    ],
    quotes: [],
  };
}

const rowsOf = (it) => it.results.map((one) => Flags.row(it, one, ["tour", "tours"]));
const blank = {
  id: null,
  place: "",
  drivers: [],
  team: null,
  number: "",
  time: "",
  gap: "",
  laps: "",
  status: "classified",
  thing: null,
  entry: null,
  evidence: [at("Paul Aubry")],
};
const SHEET = { session: "s1", kind: "final", scope: "overall" };
const codes = (rows, kind = "final", out = new Set()) => Flags.of(rows, kind, out).map((flag) => flag.code);
let made = 0;
const newId = (part) => `${part}-${(made += 1)}`;

test("times are read as people write them", () => {
  const read = {
    "1 h 25 min 12 s 3": "PT1H25M12.300S",
    "25:12.345": "PT25M12.345S",
    "1:25:12,3": "PT1H25M12.300S",
    "25'12\"3": "PT25M12.300S",
    "2’26’’249": "PT2M26.249S",
    "12,3 s": "PT12.300S",
    "1.44.419": "PT1M44.419S",
    "1mn35": "PT1M35.000S",
    "6s5": "PT6.500S",
    "12 s 2/5": "PT12.400S",
    "PT25M12.345S": "PT25M12.345S",
    "+1'02\"": "PT1M2.000S",
    "75:12": "PT75M12.000S",
  };
  for (const [said, iso] of Object.entries(read)) assert.equal(Values.duration(said), iso, said);
});

test("what is no time is none", () => {
  for (const said of ["", "12", "PT", "25:75.1", "1 h 75 min", "deux tours", "12 s 7/5", "<b>1:02</b>", "1:2:3:4"])
    assert.equal(Values.duration(said), null, said);
});

test("a time that was read is written so that it is read again as the same", () => {
  for (const iso of ["PT1H25M12.300S", "PT25M12.345S", "PT12.300S", "PT1H0M0.000S", "PT25M0.000S", "PT0.046S"])
    assert.equal(Values.duration(Values.writtenDuration(iso)), iso);
});

test("every duration that is read is one that the record allows", () => {
  const allowed = /^PT(?:\d+H(?:\d+M)?(?:\d+(?:\.\d{1,3})?S)?|\d+M(?:\d+(?:\.\d{1,3})?S)?|\d+(?:\.\d{1,3})?S)$/;
  for (const said of ["1 h", "25 min", "3 s", "1 h 2 s", "1:02:03.4", "59.9 s"])
    assert.match(Values.duration(said), allowed, said);
});

test("a gap is a time or laps", () => {
  assert.deepEqual(Values.gap("2 tours"), { laps: 2 });
  assert.deepEqual(Values.gap("à 1 tour"), { laps: 1 });
  assert.deepEqual(Values.gap("+ 1 lap"), { laps: 1 });
  assert.equal(Values.gap("0 tour"), null);
  assert.equal(Values.gap("12,3 s"), "PT12.300S");
  assert.equal(Values.writtenGap({ laps: 2 }), "2 tours");
});

test("places, numbers and times of day are read in both languages", () => {
  assert.deepEqual(["1er", "2ème", "3e", "P4", "5th", "6"].map(Values.place), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(["0", "-1", "1,5", "premier", "1e6"].map(Values.place), [null, null, null, null, null]);
  assert.deepEqual(["13 h 10", "9:05", "14h", "25:00"].map(Values.clock), ["13:10", "09:05", "14:00", null]);
});

test("a confidence has its word", () => {
  assert.deepEqual([0.99, 0.85, 0.6, 0.2].map(Values.trust), ["sure", "likely", "unsure", "doubtful"]);
});

test("a sound classification has no flag", () => {
  const rows = rowsOf(record());
  assert.deepEqual(codes(rows), []);
});

test("two winners, two at one place and the places between are flagged", () => {
  const row = (key, place, driver) => ({ ...blank, key, place, drivers: [driver] });
  assert.deepEqual(codes([row("a", "1", "d1"), row("b", "1er", "d2")]), ["two_winners"]);
  assert.deepEqual(codes([row("a", "1", "d1"), row("b", "2", "d2"), row("c", "2", "d3")]), ["shared_place"]);
  const [gap] = Flags.of([row("a", "1", "d1"), row("b", "5", "d2")], "final");
  assert.deepEqual([gap.code, gap.values, gap.severity], ["gaps", { first: 2, last: 4 }, "info"]);
});

test("two who share a place leave the next one empty, which is no gap", () => {
  const row = (key, place, driver) => ({ ...blank, key, place, drivers: [driver] });
  assert.deepEqual(codes([row("a", "1", "d1"), row("b", "2", "d2"), row("c", "2", "d3"), row("d", "4", "d4")]), [
    "shared_place",
  ]);
});

test("places in the course of a race may be held by several", () => {
  const row = (key, place, driver) => ({ ...blank, key, place, drivers: [driver] });
  assert.deepEqual(codes([row("a", "1", "d1"), row("b", "1", "d2")], "running"), []);
});

test("who retired and is classified is flagged, in a final classification alone", () => {
  const it = record();
  const out = Flags.retired(it, "s1");
  assert.deepEqual([...out], ["d2"]);
  assert.deepEqual(codes(rowsOf(it), "final", out), ["retired_yet_classified"]);
  assert.deepEqual(codes(rowsOf(it), "grid", out), []);
});

test("a cell that cannot be read is an error while it is typed", () => {
  const row = { ...blank, key: "a", drivers: ["d1"], place: "un", time: "vite", laps: "-2", gap: "loin" };
  assert.deepEqual(codes([row]).sort(), ["bad_gap", "bad_laps", "bad_place", "bad_time"]);
});

test("a sheet that nobody touched makes no decision", () => {
  const rows = rowsOf(record());
  assert.deepEqual(
    Flags.decisions(
      rows,
      rows.map((row) => ({ ...row })),
      SHEET,
      newId,
    ),
    [],
  );
});

test("cells that were changed make one edit a row, with what stood there before", () => {
  const rows = rowsOf(record());
  const after = rows.map((row) => ({ ...row }));
  Object.assign(after[1], { place: "3e", time: "25:12.3", laps: "12" });
  assert.deepEqual(Flags.decisions(rows, after, SHEET, newId), [
    {
      action: "edit",
      target: "r2",
      fields: { position: { old: 2, new: 3 }, time: { old: null, new: "PT25M12.300S" }, laps: { old: null, new: 12 } },
    },
  ]);
});

test("rows taken out make one rejection, new ones an addition each with its evidence", () => {
  const rows = rowsOf(record());
  const decisions = Flags.decisions(rows, [{ ...blank, key: "n", place: "3", drivers: ["d3"] }], SHEET, newId);
  assert.deepEqual(
    decisions.map((one) => one.action),
    ["reject", "add"],
  );
  assert.deepEqual(decisions[0].targets, ["r1", "r2"]);
  const { thing } = decisions[1];
  assert.deepEqual(
    [thing.session, thing.position, thing.drivers, thing.evidence[0].text, thing.standing],
    ["s1", 3, ["d3"], "Paul Aubry", "stated"],
  );
});

test("a team or number goes to the entry of the driver, or to a new one", () => {
  const it = record();
  const rows = rowsOf(it);
  const after = rows.map((row) => ({ ...row }));
  after[0].number = "8";
  after[1].team = "t1";
  const [edit, add] = Flags.decisions(rows, after, SHEET, newId);
  assert.deepEqual(edit, { action: "edit", target: "e1", fields: { number: { old: "7", new: "8" } } });
  assert.deepEqual([add.part, add.thing.drivers, add.thing.team, add.thing.session], ["entries", ["d2"], "t1", "s1"]);
});

test("a time that was only written otherwise is no change", () => {
  const it = record();
  it.results[0].time = "PT25M12.3S";
  const rows = rowsOf(it);
  assert.deepEqual(
    Flags.decisions(
      rows,
      rows.map((row) => ({ ...row })),
      SHEET,
      newId,
    ),
    [],
  );
});

test("a selection suggests who, where and which place", () => {
  const it = record();
  const range = at("devant Paul Obry et Paul Aubry");
  assert.deepEqual(Guess.named(it.drivers, range), ["d2", "d3"]);
  assert.equal(Guess.session(it, range), "s1");
  assert.deepEqual(["termine 9e du général", "le 3e tour", "P3", "en 12 secondes"].map(Guess.place), [9, 3, 3, null]);
});

test("quote marks and blanks at its ends are no part of a quote", () => {
  const range = { start: 4, end: 16, text: "« Bravo ! » " };
  assert.deepEqual(Guess.trimmed(range, true), { start: 6, end: 13, text: "Bravo !" });
  assert.equal(Guess.trimmed({ start: 0, end: 2, text: "  " }), null);
});

test("a name is found as a whole word, in code points", () => {
  assert.deepEqual(Guess.occurrences("🏁 Obry, Obryon, Obry", "Obry"), [
    { start: 2, end: 6, text: "Obry" },
    { start: 16, end: 20, text: "Obry" },
  ]);
});

test("a new driver rests on the selection where it names him, else on every place of the text", () => {
  assert.deepEqual(
    Guess.mentions(TEXT, "paul obry", at("Paul Obry")).map((one) => one.text),
    ["Paul Obry"],
  );
  assert.equal(Guess.mentions(TEXT, "Obry", null).length, 2);
  assert.deepEqual(Guess.mentions(TEXT, "Personne", null), []);
});

test("a result that is suggested has all that the record asks for", () => {
  const it = record();
  const desk = { record: it, thing: (id) => it.drivers.find((driver) => driver.id === id) };
  const thing = suggested(desk, "results", at("Paul Aubry"));
  assert.deepEqual(
    [thing.session, thing.drivers, thing.evidence, thing.confidence],
    ["s1", ["d3"], [at("Paul Aubry")], 1],
  );
  assert.deepEqual(
    suggested(desk, "incidents", at("Obry abandonne")).participants.map((one) => one.driver),
    ["d2"],
  );
});

test("who is named much alike is proposed, others are not", () => {
  const it = record();
  assert.equal(likeliest(it.drivers, "Paul Obri"), "d2");
  assert.equal(likeliest(it.drivers, "Marchal"), "d1");
  assert.equal(likeliest(it.drivers, "Zoé Lambert"), null);
});

test("names that begin with what is typed come first, accents and case aside", () => {
  const options = ["Écurie Lys", "Team Éclair", "Lys Racing"].map((label) => ({ value: label, label }));
  assert.deepEqual(
    Picker.matching(options, "ec").map((one) => one.value),
    ["Écurie Lys", "Team Éclair"],
  );
  assert.deepEqual(
    Picker.matching(options, "lys").map((one) => one.value),
    ["Lys Racing", "Écurie Lys"],
  );
  assert.deepEqual(Picker.matching(options, "zz"), []);
});

test("what is above a confidence and undecided comes with the errors to expect", () => {
  const list = Bulk.above(record(), (id) => id === "e1", 0.85, Bulk.PARTS_SURE);
  assert.deepEqual(
    list.map((one) => one.id),
    ["r1", "i1"],
  );
  assert.ok(Math.abs(Bulk.wrong(list) - 0.11) < 1e-9);
});

test("likes of a fact are those that share what is asked for", () => {
  const it = record();
  assert.deepEqual(
    Bulk.alike(it, () => false, "results", "r1", "sheet").map((one) => one.id),
    ["r1", "r2"],
  );
  assert.deepEqual(
    Bulk.alike(it, () => false, "results", "r1", "same").map((one) => one.id),
    ["r1"],
  );
  assert.deepEqual(
    Bulk.alike(it, (id) => id === "r2", "results", "r1", "kind").map((one) => one.id),
    ["r1"],
  );
});

test("two spellings are proposed for merging, and what follows is told", () => {
  const it = record();
  assert.deepEqual(Merging.closeTo(it.drivers, "d2"), []); // two letters apart in ten
  it.drivers[0].name = "Sébastien Loiret-Fournier";
  it.drivers[1].name = "Jérémy Lourenço";
  it.drivers[1].aliases = [];
  assert.deepEqual(Merging.closeTo(it.drivers, "d2"), []);
  it.drivers[1].name = "Paul Obry";
  it.drivers[2].name = "Obry Paul";
  assert.deepEqual(Merging.firstPair(it.drivers), ["d2", "d3"]);
  assert.deepEqual(
    Merging.follows(it, "d2").map((one) => one.id),
    ["r2", "i1"],
  );
});

test("facts that rest on the mentions that leave go with them", () => {
  const it = record();
  assert.deepEqual(Merging.restingOn(it, "d2", [it.drivers[1].mentions[1]]), ["i1"]);
});

test("a correction leaves what is before it, moves what is behind, changes what holds it", () => {
  const made = { ...at("Paul Obry"), old: "Paul Obry", now: "Paul Aubry" };
  const fate = (said, from) => Retexting.fate(at(said, from), made);
  assert.equal(fate("Anna Marchal"), "stays");
  assert.equal(fate("Paul Aubry"), "moves");
  assert.equal(fate("devant Paul Obry"), "changes");
  assert.equal(fate("Obry et"), "changes");
});

test("a correction is sent without the words that stay at its ends", () => {
  const made = (old, now) => Retexting.inWords({ start: 10, end: 10 + Array.from(old).length, old, now });
  assert.deepEqual(made("devant Paul Obri et", "devant Paul Obry et"), { start: 22, end: 26, old: "Obri", now: "Obry" });
  assert.deepEqual(made("A B", "A x B"), { start: 12, end: 12, old: "", now: "x " });
  assert.deepEqual(made("un un", "un"), { start: 12, end: 15, old: " un", now: "" });
  assert.deepEqual(made("Obr", "Obry"), { start: 10, end: 13, old: "Obr", now: "Obry" });
});

test("a span whose words are struck out loses its place", () => {
  const made = { ...at("devant Paul Obry et Paul Aubry"), old: "devant Paul Obry et Paul Aubry", now: "." };
  assert.equal(Retexting.fate(at("Obry"), made), "loses");
});

test("the word at the caret is found, in code points", () => {
  assert.deepEqual(Retexting.wordAt("🏁 l’Obry gagne", 6), { start: 2, end: 8, text: "l’Obry" });
  assert.equal(Retexting.wordAt("a  b", 2), null);
});

test("something that lost its only place gets the new one alone", () => {
  const gone = { evidence: [at("gagne")] };
  const desk = { gone: { r1: {} }, thing: () => gone };
  const change = Retexting.reanchored(desk, "r1", at("devant"));
  assert.deepEqual(change.fields.evidence.new, [at("devant")]);
  const there = Retexting.reanchored({ gone: {}, thing: () => gone }, "r1", at("devant"));
  assert.deepEqual(
    there.fields.evidence.new.map((one) => one.text),
    ["gagne", "devant"],
  );
});

test("an id that is new has the letter of its part", () => {
  assert.match(newThingId("results"), /^rx[0-9a-f]{10}$/);
});
