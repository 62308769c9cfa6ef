// Two are one, or one was two: drivers and teams, with what follows from it before it is done.

const Merging = (() => {
  /** Facts that name somebody or some team. */
  function follows(record, id) {
    const isIn = (list) => (list ?? []).includes(id);
    return [
      ...record.entries.filter((entry) => isIn(entry.drivers) || entry.team === id).map((fact) => ["entries", fact]),
      ...record.results.filter((result) => isIn(result.drivers)).map((fact) => ["results", fact]),
      ...record.incidents
        .filter((incident) => (incident.participants ?? []).some((one) => one.driver === id))
        .map((fact) => ["incidents", fact]),
      ...record.quotes.filter((quote) => quote.speaker === id).map((fact) => ["quotes", fact]),
    ].map(([part, fact]) => ({ id: fact.id, part, fact }));
  }

  const forms = (thing) => [thing.name, ...(thing.aliases ?? [])].map(Values.fold);

  /** Whether two names may be one: a letter or two apart, one within the other, or the same words otherwise ordered. */
  function isClose(a, b) {
    if (a === b) return true;
    const [short, long] = a.length < b.length ? [a, b] : [b, a];
    if (short.length >= 4 && ` ${long} `.includes(` ${short} `)) return true;
    if ([...a.split(" ")].sort().join(" ") === [...b.split(" ")].sort().join(" ")) return true;
    const most = Math.floor(Math.max(a.length, b.length) / 6);
    return Values.distance(a, b, most) <= most;
  }

  /** Ids of things whose names are close to that of one. */
  function closeTo(things, id) {
    const one = things.find((thing) => thing.id === id);
    return one
      ? things
          .filter((thing) => thing.id !== id && forms(thing).some((a) => forms(one).some((b) => isClose(a, b))))
          .map((thing) => thing.id)
      : [];
  }

  /** The first pair that may be one, for who has nobody in mind. */
  function firstPair(things) {
    for (const thing of things) {
      const close = closeTo(things, thing.id);
      if (close.length) return [thing.id, ...close];
    }
    return [];
  }

  /** Facts that rest on some mentions: their evidence holds one of them. */
  function restingOn(record, id, mentions) {
    return follows(record, id)
      .filter(({ fact }) => fact.evidence.some((span) => mentions.some((one) => Guess.overlaps(span, one))))
      .map((one) => one.id);
  }

  /** The fullest of several names. */
  const fullest = (names) => [...names].sort((a, b) => b.length - a.length)[0] ?? "";

  return { closeTo, firstPair, follows, fullest, restingOn };
})();

/** A list of boxes by arrows: `lines` are {id, label, more, checked}; Space ticks. */
function createTickList(t, label, onChange) {
  const list = el("ul", { class: "ticklist", role: "listbox", "aria-multiselectable": "true", "aria-label": label });
  const rover = Pieces.roving(list, "li", {});
  let ticked = new Set();
  const toggle = (item) => {
    const { id } = item.dataset;
    if (ticked.has(id)) ticked.delete(id);
    else ticked.add(id);
    item.setAttribute("aria-selected", String(ticked.has(id)));
    onChange();
  };
  list.addEventListener("keydown", (event) => {
    const item = event.target.closest("li");
    if (event.key !== " " || !item) return;
    event.preventDefault();
    toggle(item);
  });
  list.addEventListener("click", (event) => event.target.closest("li") && toggle(event.target.closest("li")));
  return {
    node: list,
    ticked: () => [...ticked],
    enter: () => list.querySelector("li")?.focus(),
    show(lines) {
      const held = new Map([...list.children].map((node) => [node.dataset.id, node]));
      setChildren(
        list,
        lines.map(({ id, label: said, more }) => {
          const node =
            held.get(id) ??
            el(
              "li",
              { tabindex: "-1", role: "option", data: { id } },
              el("span", { class: "tick", "aria-hidden": "true" }),
              ...(typeof said === "string" ? [el("span", { class: "said-what", text: said })] : said),
              el("span", { class: "more", text: more ?? "" }),
            );
          node.setAttribute("aria-selected", String(ticked.has(id)));
          return node;
        }),
      );
      rover.settle();
    },
    tick(ids) {
      ticked = new Set(ids);
      for (const node of list.children) node.setAttribute("aria-selected", String(ticked.has(node.dataset.id)));
    },
  };
}

/** Merge drivers or teams: pick two or more, see what follows. */
function openMerge(desk, { id = desk.current } = {}) {
  const t = Telling.words(desk);
  let part = desk.partOf(id) === "teams" ? "teams" : "drivers";
  let opened = null;
  let named = false;
  const known = () => desk.record[part];
  const isOurs = known().some((thing) => thing.id === id);
  const filter = el("input", {
    type: "search",
    "aria-label": t("merge_page.find"),
    placeholder: t("merge_page.find"),
    "data-first": true,
    on: { input: () => draw() },
  });
  const list = createTickList(t, t("merge_page.which"), () => {
    named = false;
    tell();
  });
  const radio = Pieces.nextId();
  const parts = el(
    "div",
    { class: "ways", role: "radiogroup", "aria-label": t("merge_page.which") },
    ...["drivers", "teams"].map((one) => {
      const box = el("input", {
        type: "radio",
        name: radio,
        on: {
          change: () => {
            part = one;
            list.tick(Merging.firstPair(known()));
            named = false;
            draw();
          },
        },
      });
      box.checked = one === part;
      return el("label", {}, box, t(one));
    }),
  );
  const keep = Pieces.choice([], "", {
    on: {
      change: () => {
        named = false;
        tell();
      },
    },
  });
  const name = el("input", {
    type: "text",
    maxlength: 200,
    list: `${radio}-n`,
    autocomplete: "off",
    on: {
      input: () => {
        named = true;
      },
    },
  });
  const names = el("datalist", { id: `${radio}-n` });
  const keepField = Pieces.field(t("merge_page.keep"), keep);
  const nameField = Pieces.field(t("merge_page.name"), el("span", {}, name, names), { input: name });
  const follows = el("div", { class: "follows" });
  list.tick(isOurs ? [id, ...Merging.closeTo(known(), id)] : Merging.firstPair(known()));
  filter.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    list.enter();
  });
  const body = el(
    "div",
    { class: "form" },
    parts,
    filter,
    list.node,
    el("div", { class: "line of-2" }, keepField.node, nameField.node),
    follows,
  );
  opened = Pieces.dialog(desk, desk.root, { title: t("merge_page.title"), body, save, saveLabel: t("merge") });
  draw();
  return opened;

  function draw() {
    const wanted = Values.fold(filter.value);
    const ticked = new Set(list.ticked());
    const rank = (thing) => (ticked.has(thing.id) ? 0 : 1);
    const shown = known().filter(
      (thing) =>
        ticked.has(thing.id) || [thing.name, ...thing.aliases].some((one) => Values.fold(one).includes(wanted)),
    );
    shown.sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, Telling.lang(desk)));
    list.show(
      shown.map((thing) => ({
        id: thing.id,
        label: thing.name,
        more: [thing.aliases.join(", "), t.n("mention", thing.mentions.length)].filter(Boolean).join(" · "),
      })),
    );
    tell();
  }
  function picked() {
    return list
      .ticked()
      .map((one) => desk.thing(one))
      .filter(Boolean);
  }
  function tell() {
    const all = picked();
    const best =
      keep.value && all.some((thing) => thing.id === keep.value)
        ? keep.value
        : all.find((thing) => thing.name === Merging.fullest(all.map((one) => one.name)))?.id;
    keep.replaceChildren(
      ...all.map((thing) => el("option", { value: thing.id, text: `${thing.name} (${thing.mentions.length})` })),
    );
    keep.value = best ?? "";
    names.replaceChildren(
      ...[...new Set(all.flatMap((thing) => [thing.name, ...thing.aliases]))].map((value) => el("option", { value })),
    );
    if (!named) name.value = desk.thing(best)?.name ?? "";
    keepField.problem(null);
    if (opened) opened.saveButton.disabled = all.length < 2;
    const others = all.filter((thing) => thing.id !== best);
    const facts = others.flatMap((thing) => Merging.follows(desk.record, thing.id));
    const mentions = others.reduce((sum, thing) => sum + thing.mentions.length, 0);
    follows.replaceChildren(
      ...(others.length
        ? [
            el("p", {
              class: "sum",
              role: "status",
              text: `${t.n("merge_mentions", mentions)} ${t.n("merge_facts", facts.length)}`,
            }),
            el(
              "ul",
              { class: "small-list" },
              ...facts.slice(0, 30).map((one) => el("li", { text: Telling.title(desk, one.id, one.part) })),
            ),
          ]
        : [el("p", { class: "hint", text: t("merge_page.two") })]),
    );
  }
  function save() {
    const all = picked();
    if (all.length < 2) {
      keepField.problem(t("merge_page.two"));
      return false;
    }
    const called = name.value.trim();
    if (!called) {
      nameField.problem(t("problem.empty"));
      return false;
    }
    const others = all.map((thing) => thing.id).filter((one) => one !== keep.value);
    desk.decide({
      action: "merge",
      part,
      keep: keep.value,
      others,
      name: called === desk.thing(keep.value).name ? null : called,
    });
    desk.focus(keep.value, "form");
    return true;
  }
}

/** Split a driver or team: pick the mentions that are somebody else's. */
function openSplit(desk, { id = desk.current } = {}) {
  const t = Telling.words(desk);
  const part = desk.partOf(id);
  const old = desk.thing(id);
  if (!["drivers", "teams"].includes(part) || id in desk.gone || old.mentions.length < 2) {
    desk.emit("refused", { id: null, message: t("split_page.which") });
    return null;
  }
  let opened = null;
  let named = false;
  const points = Telling.points(desk);
  const mentions = createTickList(t, t("split_page.mentions"), () => tell(true));
  const facts = createTickList(t, t("split_page.facts"), () => tell(false));
  const name = el("input", {
    type: "text",
    maxlength: 200,
    autocomplete: "off",
    on: {
      input: () => {
        named = name.value !== "";
      },
    },
  });
  const nameField = Pieces.field(t("split_page.name"), name);
  const sum = el("p", { class: "sum", role: "status" });
  mentions.show(
    old.mentions.map((mention, n) => {
      const { before, said, after } = Telling.context(points, mention, 26);
      return {
        id: String(n),
        label: [
          el(
            "span",
            { class: "quoted" },
            el("span", { class: "around", text: before }),
            el("mark", { text: said }),
            el("span", { class: "around", text: after }),
          ),
        ],
      };
    }),
  );
  facts.show(
    Merging.follows(desk.record, id).map((one) => ({ id: one.id, label: Telling.title(desk, one.id, one.part) })),
  );
  const body = el(
    "div",
    { class: "form" },
    el("h3", { text: t("split_page.mentions") }),
    mentions.node,
    nameField.node,
    el("h3", { text: t("split_page.facts") }),
    facts.node,
    sum,
  );
  opened = Pieces.dialog(desk, desk.root, {
    title: t("split_page.title", { name: old.name }),
    body,
    save,
    saveLabel: t("split"),
  });
  tell(true);
  return opened;

  function going() {
    return mentions.ticked().map((n) => old.mentions[Number(n)]);
  }
  function tell(anew) {
    const gone = going();
    if (anew) facts.tick(Merging.restingOn(desk.record, id, gone));
    if (!named)
      name.value = Merging.fullest(
        gone.filter((one) => one.form === "name").map((one) => one.text.replace(/\s+/g, " ")),
      );
    const isAll = gone.length === old.mentions.length;
    setText(
      sum,
      isAll
        ? `▲ ${t("split_page.all")}`
        : gone.length
          ? `${t.n("split_count", gone.length)} ${t.n("merge_facts", facts.ticked().length)}`
          : t("split_page.none"),
    );
    opened.saveButton.disabled = !gone.length || isAll;
  }
  function save() {
    const gone = going();
    const called = name.value.trim();
    nameField.problem(called ? null : t("problem.empty"));
    if (!gone.length || gone.length === old.mentions.length || !called) return false;
    const made = newThingId(part);
    desk.decide({
      action: "split",
      part,
      target: id,
      new_id: made,
      name: called,
      mentions: gone.map(({ start, end }) => [start, end]),
      facts: facts.ticked(),
    });
    return true;
  }
}
