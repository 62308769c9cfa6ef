// A classification as a sheet of cells: arrows move, typing replaces, F2 or Enter edits, Escape takes it back.
// What is odd is said while it is typed. One saving makes few decisions: edits, additions, one rejection.

const GRID_COLUMNS = ["place", "drivers", "team", "number", "time", "gap", "laps", "status"];

/** Return the sheet: {node, flags, changes, add, drop, focus, focusCell, commit, bad, onChange}. */
function createGrid(ctx, sheet) {
  const { desk, t } = ctx;
  const results = desk.record.results.filter(
    (one) => one.session === sheet.session && one.kind === sheet.kind && one.scope === sheet.scope,
  );
  const before = results.sort(Flags.byPlace).map((one) => Flags.row(desk.record, one, t.lap));
  const rows = before.map((row) => ({ ...row, drivers: [...row.drivers] }));
  const fallen = Flags.retired(
    { ...desk.record, results: desk.record.results.filter((one) => !results.includes(one)) },
    sheet.session,
  );
  const head = el(
    "tr",
    { role: "row" },
    ...GRID_COLUMNS.map((name) =>
      el("th", { role: "columnheader", scope: "col", class: name, text: t(`column.${name}`) }),
    ),
    el("th", { role: "columnheader", class: "notes", text: t("column.notes") }),
  );
  const tbody = el("tbody", { role: "rowgroup" });
  const node = el(
    "table",
    { class: "grid", role: "grid", "aria-label": Telling.sheet(desk, sheet.kind, sheet.scope) },
    el("thead", { role: "rowgroup" }, head),
    tbody,
  );
  const flags = el("ul", { class: "grid-flags", "aria-live": "polite" });
  const grid = {
    node,
    flags,
    changes,
    add,
    drop,
    focus,
    focusCell,
    commit: () => editor?.commit(),
    bad,
    onChange: () => {},
  };
  let at = { row: 0, column: 0 };
  let editor = null;
  if (!rows.length) add(null, false);
  node.addEventListener("keydown", onKey);
  node.addEventListener("paste", onPaste);
  node.addEventListener("mousedown", (event) => {
    const cell = event.target.closest("td[data-column]");
    if (!cell || (editor && editor.cell === cell)) return;
    event.preventDefault();
    editor?.commit();
    move(
      rows.findIndex((row) => row.key === cell.parentNode.dataset.key),
      GRID_COLUMNS.indexOf(cell.dataset.column),
    );
  });
  node.addEventListener("dblclick", () => edit());
  draw();
  return grid;

  // ---------------------------------------------------------------------------------------------- what is shown

  function draw() {
    for (const row of rows)
      row.node ??= el(
        "tr",
        { role: "row", data: { key: row.key } },
        ...GRID_COLUMNS.map((name) =>
          el("td", { role: "gridcell", tabindex: "-1", class: name, data: { column: name } }),
        ),
        el("td", { class: "notes" }),
      );
    setChildren(
      tbody,
      rows.map((row) => row.node),
    );
    for (const row of rows)
      for (const [n, name] of GRID_COLUMNS.entries())
        if (!editor || editor.cell !== row.node.children[n]) setText(row.node.children[n], shown(row, name));
    tell();
  }
  function shown(row, name) {
    if (name === "drivers") return row.drivers.map(nameOf).join(" / ");
    if (name === "team") return row.team ? nameOf(row.team) : "";
    return name === "status" ? t.of("result_status", row.status) : (row[name] ?? "");
  }
  function nameOf(id) {
    return desk.thing(id)?.name ?? ctx.additions.find((change) => change.thing.id === id)?.thing.name ?? id;
  }
  /** Flags, beside their rows and below the sheet; a cell has its sign as well as its colour. */
  function tell() {
    const live = rows.filter((row) => !row.removed && !isUntouched(row));
    const found = Flags.of(live, sheet.kind, fallen);
    const words = (flag) =>
      t(`flag.${flag.code}`, flag.values.driver ? { driver: nameOf(flag.values.driver) } : flag.values);
    for (const row of rows) {
      const mine = found.filter((flag) => flag.keys.includes(row.key));
      for (const [n, name] of GRID_COLUMNS.entries()) {
        const cell = row.node.children[n];
        const here = mine.filter((flag) => flag.column === name);
        cell.classList.toggle(
          "is-flagged",
          here.some((flag) => flag.severity !== "info"),
        );
        if (here.some((flag) => flag.severity === "error")) cell.setAttribute("aria-invalid", "true");
        else cell.removeAttribute("aria-invalid");
      }
      row.node.classList.toggle("is-gone", Boolean(row.removed));
      row.node.classList.toggle("is-new", !row.id);
      const proof = !row.id && row.drivers.length ? evidenceFor(desk, row, sheet, ctx.range, ctx.additions)[0] : null;
      const line = row.removed
        ? `✗ ${t("grid_page.removed")}`
        : [
            ...mine.map((flag) => `${flag.severity === "info" ? "◦" : "▲"} ${words(flag)}`),
            proof ? t("grid_page.proof", { said: Telling.shortened(proof.text, 28) }) : "",
          ]
            .filter(Boolean)
            .join(" ");
      setText(row.node.lastChild, line);
      row.node.lastChild.title = line;
    }
    const lines = new Map(found.map((flag) => [`${flag.severity === "info" ? "◦" : "▲"} ${words(flag)}`, flag.severity]));
    const said = [...lines.keys()].join();
    if (flags.dataset.said !== said) {
      flags.dataset.said = said;
      flags.replaceChildren(...[...lines].map(([line, severity]) => el("li", { class: severity, text: line })));
    }
    grid.onChange();
  }
  function isUntouched(row) {
    return (
      !row.id &&
      !row.drivers.length &&
      ["time", "gap", "laps", "number"].every((name) => !row[name]) &&
      !row.team &&
      !row.typed
    );
  }

  // ---------------------------------------------------------------------------------------- what is made of it

  function current() {
    return rows
      .filter((row) => !row.removed && !isUntouched(row))
      .map((row) => (row.id ? row : { ...row, evidence: evidenceFor(desk, row, sheet, ctx.range, ctx.additions) }));
  }
  function changes() {
    return Flags.decisions(before, current(), sheet);
  }
  function bad() {
    return Flags.of(current(), sheet.kind, fallen).find((flag) => flag.severity === "error") ?? null;
  }
  function add(_event = null, draws = true) {
    editor?.commit();
    const places = rows
      .filter((row) => !row.removed)
      .map((row) => Values.place(row.place))
      .filter(Boolean);
    const place = Flags.ORDERED.has(sheet.kind) ? String(Math.max(0, ...places) + 1) : "";
    rows.push({
      key: Pieces.nextId(),
      id: null,
      place,
      drivers: [],
      team: null,
      number: "",
      time: "",
      gap: "",
      laps: "",
      status: "classified",
      thing: null,
      entry: null,
      evidence: [],
    });
    if (!draws) return;
    draw();
    move(rows.length - 1, 1);
  }
  /** Strike the row out, or let it be again; one that was never saved goes at once. */
  function drop() {
    editor?.commit();
    const row = rows[at.row];
    if (!row) return;
    if (row.id) row.removed = !row.removed;
    else rows.splice(at.row, 1);
    if (!rows.length) add(null, false);
    draw();
    move(Math.min(at.row, rows.length - 1), at.column);
  }

  // ------------------------------------------------------------------------------------------- moving and typing

  function focus(id) {
    const found = rows.findIndex((row) => row.id === id);
    move(found < 0 ? 0 : found, 0);
  }
  function focusCell(key, column) {
    move(
      rows.findIndex((row) => row.key === key),
      GRID_COLUMNS.indexOf(column),
    );
  }
  function cellAt({ row, column }) {
    return rows[row]?.node?.children[column];
  }
  function move(row, column) {
    const to = {
      row: Math.max(0, Math.min(rows.length - 1, row)),
      column: Math.max(0, Math.min(GRID_COLUMNS.length - 1, column)),
    };
    cellAt(at)?.setAttribute("tabindex", "-1");
    at = to;
    const cell = cellAt(at);
    cell.setAttribute("tabindex", "0");
    cell.setAttribute(
      "aria-label",
      [
        t(`column.${GRID_COLUMNS[at.column]}`),
        shown(rows[at.row], GRID_COLUMNS[at.column]) || t("empty"),
        rows[at.row].node.lastChild.textContent,
      ]
        .filter(Boolean)
        .join(", "),
    );
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  function onKey(event) {
    if (editor) return editor.key(event);
    if (event.ctrlKey && event.key === "Enter") return undefined; // saves
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    const width = GRID_COLUMNS.length - 1;
    const to = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      Home: [0, -width],
      End: [0, width],
      PageDown: [10, 0],
      PageUp: [-10, 0],
    }[event.key];
    if (to && !event.altKey) {
      if (event.ctrlKey && (event.key === "Home" || event.key === "End"))
        to[0] = event.key === "Home" ? -rows.length : rows.length;
      if (event.key === "ArrowDown" && at.row === rows.length - 1 && !isUntouched(rows.at(-1))) add();
      else move(at.row + to[0], at.column + to[1]);
      return done();
    }
    if (event.key === "Tab" && !event.ctrlKey) {
      const next = at.column + (event.shiftKey ? -1 : 1);
      if (next >= 0 && next <= width) {
        move(at.row, next);
        return done();
      }
      const row = at.row + (event.shiftKey ? -1 : 1);
      if (row < 0 || row >= rows.length) return undefined; // out of the sheet, to the buttons
      move(row, event.shiftKey ? width : 0);
      return done();
    }
    if (event.key === "Insert") return done(add());
    if (event.key === "Delete" && event.ctrlKey) return done(drop());
    if (event.key === "Delete" || event.key === "Backspace") return done(clear());
    if (event.key === "F2" || event.key === "Enter") return done(edit());
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) return done(edit(event.key));
    return undefined;
  }
  function clear() {
    const row = rows[at.row];
    const name = GRID_COLUMNS[at.column];
    row[name] = name === "drivers" ? [] : name === "team" ? null : name === "status" ? "classified" : "";
    row.typed = true;
    draw();
  }
  function edit(typed = null) {
    const row = rows[at.row];
    if (editor || !row || row.removed) return;
    const made = gridEditor(ctx, row, GRID_COLUMNS[at.column], cellAt(at), typed, {
      change: () => {
        row.typed = true;
        tell();
      },
      done,
    });
    editor = made;
    made.begin();

    function done(step) {
      if (editor !== made) return;
      editor = null;
      draw();
      if (step) move(at.row + step[0], at.column + step[1]);
      if (step && step[0] > 0 && at.row === rows.length) add();
    }
  }
  /** Cells copied from a spreadsheet fill the sheet from here on, names found among the drivers of the record. */
  function onPaste(event) {
    const said = event.clipboardData?.getData("text/plain") ?? "";
    if (editor || !said) return;
    event.preventDefault();
    const from = { ...at };
    for (const [down, line] of said
      .replace(/\r/g, "")
      .split("\n")
      .filter((one) => one.trim())
      .slice(0, 200)
      .entries()) {
      while (from.row + down >= rows.length) add(null, false);
      const row = rows[from.row + down];
      for (const [right, text] of line.split("\t").entries())
        fill(row, GRID_COLUMNS[from.column + right], text.trim().slice(0, 200));
      row.typed = true;
    }
    draw();
    move(from.row, from.column);
  }
  function fill(row, name, text) {
    const named = (part) => Picker.matching(Fields.optionsOf(ctx, part), text)[0]?.value;
    if (name === "drivers")
      row.drivers = text
        .split("/")
        .map((one) => Picker.matching(Fields.optionsOf(ctx, "drivers"), one.trim())[0]?.value)
        .filter(Boolean);
    else if (name === "team") row.team = (text && named("teams")) || null;
    else if (name === "status")
      row.status =
        Fields.ENUMS.result_status.find((one) => Values.fold(t.of("result_status", one)) === Values.fold(text)) ??
        row.status;
    else if (name) row[name] = text;
  }
}
