// Fields that hold several: the places in the text that say so, and who took part in an incident.

const SpanFields = (() => {
  const isSame = (a, b) => a.start === b.start && a.end === b.end;
  const byStart = (a, b) => a.start - b.start || a.end - b.end;
  const bare = ({ start, end, text }) => ({ start, end, text });

  /** Evidence or mentions: what is there can be taken off, the selection put in. `forms` shows how each refers. */
  function evidence(ctx, label, value, { forms = false } = {}) {
    const { t } = ctx;
    let spans = [...(value ?? [])];
    const range = ctx.range ? bare(ctx.range) : null;
    const list = el("ul", { class: "spans" });
    const tools = el("span", { class: "span-tools" });
    const box = el("div", { class: "evidence-box" }, list, tools);
    const field = Pieces.field(label, box);
    const points = Telling.points(ctx.desk);
    draw();
    return {
      node: field.node,
      get,
      set: (next) => {
        spans = next;
        draw();
      },
    };

    function get() {
      const error = spans.length ? null : t("problem.no_evidence");
      field.problem(error);
      return error ? { error } : { value: spans };
    }
    function draw() {
      setChildren(list, spans.map(line));
      const isThere = range && spans.some((span) => isSame(span, range));
      const put = (made) => () => {
        spans = made.sort(byStart);
        draw();
        get();
      };
      const fresh = range && (forms ? { ...range, form: "name" } : range);
      const said = range ? Telling.shortened(range.text, 24) : "";
      setChildren(
        tools,
        range && !isThere
          ? [
              Pieces.button(t("add_selection", { said }), put([...spans, fresh]), { kind: "small" }),
              ...(spans.length && !forms ? [Pieces.button(t("only_selection"), put([fresh]), { kind: "small" })] : []),
            ]
          : [],
      );
      if (!range && !spans.length) tools.append(el("span", { class: "hint", text: t("select_first") }));
    }
    function line(span, n) {
      const { before, said, after } = Telling.context(points, span, 18);
      const off = Pieces.button(
        "×",
        () => {
          spans = spans.filter((other) => other !== span);
          draw();
          (list.querySelectorAll("button")[Math.min(n, spans.length - 1)] ?? tools.querySelector("button"))?.focus();
          get();
        },
        { kind: "small off", title: t("take_off", { name: Telling.shortened(span.text, 40) }) },
      );
      off.setAttribute("aria-label", t("take_off", { name: Telling.shortened(span.text, 40) }));
      const form = forms
        ? Pieces.choice(
            Fields.ENUMS.mention_form.map((one) => [one, t.of("mention_form", one)]),
            span.form,
            {
              "aria-label": t("field.form"),
              on: {
                change: (event) => {
                  spans = spans.map((other) => (other === span ? { ...span, form: event.target.value } : other));
                  draw();
                },
              },
            },
          )
        : null;
      return el(
        "li",
        {},
        el(
          "span",
          { class: "quoted" },
          el("span", { class: "around", text: before }),
          el("mark", { text: Telling.shortened(said, 200) }),
          el("span", { class: "around", text: after }),
        ),
        form,
        off,
      );
    }
  }

  /** Who took part: a driver of the record, or somebody whom the text leaves unnamed; with number and role. */
  function participants(ctx, label, value) {
    const { desk, t } = ctx;
    let rows = (value ?? []).map(rowOf);
    const list = el("ul", { class: "participants" });
    const add = Pieces.button(
      t("add_participant"),
      () => {
        rows.push(rowOf({ driver: null, number: null, text: "", role: "subject" }));
        draw();
        rows.at(-1).who.input.focus();
      },
      { kind: "small" },
    );
    const field = Pieces.field(label, el("div", {}, list, add));
    draw();
    return {
      node: field.node,
      get() {
        const read = rows.filter((row) => !isBlank(row)).map(readRow);
        const error = read.find((one) => one.error)?.error ?? null;
        field.problem(error);
        return error ? { error } : { value: read };
      },
    };

    function rowOf(one) {
      const row = { was: one };
      row.who = Picker.picker({
        t,
        value: one.driver,
        free: true,
        label: t("field.driver"),
        options: () => Fields.optionsOf(ctx, "drivers"),
        create: (said) => ({ label: t("new.drivers", { name: said }), make: () => newDriver(said) }),
      });
      if (!one.driver && one.text) row.who.input.value = one.text;
      row.number = el("input", {
        type: "text",
        class: "short",
        maxlength: 8,
        "aria-label": t("field.number"),
        placeholder: t("short.number"),
      });
      row.number.value = one.number ?? "";
      row.role = Pieces.choice(
        Fields.ENUMS.participant_role.map((role) => [role, t.of("participant_role", role)]),
        one.role,
        { "aria-label": t("field.role") },
      );
      return row;
    }
    function newDriver(said) {
      const thing = Fields.newNamed(ctx, "drivers", said);
      field.problem(thing ? null : t("problem.not_in_text", { name: said }));
      if (!thing) return null;
      ctx.additions.push({ action: "add", part: "drivers", thing });
      return { value: thing.id };
    }
    function isBlank(row) {
      return !row.who.value() && !row.who.text().trim() && !row.number.value.trim();
    }
    /** A name that is no driver's stands for somebody unnamed: "un concurrent". */
    function readRow(row) {
      const driver = row.who.problem() ? null : row.who.value();
      const number = row.number.value.trim() || null;
      const said = driver ? wordsFor(row, driver) : row.who.text().trim() || (number ? `#${number}` : "");
      if (!said) return { error: t("problem.empty") };
      return {
        ...(row.was.driver === driver && row.was.text ? row.was : {}),
        driver,
        number,
        text: said,
        role: row.role.value,
      };
    }
    /** How the text names them there, else their name. */
    function wordsFor(row, driver) {
      if (row.was.driver === driver && row.was.text) return row.was.text;
      const thing = desk.thing(driver) ?? ctx.additions.find((change) => change.thing.id === driver)?.thing;
      const near = ctx.range && thing.mentions.find((mention) => Guess.overlaps(mention, ctx.range));
      return near?.text ?? thing.name;
    }
    function draw() {
      setChildren(
        list,
        rows.map((row) => (row.node ??= el("li", {}, row.who.node, row.number, row.role, offButton(row)))),
      );
    }
    function offButton(row) {
      const button = Pieces.button(
        "×",
        () => {
          const at = rows.indexOf(row);
          rows = rows.filter((other) => other !== row);
          draw();
          (rows[Math.min(at, rows.length - 1)]?.who.input ?? add).focus();
        },
        { kind: "small off" },
      );
      button.setAttribute("aria-label", t("take_off_participant"));
      return button;
    }
  }

  return { byStart, evidence, isSame, participants };
})();
