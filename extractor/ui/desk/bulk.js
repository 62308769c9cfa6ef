// Many at once: all above a confidence, or all that are alike; what that touches is shown before it is done.

const Bulk = (() => {
  const PARTS_SURE = ["results", "incidents", "quotes", "entries"];
  const people = (thing) =>
    [...(thing.drivers ?? []), ...(thing.participants ?? []).map((one) => one.driver ?? one.text)].sort();
  /** What two facts of a part have in common, by name of what is compared; the narrowest first. */
  const ALIKE = {
    results: {
      same: (r) => [r.kind, r.scope, r.position, r.status, people(r)],
      sheet: (r) => [r.session, r.kind, r.scope],
      kind: (r) => [r.kind],
      people,
    },
    incidents: {
      same: (i) => [i.type, people(i)],
      type_session: (i) => [i.session, i.type],
      type: (i) => [i.type],
      people,
    },
    quotes: {
      same: (q) => [Values.fold(q.text)],
      speaker: (q) => [q.speaker ?? q.speaker_name],
      session: (q) => [q.session],
    },
    entries: { same: (e) => [people(e), e.team, e.number], team: (e) => [e.team], people },
    sessions: { all: () => [] },
    drivers: { all: () => [] },
    teams: { all: () => [] },
  };

  /** Undecided facts of these parts that are at least so sure, the least sure first. */
  function above(record, isDecided, threshold, parts) {
    return parts
      .flatMap((part) =>
        record[part]
          .filter((fact) => fact.confidence >= threshold && !isDecided(fact.id))
          .map((fact) => ({ id: fact.id, part, confidence: fact.confidence })),
      )
      .sort((a, b) => a.confidence - b.confidence);
  }

  /** How many of these are wrong, as far as their confidences are right. */
  const wrong = (list) => list.reduce((sum, one) => sum + 1 - (one.confidence ?? 1), 0);

  /** Ways in which others may be like a fact. */
  const ways = (part) => Object.keys(ALIKE[part] ?? {});

  /** The fact and all undecided ones that are like it in that way. */
  function alike(record, isDecided, part, id, way) {
    const one = record[part].find((thing) => thing.id === id);
    if (!one) return [];
    const key = JSON.stringify(ALIKE[part][way](one));
    return record[part]
      .filter((thing) => thing.id === id || (!isDecided(thing.id) && JSON.stringify(ALIKE[part][way](thing)) === key))
      .map((thing) => ({ id: thing.id, part, confidence: thing.confidence }));
  }

  return { PARTS_SURE, above, alike, ways, wrong };
})();

/** How many are likely to be wrong, in words. */
function wrongWords(desk, t, wrong) {
  return wrong < 0.05
    ? t("bulk_page.hardly")
    : t("bulk_page.wrong", { n: Telling.number(desk, wrong, wrong < 10 ? 1 : 0) });
}

/** A list of facts with boxes to leave some out: one tab stop, Space ticks, the text shows the one in focus. */
function createPreview(desk, t, onChange) {
  const off = new Set();
  const list = el("ul", { class: "preview" });
  const rover = Pieces.roving(list, "li", { onFocus: (node) => desk.focus(node.dataset.id, "form") });
  let items = [];
  list.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (event.key !== " " || !item) return;
    event.preventDefault();
    toggle(item);
  });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) toggle(item);
  });
  return { node: list, show, chosen: () => items.filter((one) => !off.has(one.id)) };

  function toggle(item) {
    const { id } = item.dataset;
    if (off.has(id)) off.delete(id);
    else off.add(id);
    item.setAttribute("aria-checked", String(!off.has(id)));
    onChange();
  }
  function show(next) {
    items = next;
    list.setAttribute("aria-label", t("preview"));
    list.setAttribute("role", "listbox");
    setChildren(list, items.slice(0, 400).map(line));
    rover.settle();
  }
  function line({ id, part, confidence }) {
    const held = [...list.children].find((one) => one.dataset.id === id);
    if (held) return held;
    return el(
      "li",
      { tabindex: "-1", role: "option", "aria-checked": String(!off.has(id)), data: { id } },
      el("span", { class: "tick", "aria-hidden": "true" }),
      el("span", { class: `swatch in-${Telling.KINDS[part]}`, text: t.of("kind", Telling.KINDS[part]) }),
      el("span", { class: "said-what", text: Telling.title(desk, id, part) }),
      el("span", { class: "share", text: confidence === undefined ? "" : Telling.percent(desk, confidence) }),
    );
  }
}

/** Accept everything above a confidence. */
function openBulk(desk) {
  const t = Telling.words(desk);
  const parts = new Set(Bulk.PARTS_SURE);
  let opened = null;
  const slider = el("input", {
    type: "range",
    min: "50",
    max: "100",
    step: "1",
    value: "95",
    "aria-label": t("bulk_page.threshold"),
    "data-first": true,
  });
  const number = el("input", {
    type: "number",
    min: "0",
    max: "100",
    step: "0.5",
    value: "95",
    class: "short",
    "aria-label": t("bulk_page.threshold"),
  });
  const sum = el("p", { class: "sum", role: "status" });
  const preview = createPreview(desk, t, tell);
  const boxes = Bulk.PARTS_SURE.map((part) => {
    const box = el("input", {
      type: "checkbox",
      on: {
        change: () => {
          parts[box.checked ? "add" : "delete"](part);
          draw();
        },
      },
    });
    box.checked = true;
    return el("label", {}, box, t(part));
  });
  slider.addEventListener("input", () => {
    number.value = slider.value;
    draw();
  });
  number.addEventListener("input", () => {
    if (!number.value || !number.validity.valid) return;
    slider.value = number.value;
    draw();
  });
  const body = el(
    "div",
    { class: "form" },
    el(
      "div",
      { class: "threshold" },
      el("span", { class: "name", text: t("bulk_page.threshold") }),
      slider,
      number,
      el("span", { text: "%" }),
    ),
    el("div", { class: "ticks" }, ...boxes),
    sum,
    preview.node,
  );
  opened = Pieces.dialog(desk, desk.root, {
    title: t("bulk_page.title"),
    body,
    save,
    saveLabel: t("bulk_page.accept"),
  });
  draw();
  return opened;

  function draw() {
    preview.show(Bulk.above(desk.record, desk.decided, Number(number.value) / 100, [...parts]));
    tell();
  }
  function tell() {
    const chosen = preview.chosen();
    const wrong = Bulk.wrong(chosen);
    setText(
      sum,
      chosen.length ? `${t.n("bulk_count", chosen.length)} ${wrongWords(desk, t, wrong)}` : t("bulk_page.none"),
    );
    if (opened) opened.saveButton.disabled = !chosen.length;
  }
  function save() {
    const targets = preview.chosen().map((one) => one.id);
    if (!targets.length) return false;
    desk.decide({ action: "accept", targets });
    return true;
  }
}

/** Accept or reject all that are like the current fact. */
function openIdentical(desk, { id = desk.current } = {}) {
  const t = Telling.words(desk);
  const part = desk.partOf(id);
  if (!part || !Bulk.ways(part).length || id in desk.gone) {
    desk.emit("refused", { id: null, message: t("choose_first") });
    return null;
  }
  let way = Bulk.ways(part)[0];
  let opened = null;
  const sum = el("p", { class: "sum", role: "status" });
  const preview = createPreview(desk, t, tell);
  const name = Pieces.nextId();
  const radios = Bulk.ways(part).map((one, n) => {
    const count = Bulk.alike(desk.record, desk.decided, part, id, one).length;
    const radio = el("input", {
      type: "radio",
      name,
      value: one,
      "data-first": n === 0,
      on: {
        change: () => {
          way = one;
          draw();
        },
      },
    });
    radio.checked = one === way;
    return el("label", {}, radio, `${t(`way.${one}`)} (${Telling.number(desk, count)})`);
  });
  const body = el(
    "div",
    { class: "form" },
    el("p", { class: "from", text: Telling.title(desk, id, part) }),
    el("div", { class: "ways", role: "radiogroup", "aria-label": t("identical_page.alike") }, ...radios),
    sum,
    preview.node,
  );
  const rejects = Pieces.button(t("bulk_page.reject"), () => decide("reject") && opened.close(), { kind: "danger" });
  opened = Pieces.dialog(desk, desk.root, {
    title: t("identical_page.title"),
    body,
    save: () => decide("accept"),
    saveLabel: t("bulk_page.accept"),
    buttons: [rejects],
  });
  draw();
  return opened;

  function draw() {
    preview.show(Bulk.alike(desk.record, desk.decided, part, id, way));
    tell();
  }
  function tell() {
    const chosen = preview.chosen();
    setText(
      sum,
      chosen.length
        ? `${t.n("alike_count", chosen.length)} ${chosen[0].confidence === undefined ? "" : wrongWords(desk, t, Bulk.wrong(chosen))}`
        : t("bulk_page.none"),
    );
    if (opened) opened.saveButton.disabled = rejects.disabled = !chosen.length;
  }
  function decide(action) {
    const targets = preview.chosen().map((one) => one.id);
    if (targets.length) desk.decide({ action, targets });
    return targets.length > 0;
  }
}
