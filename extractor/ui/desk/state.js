// What the page knows: the record as last read, the decisions that are not yet confirmed, and who is told of what.
//
// Spans here are in code points, as in the record. Events and their payloads:
//   data       {first}                     Python sent a state; everything may differ
//   decided    {decision, ids}             a change was made here; `desk.record` and `desk.marks` have it already
//   saved      {ids}                       these decisions have been committed
//   refused    {id, message, decision}     this decision was not taken; the record is as it was before
//   focus      {id, from}                  the current fact; `from` is "text", "facts", "key", "image" or null
//   selection  {start, end, text} | null   the selected stretch of the text
//   open-form  {part, id} | {part, range} | {id, field}
//   jump       {part}                      keys 1 to 6
//   close      {}                          Escape: whatever is open closes
//   saving     {}                          the state of saving differs
//   unsaved    {message}                   something is not saved, or waits for a choice
//   redrawn    {hasOtherText}              the text was drawn anew: nodes of it that were kept are gone
//   filter     {to}, refocus {}            for the list of facts: what it shows, and to take the focus

const PARTS = ["sessions", "drivers", "teams", "entries", "results", "incidents", "quotes"];
const LETTERS = { sessions: "s", drivers: "d", teams: "t", entries: "e", results: "r", incidents: "i", quotes: "q" };
/** What the keys 1 to 6 jump to. */
const JUMPS = ["sessions", "results", "entries", "incidents", "quotes", "findings"];

/** Return an id for something a reviewer adds: no extractor gives one of this form. */
const newThingId = (part) => `${LETTERS[part]}x${newId().slice(0, 10)}`;

/** Return what everything on the page talks to. `storage` is localStorage or alike; null keeps nothing. */
function createDesk(storage = null) {
  const handlers = new Map();
  const outbox = createOutbox(storage);
  let view = emptyView();
  const desk = {
    data: null,
    current: null,
    range: null,
    outbox,
    send: () => {},
    go: () => {},
    get record() { return view.record; },
    get marks() { return view.marks; },
    get gone() { return view.gone; },
    get log() { return view.log; },
    get status() { return view.status; },
    get findings() { return desk.data?.findings ?? []; },
    /** Whether this page may decide: the lock is ours, or there is none. */
    get mayDecide() { return !desk.data?.lock || desk.data.lock.mine; },
  };

  desk.on = (event, handler) => {
    if (!handlers.has(event)) handlers.set(event, new Set());
    handlers.get(event).add(handler);
    return () => handlers.get(event).delete(handler);
  };
  desk.emit = (event, payload = {}) => {
    for (const handler of handlers.get(event) ?? []) handler(payload);
  };

  /** Return the sentence of that key in the page's language, placeholders filled; the key where there is none. */
  desk.words = (key, values = {}) =>
    String(desk.data?.words?.[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  /** Return the thing of that id as it stands, also one that is gone; undefined where there is none. */
  desk.thing = (id) => (id === "event" || id === "document" ? view.record?.[id] : view.index.get(id)?.thing ?? view.gone[id]?.thing);
  desk.partOf = (id) => view.index.get(id)?.part ?? view.gone[id]?.part ?? (id === "event" || id === "document" ? id : undefined);
  /** Return the spans that say so: a fact's evidence, or where a driver or team is mentioned. */
  desk.spans = (id) => {
    const finding = /^finding:(\d+)$/.exec(id ?? "");
    const thing = finding ? desk.findings[Number(finding[1])] : desk.thing(id);
    return thing?.mentions ?? thing?.evidence ?? [];
  };
  desk.decided = (id) => Boolean(view.marks[id]?.verdict) || id in view.gone;
  /** Ids, most doubtful first, those that were added here included. */
  desk.order = () => {
    const known = new Set(desk.data?.order ?? []);
    return [...known, ...[...view.index.keys()].filter((id) => !known.has(id))];
  };
  /** Ids in the order in which they are passed by j and k: as the text tells them; a panel may say otherwise. */
  desk.sequence = () => {
    const first = (id) => desk.spans(id)[0]?.start ?? Infinity;
    return [...view.index.keys()].map((id, n) => [first(id), n, id])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , id]) => id);
  };

  desk.receive = (data) => {
    const moved = !desk.data || desk.data.key !== data.key || desk.data.reading !== data.reading
      || desk.data.reviewer !== data.reviewer;
    desk.data = data;
    if (moved) {
      outbox.open(data);
      Object.assign(desk, { current: null, range: null });
    }
    const { saved, refused, hasMore } = outbox.confirm(data);
    rebuild();
    if (desk.current && !desk.thing(desk.current) && !/^finding:/.test(desk.current)) desk.current = null;
    desk.emit("data", { first: moved });
    if (saved.length) desk.emit("saved", { ids: saved });
    for (const refusal of refused) desk.emit("refused", refusal);
    if (moved || hasMore) flush();
    else desk.emit("saving");
  };

  /** Decide: applied here at once where that is simple, sent, and kept until Python has confirmed it. */
  desk.decide = (change) => {
    if (!desk.mayDecide) {
      desk.emit("refused", { id: null, message: desk.words("desk.locked", { holder: desk.data.lock.holder }) });
      return null;
    }
    const decision = outbox.add(change, desk.data.head);
    const ids = touched(change);
    rebuild();
    desk.emit("decided", { decision, ids });
    flush();
    return decision;
  };
  desk.undo = () => {
    const last = undoable(view.log, desk.data.reviewer);
    return last ? desk.decide({ action: "undo", decision: last.id }) : null;
  };
  desk.redo = () => {
    const last = redoable(view.log, desk.data.reviewer);
    return last ? desk.decide({ action: "undo", decision: last.id }) : null;
  };
  desk.focus = (id, from = null) => {
    desk.current = id;
    desk.emit("focus", { id, from });
  };
  desk.select = (range) => {
    desk.range = range;
    desk.emit("selection", range);
  };
  /** What others did in between was seen: decide the same again on the record as it now stands, or let it be. */
  desk.settleStale = (again) => {
    const dropped = outbox.settle(again, desk.data);
    rebuild();
    desk.emit("data", { first: false });
    if (again) flush();
    else desk.emit("saving");
    return dropped;
  };
  desk.flush = flush;
  return desk;

  function rebuild() {
    view = viewOf(desk.data);
    applyAll(view, outbox.applied(), desk.data.reviewer);
  }
  function flush() {
    const message = outbox.message(desk.data);
    if (message) desk.send(message);
    desk.emit("saving");
  }
}

// ------------------------------------------------------------------------------------------------ the view

function emptyView() {
  return { record: null, marks: {}, gone: {}, index: new Map(), log: [], status: "new", base: null };
}

/** Return the record that Python sent, in lists of its own: things themselves are replaced, never changed. */
function viewOf(data) {
  const record = { ...data.record };
  const index = new Map();
  for (const part of PARTS) {
    record[part] = [...(data.record[part] ?? [])];
    for (const thing of record[part]) index.set(thing.id, { part, thing });
  }
  const log = (data.log ?? []).map((entry) => ({ ...entry }));
  return { record, marks: table(data.marks), gone: table(data.gone), index, log, status: data.status };
}

/** Return the ids that a change concerns. */
function touched(change) {
  if (change.action === "add") return [change.thing.id];
  if (change.action === "merge") return [change.keep, ...change.others];
  return change.targets ?? (change.target ? [change.target] : []);
}

/** Apply decisions that Python has not confirmed, those that are taken back again left out. */
function applyAll(view, decisions, reviewer) {
  for (const { id, at, change } of decisions) {
    const targets = change.action === "undo" ? [change.decision] : touched(change);
    view.log.push({ id, reviewer, at, action: change.action, targets, undone: false });
    if (change.action === "undo") flip(view.log, change.decision);
  }
  const undone = new Set(view.log.filter((entry) => entry.undone).map((entry) => entry.id));
  for (const id of undone) takeBack(view, id);
  for (const decision of decisions) if (!undone.has(decision.id)) apply(view, decision, reviewer);
}

/** Apply what is simple to the page's own copy; what follows from merging and the like is Python's to say. */
function apply(view, decision, reviewer) {
  const { id: made, at, change } = decision;
  const mark = (id, verdict) => {
    view.marks[id] = { note: view.marks[id]?.note ?? "", into: null, verdict, reviewer, at, decision: made };
  };
  switch (change.action) {
    case "accept":
      for (const id of change.targets) if (view.index.has(id) || id === "event") mark(id, "accepted");
      break;
    case "reject":
      for (const id of change.targets) if (takeOut(view, id)) mark(id, "rejected");
      break;
    case "note":
      view.marks[change.target] = { verdict: null, into: null, reviewer, at, ...view.marks[change.target], note: change.new };
      break;
    case "edit":
      edit(view, change.target, change.fields);
      mark(change.target, "edited");
      break;
    case "add":
      view.record[change.part].push(change.thing);
      view.index.set(change.thing.id, { part: change.part, thing: change.thing });
      mark(change.thing.id, "added");
      break;
    case "status":
      view.status = change.new;
      break;
  }
}

/** Take the marks of a decision away that Python had confirmed and that is taken back here; Python says the rest. */
function takeBack(view, decision) {
  for (const [id, mark] of Object.entries(view.marks)) {
    if (mark.decision !== decision || !mark.verdict) continue;
    const gone = view.gone[id];
    if (gone && mark.verdict === "rejected") {
      delete view.gone[id];
      view.record[gone.part].push(gone.thing);
      view.index.set(id, gone);
    }
    view.marks[id] = { ...mark, verdict: null };
  }
}

function takeOut(view, id) {
  const known = view.index.get(id);
  if (!known) return false;
  view.gone[id] = { part: known.part, thing: known.thing };
  view.index.delete(id);
  view.record[known.part] = view.record[known.part].filter((thing) => thing.id !== id);
  return true;
}

function edit(view, id, fields) {
  const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.new]));
  if (id === "event" || id === "document") {
    view.record[id] = { ...view.record[id], ...values };
    return;
  }
  const known = view.index.get(id);
  if (!known) return;
  const thing = { ...known.thing, ...values };
  view.record[known.part] = view.record[known.part].map((other) => (other.id === id ? thing : other));
  view.index.set(id, { part: known.part, thing });
}

/** Return a copy in which nothing is but what was put there: an id may be "constructor". */
function table(values) {
  return Object.assign(Object.create(null), values);
}

// ------------------------------------------------------------------------------------------- undo and redo

/** Take back the decision of that id in a log; what it had taken back itself holds again. */
function flip(log, id) {
  const entry = log.find((other) => other.id === id);
  if (!entry) return;
  entry.undone = !entry.undone;
  if (entry.action === "undo") flip(log, entry.targets[0]);
}

/** Return the last decision of that reviewer that can be taken back. */
function undoable(log, reviewer) {
  return log.findLast((entry) => entry.reviewer === reviewer && entry.action !== "undo" && !entry.undone) ?? null;
}

/** Return the last undoing after which that reviewer decided nothing new. */
function redoable(log, reviewer) {
  const actions = new Map(log.map((entry) => [entry.id, entry.action]));
  for (const entry of [...log].reverse()) {
    if (entry.reviewer !== reviewer) continue;
    if (entry.action !== "undo") return null;
    if (!entry.undone && actions.get(entry.targets[0]) !== "undo") return entry;
  }
  return null;
}
