// What stands above and below: the document, how far it is, whether all is saved, what has to be said, and the keys.

const STATUSES = ["new", "in_review", "reviewed", "disputed", "rejected"];
/** After so many milliseconds without an answer, what is not saved is said to be so. */
const PATIENCE = 8000;

/** Return the bar above: {element}. */
function createTopBar(desk, press) {
  const title = el("h2", { class: "doc-title" });
  const about = el("span", { class: "soft" });
  const done = el("span", { class: "progress-words" });
  const meter = el("progress", { max: "1", value: "0" });
  const saving = createSaving(desk);
  const status = el("select", { class: "status", on: { change: () => setStatus(status.value) } });
  const button = (name) => el("button", { type: "button", class: "plain", data: { name }, on: { click: () => press(name) } });
  const buttons = ["undo", "redo", "finish", "next_document"].map(button);
  const element = el("header", { class: "desk-top" }, el("div", { class: "names" }, title, about),
    el("div", { class: "progress" }, done, meter), saving, status, el("div", { class: "row" }, ...buttons));

  desk.on("data", draw);
  desk.on("decided", draw);
  return { element };

  function setStatus(value) {
    if (value !== desk.status) desk.decide({ action: "status", old: desk.status, new: value });
  }
  function draw() {
    const { document: source, event } = desk.record;
    setText(title, source.title || event?.name || source.source || source.id);
    const reading = [desk.words("desk.settled"), null, desk.words("desk.reading", { n: 2 })][desk.data.reading];
    setText(about, [event?.name !== title.textContent && event?.name, reading].filter(Boolean).join(" · "));
    const ids = desk.order();
    const decided = ids.filter((id) => desk.decided(id)).length;
    setText(done, desk.words("desk.progress", { decided, all: ids.length }));
    meter.value = ids.length ? decided / ids.length : 1;
    meter.setAttribute("aria-label", done.textContent);
    const options = STATUSES.map((one) => desk.words(`desk.status.${one}`)).join();
    if (status.dataset.options !== options) {
      status.dataset.options = options;
      status.replaceChildren(...STATUSES.map((one) => el("option", { value: one, text: desk.words(`desk.status.${one}`) })));
      status.setAttribute("aria-label", desk.words("desk.status.label"));
    }
    status.value = desk.status;
    status.disabled = !desk.mayDecide;
    for (const one of buttons) {
      setText(one, desk.words(`desk.button.${one.dataset.name}`));
      one.title = desk.words(`desk.key.${one.dataset.name}`);
    }
    buttons[0].disabled = !undoable(desk.log, desk.data.reviewer);
    buttons[1].disabled = !redoable(desk.log, desk.data.reviewer);
    buttons[2].disabled = desk.status === "reviewed" || !desk.mayDecide;
    buttons[3].disabled = !desk.data.next;
  }
}

/** Return what says whether everything is saved; of what goes wrong the frame tells screen readers. */
function createSaving(desk) {
  const words = el("span");
  const again = el("button", { type: "button", class: "plain", hidden: true, on: { click: () => desk.flush() } });
  const element = el("div", { class: "saving" }, el("span", { class: "dot", "aria-hidden": "true" }), words, again);
  let timer = null;
  let tried = 0;
  desk.on("saving", draw);
  return element;

  /** A server that was away has lost what it was sent: it is sent again as long as nobody confirms it. */
  function wait() {
    if (Date.now() - Math.max(tried, desk.outbox.sentAt ?? 0) > PATIENCE) {
      tried = Date.now();
      desk.flush();
    } else draw();
  }

  function draw() {
    clearTimeout(timer);
    if (!element.isConnected || !desk.data) return;
    const waiting = desk.outbox.applied().length;
    const late = waiting && desk.outbox.sentAt && Date.now() - desk.outbox.sentAt > PATIENCE;
    const failed = waiting && (late || desk.data.trouble);
    const held = desk.outbox.stale.length;
    const before = element.dataset.state;
    element.dataset.state = failed || held ? "failed" : waiting ? "waiting" : "saved";
    const key = held && !waiting ? "desk.saving.held" : failed ? (desk.outbox.kept ? "desk.saving.late" : "desk.saving.late_unkept") : waiting ? "desk.saving.now" : "desk.saving.done";
    setText(words, failed && desk.data.trouble ? desk.data.trouble : desk.words(key, { n: waiting || held }));
    if (element.dataset.state === "failed" && before !== "failed") desk.emit("unsaved", { message: words.textContent });
    again.hidden = !failed;
    setText(again, desk.words("desk.saving.again"));
    if (waiting) timer = setTimeout(wait, 1000);
  }
}

/** Return the place for what a reviewer has to know: {element}. Nothing goes away before it was seen. */
function createBanners(desk) {
  const element = el("div", { class: "banners" });
  let refused = [];
  let hint = null; // what a key says that can do nothing now; gone with the next step
  desk.on("data", ({ first }) => {
    if (first) refused = [];
    draw();
  });
  desk.on("refused", (refusal) => {
    if (refusal.decision) refused = [...refused, refusal].slice(-20);
    else hint = refusal.message;
    draw();
  });
  for (const event of ["focus", "decided", "close", "selection"]) desk.on(event, forget);
  return { element };

  function forget() {
    if (hint === null) return;
    hint = null;
    draw();
  }

  function draw() {
    const shown = [locked(), hint && banner("info", hint), stale(), ...refused.map(refusal), stranded(), loose()].filter(Boolean);
    const now = shown.map((banner) => banner.textContent).join("\n");
    if (element.dataset.now === now) return;
    element.dataset.now = now;
    element.replaceChildren(...shown);
  }
  function banner(kind, said, ...buttons) {
    return el("div", { class: `banner ${kind}`, role: kind === "bad" ? "alert" : "status" }, el("p", { text: said }), ...buttons);
  }
  function button(key, action) {
    return el("button", { type: "button", class: "plain", text: desk.words(key), on: { click: action } });
  }
  function locked() {
    const lock = desk.data.lock;
    if (!lock || lock.mine) return null;
    const until = new Date(lock.until).toLocaleTimeString(desk.data.lang, { hour: "2-digit", minute: "2-digit" });
    return banner("info", desk.words("desk.locked_until", { holder: lock.holder, until }));
  }
  function stale() {
    const held = desk.outbox.stale;
    if (!held.length) return null;
    const by = (desk.data.stale?.by ?? []).join(", ");
    const list = held.map((decision) => describeChange(desk, decision.change)).join(" ; ");
    return banner("bad", desk.words("desk.stale", { by, n: held.length, list }),
      button("desk.stale_again", () => desk.settleStale(true)), button("desk.stale_drop", () => desk.settleStale(false)));
  }
  function refusal({ message, decision }, n) {
    const said = desk.words("desk.told", { kind: describeChange(desk, decision.change), what: message });
    return banner("bad", said, button("desk.seen", () => {
      refused = refused.filter((_, other) => other !== n);
      draw();
    }));
  }
  function stranded() {
    const n = desk.data.stranded?.length ?? 0;
    return n ? banner("info", desk.words("desk.stranded", { n, list: desk.data.stranded.map((one) => one.message ?? one.about).join(" ; ") })) : null;
  }
  function loose() {
    const n = desk.data.loose?.length ?? 0;
    return n ? banner("info", desk.words("desk.loose", { n }), button("desk.loose_open", () => desk.emit("open-form", { part: "loose" }))) : null;
  }
}

/** Return in words what a change does. */
function describeChange(desk, change) {
  const targets = touched(change).slice(0, 3).map((id) => called(desk, id)).join(", ");
  return `${desk.words(`desk.action.${change.action}`)} ${change.action === "add" ? desk.words(`desk.kind.${KIND_OF[change.part]}`) : targets}`.trim();
}

/** Return the bar of keys below; every key is a button too. */
function createKeyBar(desk, press, keys) {
  const element = el("div", { class: "desk-keys", role: "toolbar" });
  const draw = () => {
    element.setAttribute("aria-label", desk.words("desk.keys"));
    element.classList.toggle("letters-off", !keys().letters);
    element.replaceChildren(...KEYS.filter((entry) => !entry.quiet).map((entry) => el("button",
      { type: "button", class: "plain", title: desk.words(`desk.key.${entry.name}`), data: { name: entry.name }, on: { click: () => press(entry.name) } },
      el("kbd", { "aria-hidden": "true", text: entry.mark }), desk.words(`desk.short.${entry.name}`))));
  };
  let lang = null;
  desk.on("data", () => {
    if (lang !== desk.data.lang) draw();
    lang = desk.data.lang;
  });
  return { element, draw };
}
