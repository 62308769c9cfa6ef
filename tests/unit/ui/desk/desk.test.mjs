// What the frame of the document page computes, without a browser. Run by test_desk_js.py.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const folder = new URL("../../../../extractor/ui/desk/", import.meta.url);
const context = vm.createContext({ console, crypto: globalThis.crypto, Intl, setTimeout, Node: { ELEMENT_NODE: 1 } });
const files = ["dom.js", "units.js", "outbox.js", "state.js", "text.js", "search.js"];
vm.runInContext(files.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n"), context);
const ours = (expression) => vm.runInContext(expression, context);
const plain = (value) => JSON.parse(JSON.stringify(value));

const TEXT = "🏁 Zoé 🇫🇷 e\u0301té 👨‍👩‍👧 fin";

test("places go from code points to UTF-16 units and back", () => {
  const units = ours("unitsOf")(TEXT);
  const points = [...TEXT];
  assert.equal(units.length, points.length);
  for (let point = 0; point <= points.length; point += 1) {
    const unit = points.slice(0, point).join("").length;
    assert.equal(units.toUnits(point), unit);
    assert.equal(units.toPoints(unit), point);
  }
});

test("a text without pairs counts the same both ways", () => {
  const units = ours("unitsOf")("Évènement");
  assert.equal(units.toUnits(4), 4);
  assert.equal(units.length, 9);
});

test("a selection never cuts a flag, a family or an accent in two", () => {
  const whole = (from, to) => TEXT.slice(...ours("wholeCharacters")(TEXT, from, to));
  const flag = TEXT.indexOf("🇫🇷");
  assert.equal(whole(flag + 2, flag + 3), "🇫🇷");
  const accent = TEXT.indexOf("\u0301");
  assert.equal(whole(accent, accent + 1), "e\u0301");
  const family = TEXT.indexOf("👨");
  assert.equal(whole(family + 3, family + 5), "👨‍👩‍👧");
  assert.equal(whole(0, 2), "🏁");
});

test("the caret goes by word and by character as a reader sees them", () => {
  const text = "L'écurie Dubois, 2e";
  const moved = ours("movedPlace");
  assert.deepEqual([0, 2, 9, 17].map((place) => moved(text, place, 1, "word")), [2, 9, 17, 19]);
  assert.deepEqual([19, 17, 9].map((place) => moved(text, place, -1, "word")), [17, 9, 2]);
  assert.equal(moved("e\u0301te\u0301", 0, 1, "character"), 2);
  assert.equal(moved("🇫🇷!", 4, -1, "character"), 0);
  assert.equal(ours("wordEnd")(text, 9), 15);
});

test("spans that overlap or hold one another are cut apart", () => {
  const cut = plain(ours("cutText")(10, [{ start: 0, end: 6, id: "a" }, { start: 4, end: 8, id: "b" }, { start: 9, end: 99, id: "outside" }]));
  assert.deepEqual(cut.map(({ start, end, covers }) => [start, end, covers.map((one) => one.id).join("")]),
    [[0, 4, "a"], [4, 6, "ba"], [6, 8, "b"], [8, 10, ""]]);
});

test("searching passes over capitals, accents and curly apostrophes", () => {
  assert.deepEqual(plain(ours("placesOf")("L’Écurie DUBOIS, l'ecurie Dubois", "l'écurie")), [[0, 8], [17, 25]]);
  assert.deepEqual(plain(ours("placesOf")("abc", "")), []);
});

// ---------------------------------------------------------------------------------------------- the outbox

function storage() {
  const kept = new Map();
  return { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value), removeItem: (name) => kept.delete(name), kept };
}

function data(more = {}) {
  const span = { start: 0, end: 3, text: "Zoé" };
  const result = { id: "r1", session: "s1", kind: "final", position: 1, drivers: [], confidence: 0.5, evidence: [span] };
  return { key: "k", reading: 1, reviewer: "Zoé", head: 0, lang: "fr", words: {}, text: "Zoé gagne", pages: [], marks: {}, gone: {}, loose: [],
    stranded: [], findings: [], log: [], saved: [], refused: [], stale: null, lock: null, status: "new", order: ["r1"], next: null,
    record: { document: {}, event: {}, sessions: [], drivers: [], teams: [], entries: [], incidents: [], quotes: [], results: [result] }, ...more };
}

function opened(store = storage(), first = data()) {
  const desk = ours("createDesk")(store);
  const sent = [];
  desk.send = (outbox) => sent.push(plain(outbox));
  desk.receive(first);
  return { desk, sent, store };
}

/** What Python answers when it has saved these decisions. */
function confirmed(decisions, more = {}) {
  const log = decisions.map(({ id, at, change }) => ({ id, at, reviewer: "Zoé", action: change.action, targets: change.targets ?? [change.decision], undone: false }));
  return data({ head: log.length, saved: log.map((entry) => entry.id), log, ...more });
}

test("a decision is applied at once, sent, and kept until it is confirmed", () => {
  const { desk, sent, store } = opened();
  const made = desk.decide({ action: "accept", targets: ["r1"] });
  assert.equal(desk.marks.r1.verdict, "accepted");
  assert.deepEqual(sent.at(-1).decisions, [{ id: made.id, at: made.at, change: { action: "accept", targets: ["r1"] } }]);
  assert.equal(store.kept.size, 1);
  const saved = [];
  desk.on("saved", ({ ids }) => saved.push(...ids));
  desk.receive(confirmed([made]));
  assert.deepEqual(saved, [made.id]);
  assert.equal(desk.outbox.pending.length, 0);
  assert.equal(store.kept.size, 0);
});

test("every message holds all that is not confirmed", () => {
  const { desk, sent } = opened();
  desk.decide({ action: "note", target: "r1", old: "", new: "à voir" });
  desk.decide({ action: "accept", targets: ["r1"] });
  assert.equal(sent.at(-1).decisions.length, 2);
  assert.equal(sent.at(-1).head, 0);
});

test("what was not confirmed is sent again after a reload", () => {
  const { desk, store } = opened();
  const made = desk.decide({ action: "reject", targets: ["r1"] });
  const again = opened(store);
  assert.equal(again.sent.at(-1).decisions[0].id, made.id);
  assert.ok("r1" in again.desk.gone);
  assert.deepEqual(opened(store, data({ reviewer: "Paul" })).sent, []);
});

test("what was refused is taken back here and told", () => {
  const { desk } = opened();
  const made = desk.decide({ action: "accept", targets: ["r1"] });
  const told = [];
  desk.on("refused", (refusal) => told.push(refusal.message));
  desk.receive(data({ refused: [{ id: made.id, message: "non" }] }));
  assert.deepEqual(told, ["non"]);
  assert.equal(desk.marks.r1?.verdict, undefined);
  assert.equal(desk.outbox.pending.length, 0);
});

test("what others forestalled is held back and offered again", () => {
  const { desk, sent } = opened();
  const made = desk.decide({ action: "accept", targets: ["r1"] });
  desk.receive(data({ head: 3, stale: { ids: [made.id], by: ["Paul"] } }));
  assert.equal(desk.marks.r1?.verdict, undefined);
  assert.equal(desk.outbox.stale.length, 1);
  desk.settleStale(true);
  assert.equal(desk.marks.r1.verdict, "accepted");
  assert.equal(sent.at(-1).head, 3);
});

test("a lock of somebody else's lets nobody decide", () => {
  const { desk, sent } = opened(storage(), data({ lock: { holder: "Paul", mine: false, until: "" } }));
  assert.equal(desk.decide({ action: "accept", targets: ["r1"] }), null);
  assert.deepEqual(sent, []);
});

test("storage that refuses is told, and loses nothing that is here", () => {
  const { desk } = opened({ getItem: () => { throw new Error("forbidden"); }, setItem: () => { throw new Error("full"); }, removeItem: () => {} });
  desk.decide({ action: "accept", targets: ["r1"] });
  assert.equal(desk.outbox.kept, false);
  assert.equal(desk.outbox.pending.length, 1);
});

test("undo and redo go back and forth over what is confirmed and what is not", () => {
  const { desk } = opened();
  const first = desk.decide({ action: "accept", targets: ["r1"] });
  desk.receive(confirmed([first], { marks: { r1: { verdict: "accepted", decision: first.id, note: "" } } }));
  const second = desk.decide({ action: "edit", target: "r1", fields: { position: { old: 1, new: 2 } } });
  assert.equal(desk.undo().change.decision, second.id);
  assert.equal(desk.thing("r1").position, 1);
  const undoing = desk.undo();
  assert.equal(undoing.change.decision, first.id);
  assert.equal(desk.marks.r1.verdict, null);
  assert.equal(desk.undo(), null);
  assert.equal(desk.redo().change.decision, undoing.id);
  desk.redo();
  assert.equal(desk.thing("r1").position, 2);
  assert.equal(desk.redo(), null);
});

test("after a new decision there is nothing to do again", () => {
  const { desk } = opened();
  desk.decide({ action: "accept", targets: ["r1"] });
  desk.undo();
  desk.decide({ action: "note", target: "r1", old: "", new: "x" });
  assert.equal(desk.redo(), null);
});

test("what is added is there at once, and what is rejected is gone at once", () => {
  const { desk } = opened();
  const id = ours("newThingId")("incidents");
  assert.match(id, /^ix[0-9a-f]{10}$/);
  desk.decide({ action: "add", part: "incidents", thing: { id, type: "spin", evidence: [{ start: 0, end: 3, text: "Zoé" }] } });
  assert.equal(desk.partOf(id), "incidents");
  assert.ok(desk.order().includes(id));
  desk.decide({ action: "reject", targets: [id] });
  assert.equal(desk.thing(id).type, "spin");
  assert.ok(desk.decided(id));
});

test("more than Python takes at once goes in parts, in order", () => {
  const { desk, sent } = opened();
  const made = Array.from({ length: 700 }, (_, n) => desk.decide({ action: "note", target: "r1", old: "", new: String(n) }));
  assert.equal(sent.at(-1).decisions.length, 500);
  desk.receive(confirmed(made.slice(0, 500)));
  assert.deepEqual(sent.at(-1).decisions.map((one) => one.id), made.slice(500).map((one) => one.id));
});

test("an outbox that cannot be read at all is said to be so, and nothing in it is lost", () => {
  const { desk } = opened();
  desk.decide({ action: "accept", targets: ["r1"] });
  const told = [];
  desk.on("refused", (refusal) => told.push(refusal.message));
  desk.receive(data({ refused: [{ id: "", message: "illisible" }] }));
  assert.deepEqual(told, ["illisible"]);
  assert.equal(desk.outbox.pending.length, 1);
});

test("an id may be any word at all", () => {
  const first = data();
  first.record.results[0].id = "constructor";
  const { desk } = opened(storage(), first);
  assert.equal(desk.decided("constructor"), false);
  desk.decide({ action: "accept", targets: ["constructor"] });
  assert.equal(desk.marks.constructor.verdict, "accepted");
});

test("two windows keep their decisions side by side", () => {
  const store = storage();
  const [one, other] = [opened(store), opened(store)];
  const first = one.desk.decide({ action: "accept", targets: ["r1"] });
  const second = other.desk.decide({ action: "note", target: "r1", old: "", new: "x" });
  one.desk.receive(confirmed([first]));
  const kept = JSON.parse([...store.kept.values()][0]);
  assert.deepEqual(kept.map((decision) => decision.id), [second.id]);
  other.desk.receive(confirmed([first, second]));
  assert.equal(store.kept.size, 0);
});
