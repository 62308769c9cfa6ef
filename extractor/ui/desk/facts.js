// The right half: everything the record says, by session; what is undecided, what is gone, and the flags.

const FILTERS = ["undecided", "all", "gone"];
/** Where each part goes that hangs on no session, in this order. */
const LOOSE_SECTIONS = ["entries", "findings", "drivers", "teams", "about"];

/**
 * Return the sections of the page: `{key, id, title, blocks: [{key, part, title, kind, scope, items}]}`, items `{id, part, thing, gone}`.
 * Sessions come as the record has them; what hangs on none comes behind.
 */
function sectionsOf(desk) {
  const t = Telling.words(desk);
  const record = desk.record;
  const things = Object.fromEntries(
    PARTS.map((part) => [part, record[part].map((thing) => ({ id: thing.id, part, thing, gone: false }))]),
  );
  for (const [id, { part, thing }] of Object.entries(desk.gone)) things[part].push({ id, part, thing, gone: true });
  const known = new Set(things.sessions.map(({ id }) => id));
  const home = (item) => (known.has(item.thing.session) ? item.thing.session : null);
  const of = (part, session) => things[part].filter((item) => home(item) === session);
  const blocks = (session) => [
    ...sheetsOf(desk, of("results", session)),
    { key: "incidents", part: "incidents", title: t("incidents"), items: of("incidents", session) },
    { key: "quotes", part: "quotes", title: t("quotes"), items: of("quotes", session) },
  ];
  const sections = things.sessions.map((item) => ({
    key: item.id,
    id: item.id,
    item,
    title: Telling.session(desk, item.thing),
    blocks: [
      ...blocks(item.id),
      { key: "entries", part: "entries", title: t("entries"), items: of("entries", item.id) },
    ],
  }));
  sections.push({ key: "none", title: t("no_session"), blocks: blocks(null) });
  const findings = desk.findings.map((thing, n) => ({ id: `finding:${n}`, part: "findings", thing, gone: false }));
  const about = [
    { id: "event", part: "event", thing: record.event ?? {}, gone: false },
    { id: "document", part: "document", thing: record.document ?? {}, gone: false },
  ];
  const others = { entries: of("entries", null), findings, drivers: things.drivers, teams: things.teams, about };
  for (const name of LOOSE_SECTIONS) {
    sections.push({ key: name, title: t(name), blocks: [{ key: name, part: name, title: null, items: others[name] }] });
  }
  return sections;
}

/** Return the classifications among results, one per kind and scope, in the order of places. */
function sheetsOf(desk, results) {
  const sheets = new Map();
  for (const item of results) {
    const { kind, scope } = item.thing;
    const key = `sheet:${kind}:${scope}`;
    if (!sheets.has(key))
      sheets.set(key, { key, part: "results", title: Telling.sheet(desk, kind, scope), kind, scope, items: [] });
    sheets.get(key).items.push(item);
  }
  const kinds = ["final", "fastest_lap", "grid", "qualifying", "running", "championship"];
  const rank = ({ kind, scope }) => kinds.indexOf(kind) * 2 + (scope === "overall" ? 0 : 1);
  for (const sheet of sheets.values()) sheet.items.sort((a, b) => Flags.byPlace(a.thing, b.thing));
  return [...sheets.values()].sort((a, b) => rank(a) - rank(b) || a.scope.localeCompare(b.scope));
}

/** The heads of a sheet's columns, for those who hear the page. */
function sheetHead(t) {
  const heads = [
    ["place", "column.place"],
    ["driver", "column.drivers"],
    ["number", "column.number"],
    ["figure", "column.time"],
    ["state", "column.status"],
  ];
  return el("tr", {}, ...heads.map(([name, key]) => el("th", { scope: "col", class: name, text: t(key) })));
}

/** Mount the list of facts and the panel of the current one below it. */
function mountFacts(desk, root) {
  const t = Telling.words(desk);
  let filter = "all";
  let drawn = null;
  const announced = el("p", { class: "unseen", role: "status", "aria-live": "polite" });
  const bar = el("div", { class: "facts-bar" });
  const list = el("div", { class: "facts-list", role: "region", tabindex: "-1" });
  const details = createDetails(desk, root);
  const pane = el("div", { class: "facts-pane" }, bar, list, details.node, announced);
  root.append(pane);
  mountForms(desk);

  const sections = Pieces.keyed(() => {
    const head = el("h2", {});
    return el("section", { class: "card" }, head);
  });
  const blocks = Pieces.keyed((block) =>
    block.part === "results"
      ? el("table", { class: "sheet" }, el("caption"), el("thead", {}, sheetHead(t)), el("tbody"))
      : el("div", { class: `block ${block.part}` }, el("h3"), el("ul", { class: block.part })),
  );
  const items = Pieces.keyed((value, node) => drawItem(desk, value, node));
  const rover = Pieces.roving(list, ".fact", {
    onFocus: (node) => {
      if (desk.current !== node.dataset.id) desk.focus(node.dataset.id, "facts");
    },
  });

  list.addEventListener("click", (event) => {
    const grid = event.target.closest("[data-grid]");
    if (grid) return openGridOf(grid.dataset);
    const node = event.target.closest(".fact");
    if (node && !event.target.closest("button")) {
      rover.move(node, true);
      desk.focus(node.dataset.id, "facts");
    }
    return undefined;
  });
  list.addEventListener("dblclick", (event) => {
    const node = event.target.closest(".fact");
    if (node) openForm(node.dataset.id);
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.classList.contains("fact")) {
      event.preventDefault();
      openForm(event.target.dataset.id);
    }
  });

  desk.on("data", draw);
  desk.on("decided", draw);
  desk.on("saved", () => details.draw());
  desk.on("focus", ({ id, from }) => current(id, from));
  desk.on("jump", ({ part }) => jump(part));
  desk.on("filter", ({ to }) => setFilter(to ?? FILTERS[(FILTERS.indexOf(filter) + 1) % FILTERS.length]));
  desk.on("refocus", () => {
    const node = items.get(desk.current);
    if (node?.isConnected) rover.move(node, true);
    else list.focus();
  });
  // Keys go down the page as one sees it, and past what the filter hides.
  desk.sequence = () => rover.items().map((node) => node.dataset.id);
  return { draw, setFilter };

  function openForm(id) {
    desk.emit("open-form", { part: desk.partOf(id) ?? id, id });
  }
  function openGridOf({ session, kind, scope }) {
    desk.emit("open-form", { part: "grid", session, kind, scope });
  }

  function isShown(item) {
    if (item.id === desk.current) return true;
    if (filter === "gone") return item.gone;
    if (filter === "all") return true;
    if (item.part === "findings") return true;
    return !item.gone && !desk.marks[item.id]?.verdict;
  }

  function draw() {
    if (!desk.record) return;
    list.setAttribute("aria-label", t("facts"));
    const focused = Pieces.focused(root);
    const had = list.contains(focused) ? focused.closest(".fact")?.dataset.id : null;
    const names = JSON.stringify([
      desk.data.lang,
      desk.record.drivers.map((d) => [d.id, d.name]),
      desk.record.teams.map((d) => [d.id, d.name]),
      desk.record.sessions.map((s) => [s.id, s.label, s.number, s.kind]),
      Object.keys(desk.gone),
    ]);
    const all = sectionsOf(desk);
    const keys = new Set();
    const count = { undecided: 0, all: 0, gone: 0 };
    for (const section of all)
      for (const item of [section.item, ...section.blocks.flatMap((block) => block.items)])
        if (item) tally(count, item);
    drawn = all.map((section) => drawSection(section, names, keys)).filter(Boolean);
    setChildren(
      list,
      drawn.length
        ? [...drawn, drawLeft()].filter(Boolean)
        : [drawLeft(), el("p", { class: "nothing", text: t(`nothing.${filter}`) })].filter(Boolean),
    );
    items.keep(keys);
    rover.settle();
    drawBar(count);
    details.draw();
    mark();
    if (had && Pieces.focused(root)?.dataset?.id !== had)
      items.get(had)?.isConnected && items.get(had).focus({ preventScroll: true });
  }

  function tally(count, item) {
    if (["findings", "event", "document"].includes(item.part)) return;
    if (item.gone) count.gone += 1;
    else count.all += 1;
    if (!item.gone && !desk.marks[item.id]?.verdict) count.undecided += 1;
  }

  function drawSection(section, names, keys) {
    const shown = section.blocks
      .map((block) => ({ ...block, shown: block.items.filter(isShown) }))
      .filter((block) => block.shown.length);
    const own = section.item && isShown(section.item);
    if (!shown.length && !own) return null;
    const node = sections.node(section.key, "", section);
    const head = node.firstChild;
    if (section.item) {
      keys.add(section.id);
      const item = items.node(section.id, sign(section.item, names), section.item);
      if (head.firstChild !== item) head.replaceChildren(item);
    } else setText(head, section.title);
    setChildren(node, [head, ...shown.map((block) => drawBlock(section, block, names, keys))]);
    return node;
  }

  function drawBlock(section, block, names, keys) {
    const key = `${section.key}/${block.key}`;
    const node = blocks.node(key, desk.data.lang, block);
    const flags = block.part === "results" ? sheetFlags(section, block) : [];
    const flagged = new Map();
    for (const flag of flags)
      if (flag.severity !== "info")
        for (const id of flag.keys) flagged.set(id, [...(flagged.get(id) ?? []), t(`flag.${flag.code}`, flag.values)]);
    const children = block.shown.map((item) => {
      keys.add(item.id);
      const value = { ...item, flags: flagged.get(item.id) ?? [] };
      return items.node(item.id, sign(value, names), value);
    });
    setChildren(node.lastChild, children);
    if (block.part === "results") drawCaption(node.firstChild, section, block, flags);
    else {
      node.firstChild.hidden = !block.title;
      setText(node.firstChild, block.title ?? "");
    }
    return node;
  }

  function drawCaption(caption, section, block, flags) {
    const told = JSON.stringify([desk.data.lang, block.title, flags, section.id]);
    if (caption.dataset.sign === told) return;
    caption.dataset.sign = told;
    const open = section.id
      ? Pieces.button(t("open_grid"), () => {}, { key: "G", kind: "small", title: t("open_grid_title") })
      : null;
    if (open) Object.assign(open.dataset, { grid: "", session: section.id, kind: block.kind, scope: block.scope });
    const lines = new Map(
      flags.map((flag) => [
        `${flag.severity === "info" ? "◦" : "▲"} ${t(`flag.${flag.code}`, flag.values)}`,
        flag.severity,
      ]),
    );
    caption.replaceChildren(
      el("span", { class: "caption-line" }, el("b", { text: block.title }), open),
      ...[...lines].map(([line, severity]) => el("span", { class: `flag ${severity}`, text: line })),
    );
  }

  function sheetFlags(section, block) {
    const live = block.items.filter((item) => !item.gone).map((item) => Flags.row(desk.record, item.thing, t.lap));
    return Flags.of(live, block.kind, section.id ? Flags.retired(desk.record, section.id) : new Set()).map((flag) =>
      flag.values.driver ? { ...flag, values: { driver: desk.thing(flag.values.driver)?.name ?? "" } } : flag,
    );
  }

  function sign(item, names) {
    return JSON.stringify([names, item.thing, item.gone, item.flags, desk.marks[item.id]]);
  }

  function drawLeft() {
    const lines = (desk.data.stranded ?? []).map((one) => el("li", { class: "stranded", text: strandedLine(one) }));
    const loose = desk.data.loose ?? [];
    if (!lines.length && !loose.length) return null;
    const open = loose.length
      ? Pieces.button(t.n("loose_open", loose.length), () => desk.emit("open-form", { part: "loose" }), { key: "L" })
      : null;
    return el(
      "section",
      { class: "card left-over" },
      el("h2", { text: t("left_over") }),
      open,
      lines.length ? el("h3", { text: t("stranded") }) : null,
      lines.length ? el("ul", {}, ...lines) : null,
    );
  }

  function strandedLine(one) {
    const entry = (desk.log ?? []).find((other) => other.id === one.decision);
    const who = entry
      ? `${entry.reviewer}, ${Telling.moment(desk, entry.at)} · ${t.of("action", entry.action)} · `
      : "";
    return `${who}${desk.thing(one.about) ? Telling.title(desk, one.about) : one.about} · ${t.of("stranded_code", one.code)}`;
  }

  function drawBar(count) {
    const told = JSON.stringify([desk.data.lang, count, filter, desk.mayDecide]);
    if (bar.dataset.sign === told) return;
    bar.dataset.sign = told;
    if (!bar.firstChild)
      bar.append(el("div", { class: "filters", role: "radiogroup" }), el("div", { class: "tools", role: "toolbar" }));
    const [filters, tools] = bar.children;
    filters.setAttribute("aria-label", t("filter_label"));
    while (filters.children.length < FILTERS.length) {
      const name = FILTERS[filters.children.length];
      const radio = el("input", {
        type: "radio",
        name: "desk-filter",
        value: name,
        on: { change: () => setFilter(name) },
      });
      filters.append(el("label", {}, radio, el("span", {})));
    }
    [...filters.children].forEach((label, n) => {
      label.firstChild.checked = FILTERS[n] === filter;
      setText(label.lastChild, `${t(`filter.${FILTERS[n]}`)} ${Telling.number(desk, count[FILTERS[n]])}`);
    });
    const open = (part) => () => desk.emit("open-form", { part });
    tools.setAttribute("aria-label", t("tools"));
    if (tools.dataset.lang !== desk.data.lang) {
      tools.dataset.lang = desk.data.lang;
      tools.replaceChildren(
        Pieces.button(t("tool.bulk"), open("bulk"), { key: "B", kind: "small" }),
        Pieces.button(t("tool.identical"), open("identical"), { key: "S", kind: "small" }),
        Pieces.button(t("tool.merge"), open("merge"), { key: "Y", kind: "small" }),
      );
    }
    for (const tool of tools.children) tool.disabled = !desk.mayDecide;
  }

  function setFilter(to) {
    filter = to;
    draw();
    announced.textContent = t("filter_now", { filter: t(`filter.${to}`), n: rover.items().length });
  }

  function current(id, from) {
    const focused = Pieces.focused(root);
    const isInside = list.contains(focused);
    // Under a filter, what was decided goes when one moves on from it.
    if (filter !== "all" || (id && !items.get(id)?.isConnected)) draw();
    else details.draw();
    mark();
    const node = items.get(id);
    if (!node?.isConnected) return;
    rover.move(node, isInside && from !== "text" && focused !== node);
    if (from !== "facts") reveal(node, list);
  }

  function mark() {
    for (const other of list.querySelectorAll(".fact.lit"))
      if (other.dataset.id !== desk.current) {
        other.classList.remove("lit");
        other.removeAttribute("aria-current");
      }
    const node = items.get(desk.current);
    node?.classList.add("lit");
    node?.setAttribute("aria-current", "true");
  }

  function jump(part) {
    const node = rover.items().find((one) => one.dataset.part === part);
    if (!node) {
      announced.textContent = t("nothing_there", { part: t(part) });
      return;
    }
    rover.move(node, true);
    desk.focus(node.dataset.id, "facts");
    reveal(node, list);
  }
}
