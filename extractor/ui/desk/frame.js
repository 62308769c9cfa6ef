// The frame of the page: what stands where, what the keys do, and what is said to those who do not see it.
// The right half is drawn by `mountFacts(desk, host)`, which calls whatever else it needs.

const VIEWS = ["text", "both", "image"];

/** Build the page into an element, once; whatever Python sends later goes to `receive`. */
function createFrame(parent) {
  const storage = browserStorage();
  const desk = createDesk(storage);
  const root = el("div", { class: "desk", tabindex: "-1" });
  desk.root = root;
  desk.describe = (id) => describe(desk, id);
  /** Where the caret stands in the text, in UTF-16 units: forms correct the word there. */
  desk.caretUnit = () => caret.to;

  const article = el("div", { class: "desk-text", tabindex: "0", role: "textbox", "aria-readonly": "true", "aria-multiline": "true" });
  const scroller = el("div", { class: "text-scroller" }, article);
  const pane = createTextPane(desk, article, scroller);
  const caret = createCaret(desk, pane);
  const adding = createAdding(desk, pane, caret);
  const search = createSearch(desk, pane, caret);
  const image = createImagePane(desk, (page) => frame.want(page));
  const kinds = kindSwitches(desk, article, storage);
  const views = el("div", { class: "views", role: "group" });
  const facts = el("section", { class: "desk-facts", tabindex: "-1" });
  const left = el("section", { class: "desk-left" }, el("div", { class: "text-tools" }, kinds, el("div", { class: "tools-right" }, views, search.element)),
    el("div", { class: "panes" }, image.element, scroller));
  const polite = el("div", { class: "unseen", "aria-live": "polite" });
  let view = readText(storage, "parcferme:view") ?? "text";
  let latest = 0;

  const actions = {
    next: () => step(desk.sequence(), 1), previous: () => step(desk.sequence(), -1),
    next_doubtful: () => doubtful(1), previous_doubtful: () => doubtful(-1),
    accept: () => verdict("accept"), reject: () => verdict("reject"),
    accept_and_next: () => { verdict("accept"); doubtful(1); },
    edit: () => withCurrent((id) => desk.emit("open-form", { part: desk.partOf(id), id })),
    note: () => withCurrent((id) => openNote(desk, root, id)),
    undo: () => said(desk.undo(), "desk.said.undone", "desk.said.nothing_undone"),
    redo: () => said(desk.redo(), "desk.said.redone", "desk.said.nothing_redone"),
    text: () => { if (view === "image") setView("text"); caret.enter(); },
    find: () => { if (view === "image") setView("text"); search.open(); },
    add: () => adding.open() || pane.choose(pane.idsAt(caret.to), "text"),
    finish: () => desk.status !== "reviewed" && desk.decide({ action: "status", old: desk.status, new: "reviewed" }),
    next_document: () => leave("next"), queue: () => leave("queue"),
    image: () => image.isPossible() && setView(VIEWS[(VIEWS.indexOf(view) + 1) % VIEWS.length]),
    jump: (key) => jump(JUMPS[Number(key) - 1]),
    ...Object.fromEntries(["grid", "bulk", "identical", "merge", "split", "retext", "loose"].map((part) => [part, () => desk.emit("open-form", { part })])),
    filter: () => desk.emit("filter"),
    help: () => openHelp(desk, root, keys, () => keyBar.draw()),
  };
  const press = (name) => actions[name]?.();
  const keys = createKeys(desk, root, actions, storage);
  const keyBar = createKeyBar(desk, press, () => keys);
  root.append(createTopBar(desk, press).element, createBanners(desk).element,
    el("div", { class: "desk-body" }, left, facts), keyBar.element, polite);
  parent.append(root);
  const around = [".stElementContainer", ".stMainBlockContainer"].map((name) => parent.closest(name)).filter(Boolean);
  for (const node of around) node.dataset.desk = "";
  (typeof mountFacts === "function" ? mountFacts : mountPlainFacts)(desk, facts);

  desk.on("data", ({ first }) => {
    setAttribute(article, "aria-label", desk.words("desk.text"));
    setAttribute(article, "lang", desk.record.document.language ?? "fr");
    setAttribute(facts, "aria-label", desk.words("desk.facts"));
    setAttribute(root, "lang", desk.data.lang);
    drawViews();
    fit();
    // The page before may still be going away, and take the focus with it.
    if (first) for (const after of [0, 400]) setTimeout(takeFocus, after);
  });
  desk.on("focus", ({ id, from }) => { if (from === "key" || from === "text") announce(desk.describe(id)); });
  desk.on("decided", ({ decision }) => announce(describeChange(desk, decision.change)));
  desk.on("saved", () => { if (!desk.outbox.pending.length) announce(desk.words("desk.saving.done")); });
  desk.on("unsaved", ({ message }) => announce(message));
  desk.on("refused", ({ message }) => announce(message));
  desk.on("close", () => {
    if (desk.range) caret.clear();
    if (root.contains(document.activeElement)) root.focus({ preventScroll: true });
  });
  window.addEventListener("resize", fit);
  window.addEventListener("beforeunload", warn);

  const frame = {
    desk,
    want: () => {},
    /** Take new data and new ways to Python; the focus stays where it was. */
    receive({ data, setStateValue, setTriggerValue }) {
      latest += 1;
      desk.send = (outbox) => setStateValue("outbox", outbox);
      desk.go = (to) => setTriggerValue("go", { to });
      frame.want = (page) => setStateValue("page", page);
      root.classList.toggle("is-dark", isDark(parent));
      if (data) keepFocus(root, () => desk.receive(data.state));
      return latest;
    },
    /** Streamlit may call an older call's cleanup late: only a page that is gone is put away. */
    release(number) {
      setTimeout(() => {
        if (root.isConnected && number !== latest) return;
        if (root.isConnected && parent.isConnected) return;
        for (const node of around) delete node.dataset.desk;
        keys.destroy();
        caret.destroy();
        window.removeEventListener("resize", fit);
        window.removeEventListener("beforeunload", warn);
      }, 0);
    },
  };
  return frame;

  // ------------------------------------------------------------------------------------ moving and deciding

  function step(ids, by) {
    if (!ids.length) return;
    const here = ids.indexOf(desk.current);
    const next = here < 0 ? (by > 0 ? 0 : ids.length - 1) : Math.max(0, Math.min(ids.length - 1, here + by));
    desk.focus(ids[next], "key");
  }
  /** Go to the next that nobody has decided, from the most doubtful on, and round again. */
  function doubtful(by) {
    const order = desk.order();
    const here = order.indexOf(desk.current);
    const open = order.filter((id) => !desk.decided(id) && id !== desk.current);
    if (!open.length) return announce(desk.words("desk.said.all_decided"));
    const ahead = open.filter((id) => (order.indexOf(id) - here) * by > 0);
    const next = (ahead.length ? ahead : open).at(by > 0 ? 0 : -1);
    return desk.focus(next, "key");
  }
  function withCurrent(action) {
    if (desk.thing(desk.current)) action(desk.current);
    else announce(desk.words("desk.said.none_chosen"));
  }
  function verdict(action) {
    withCurrent((id) => {
      const mark = desk.marks[id]?.verdict;
      if (id in desk.gone) announce(desk.words("desk.said.gone"));
      else if (action === "accept" && mark === "accepted") announce(desk.words("desk.said.already"));
      else desk.decide({ action, targets: [id] });
    });
  }
  function said(decision, done, nothing) {
    announce(desk.words(decision ? done : nothing));
  }
  /** Leave the document; what is not saved goes first, and the browser keeps it in any case. */
  function leave(to) {
    if (to === "next" && !desk.data.next) return announce(desk.words("desk.said.no_next"));
    desk.flush();
    return desk.go(to);
  }
  function jump(part) {
    const before = desk.current;
    desk.emit("jump", { part });
    if (desk.current !== before || part === "findings") return;
    const first = desk.sequence().find((id) => desk.partOf(id) === part);
    if (first) desk.focus(first, "key");
  }

  // ------------------------------------------------------------------------------------------------ looks

  function drawViews() {
    views.hidden = !image.isPossible();
    const shown = views.hidden ? "text" : view;
    left.dataset.view = shown;
    scroller.hidden = shown === "image";
    image.show(shown !== "text");
    views.setAttribute("aria-label", desk.words("desk.views"));
    if (views.dataset.now === `${shown} ${desk.data.lang}`) return;
    views.dataset.now = `${shown} ${desk.data.lang}`;
    views.replaceChildren(...VIEWS.map((name) => el("button", { type: "button", class: "plain", "aria-pressed": String(name === shown),
      text: desk.words(`desk.view.${name}`), on: { click: () => setView(name) } })));
  }
  function setView(name) {
    view = name;
    writeText(storage, "parcferme:view", name);
    keepFocus(root, drawViews);
  }
  /** The page is as high as the window, so that nothing but its halves scrolls. */
  function fit() {
    const top = root.getBoundingClientRect().top + window.scrollY;
    const above = `${Math.max(0, Math.round(Math.min(top, window.innerHeight / 3)))}px`;
    // Whatever inherits a property is styled anew when it is set, even to what it was.
    if (root.style.getPropertyValue("--desk-top") !== above) root.style.setProperty("--desk-top", above);
  }
  function takeFocus() {
    if (root.isConnected && document.activeElement === document.body) root.focus({ preventScroll: true });
  }
  function announce(text) {
    polite.textContent = "";
    setTimeout(() => { polite.textContent = text; }, 30); // the same words twice are said twice
  }
  function warn(event) {
    if (desk.outbox.pending.length) event.preventDefault();
  }
}

/** Do something that may draw anew; whoever had the focus, or what took its place, has it again. */
function keepFocus(root, action) {
  const had = document.activeElement;
  const inside = root.contains(had);
  const { id } = had?.dataset ?? {};
  action();
  if (!inside || document.activeElement === had) return;
  if (had.isConnected && had.offsetParent !== null) return void had.focus({ preventScroll: true });
  const heir = id && [...root.querySelectorAll("[data-id]")].find((node) => node.dataset.id === id && node.tabIndex >= 0);
  (heir ?? root).focus({ preventScroll: true });
}

/** Say in words what a thing is: its kind, and its name or what the text says there. */
function called(desk, id) {
  const thing = desk.thing(id);
  const finding = /^finding:(\d+)$/.exec(id ?? "");
  const told = (kind, what) => desk.words("desk.told", { kind: desk.words(`desk.kind.${kind}`), what });
  if (finding) return told("finding", desk.findings[Number(finding[1])]?.message ?? "");
  if (!thing) return id ?? "";
  const name = thing.name ?? thing.label ?? desk.spans(id)[0]?.text ?? id;
  return told(KIND_OF[desk.partOf(id)] ?? "event", name.length > 120 ? `${name.slice(0, 119)}…` : name);
}

/** Say what a thing is, how sure the extractor is of it, and what was decided. */
function describe(desk, id) {
  const thing = desk.thing(id);
  if (!thing) return /^finding:/.test(id ?? "") ? called(desk, id) : desk.words("desk.said.none_chosen");
  const sure = thing.confidence === undefined ? [] : [desk.words("desk.sure", { n: Math.round(100 * thing.confidence) })];
  return [called(desk, id), ...sure, desk.words(`desk.verdict.${desk.marks[id]?.verdict ?? "none"}`)].join(", ");
}

function browserStorage() {
  try {
    return window.localStorage;
  } catch {
    return null; // forbidden by the browser: the page says that nothing is kept
  }
}

/** Return whether Streamlit's theme is a dark one: its background says so, whatever the system prefers. */
function isDark(element) {
  const colour = getComputedStyle(element).getPropertyValue("--st-background-color").trim();
  if (!colour) return window.matchMedia("(prefers-color-scheme: dark)").matches;
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

/** A list of the facts as plain as can be, where the right half is missing. */
function mountPlainFacts(desk, host) {
  const rows = new Map();
  const draw = () => setChildren(host, desk.sequence().map((id) => {
    if (!rows.has(id)) rows.set(id, el("button", { type: "button", class: "plain-fact", data: { id }, on: { click: () => desk.focus(id, "facts") } }));
    setText(rows.get(id), desk.describe(id));
    return rows.get(id);
  }));
  desk.on("data", draw);
  desk.on("decided", draw);
  desk.on("focus", ({ id }) => {
    for (const button of host.children) button.setAttribute("aria-current", String(button.dataset.id === id));
    const current = [...host.children].find((button) => button.dataset.id === id);
    if (current) reveal(current, host);
  });
}

/** What Streamlit calls: with new data each time, on the same element as long as the page is there. */
export default function mountDesk(component) {
  const { parentElement } = component;
  const frame = (parentElement.deskFrame ??= createFrame(parentElement));
  const number = frame.receive(component);
  return () => frame.release(number);
}
