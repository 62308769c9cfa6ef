// Decisions that Python has not confirmed. Every message holds all of them: Streamlit may fold messages into one.
// They lie in the browser's storage until they are confirmed, so that a reload, or a server that fell over, loses none.

const MOST_SENT = 500;

/** Return the outbox of a document's reading; `storage` may be null or refuse. */
function createOutbox(storage) {
  let key = null;
  let pending = []; // [{id, at, change, seen}], `seen` the head that the reviewer saw
  let stale = new Set();
  let sentAt = null;
  let known = new Set(); // ids that this page has had to do with; others in the storage are another window's
  const box = {
    get pending() { return pending; },
    /** Decisions held back, because somebody else decided in between. */
    get stale() { return pending.filter((decision) => stale.has(decision.id)); },
    get sentAt() { return sentAt; },
    /** Whether they are kept in this browser; if not, a reload would lose them. */
    kept: true,
  };

  box.open = (data) => {
    key = `parcferme:outbox:${JSON.stringify([data.key, data.reading, data.reviewer])}`;
    pending = readStored(storage, key);
    known = new Set(pending.map((decision) => decision.id));
    stale = new Set();
    sentAt = null;
  };
  box.add = (change, head) => {
    const decision = { id: newId(), at: new Date().toISOString(), change, seen: head };
    pending.push(decision);
    known.add(decision.id);
    keep();
    return decision;
  };
  /** Return those that the page's own copy of the record has; the ones held back do not count. */
  box.applied = () => pending.filter((decision) => !stale.has(decision.id));
  /** Take Python's word for what is saved, refused and held back. */
  box.confirm = (data) => {
    const hadMore = pending.length > MOST_SENT;
    const done = new Set([...(data.saved ?? []), ...(data.log ?? []).map((entry) => entry.id)]);
    const messages = new Map((data.refused ?? []).map((refusal) => [refusal.id, refusal.message]));
    const saved = pending.filter((decision) => done.has(decision.id)).map((decision) => decision.id);
    const refused = pending.filter((decision) => messages.has(decision.id) && !done.has(decision.id))
      .map((decision) => ({ id: decision.id, message: messages.get(decision.id), decision }));
    pending = pending.filter((decision) => !done.has(decision.id) && !messages.has(decision.id));
    stale = new Set((data.stale?.ids ?? []).filter((id) => pending.some((decision) => decision.id === id)));
    if (saved.length + refused.length) {
      // What was decided meanwhile was decided on the state that has now been confirmed.
      for (const decision of box.applied()) decision.seen = Math.max(decision.seen, data.head);
    }
    if (!box.applied().length) sentAt = null;
    keep();
    const wholly = messages.get("");
    if (wholly) refused.push({ id: null, message: wholly, decision: null });
    return { saved, refused, hasMore: hadMore && saved.length > 0 && pending.length > 0 };
  };
  /** Return what is to be confirmed, for sending, or null; more than Python takes at once goes when that is confirmed. */
  box.message = (data) => {
    const ready = box.applied().slice(0, MOST_SENT);
    if (!ready.length) return null;
    sentAt = sentAt ?? Date.now();
    return {
      reading: data.reading,
      head: Math.min(...ready.map((decision) => decision.seen)),
      decisions: ready.map(({ id, at, change }) => ({ id, at, change })),
    };
  };
  box.settle = (again, data) => {
    const held = box.stale;
    if (again) for (const decision of held) decision.seen = data.head;
    else pending = pending.filter((decision) => !stale.has(decision.id));
    stale = new Set();
    keep();
    return again ? [] : held;
  };
  return box;

  function keep() {
    if (!storage || !key) {
      box.kept = false;
      return;
    }
    try {
      const all = [...readStored(storage, key).filter((decision) => !known.has(decision.id)), ...pending];
      if (all.length) storage.setItem(key, JSON.stringify(all));
      else storage.removeItem(key);
      box.kept = true;
    } catch {
      box.kept = false; // full, or forbidden: the page says so as long as something is unsaved
    }
  }
}

/** Return the decisions that were left unconfirmed; whatever else lies there is left out. */
function readStored(storage, key) {
  try {
    const stored = JSON.parse(storage?.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter(looksLikeDecision) : [];
  } catch {
    return [];
  }
}

function looksLikeDecision(stored) {
  return typeof stored?.id === "string" && typeof stored.at === "string"
    && typeof stored.change?.action === "string" && Number.isInteger(stored.seen);
}
