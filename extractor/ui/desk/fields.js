// Fields of forms: each shows a value of the record, reads what people write, and says beside itself what is wrong.
// A field is {node, get}, where get() returns {value} or {error}, the error in words.

const Fields = (() => {
  /** Values that the record allows; a test compares them with extractor/record.py. */
  const ENUMS = {
    session_kind: ["practice", "qualifying", "race", "heat", "semi_final", "final", "stage", "leg", "overall"],
    session_status: ["completed", "red_flagged", "shortened", "cancelled", "upcoming", "unknown"],
    driver_role: ["driver", "rider", "co_driver", "passenger"],
    mention_form: ["name", "nominal", "pronoun"],
    result_kind: ["final", "grid", "qualifying", "running", "championship", "fastest_lap"],
    result_status: ["classified", "dnf", "dns", "dsq", "nc"],
    standing: ["stated", "inferred"],
    incident_type: [
      "collision",
      "spin",
      "off_track",
      "crash",
      "fall",
      "puncture",
      "mechanical",
      "bodywork",
      "fire",
      "jump_start",
      "penalty",
      "disqualification",
      "retirement",
      "did_not_start",
      "safety_car",
      "red_flag",
      "other",
    ],
    participant_role: ["subject", "at_fault", "victim", "beneficiary"],
    consequence: [
      "retirement",
      "lost_places",
      "lost_win",
      "repairs",
      "red_flag",
      "safety_car",
      "penalty",
      "result_changed",
    ],
    speaker_role: ["driver", "team", "organiser", "official", "other", "unknown"],
    quote_kind: ["direct", "indirect"],
  };
  const LONGEST = 4000;

  /** A field that is one input: `read(text)` returns {value} or {error}; `told(value)` what a value stands for. */
  function typed(
    ctx,
    label,
    written,
    read,
    { told = () => null, hint = null, list = null, type = "text", area = false } = {},
  ) {
    const input = area
      ? el("textarea", { rows: "4", maxlength: LONGEST })
      : el("input", { type, maxlength: LONGEST, autocomplete: "off" });
    input.value = written ?? "";
    let control = input;
    if (list?.length) {
      const id = Pieces.nextId();
      input.setAttribute("list", id);
      control = el("span", {}, input, el("datalist", { id }, ...list.map((value) => el("option", { value }))));
    }
    const field = Pieces.field(label, control, { hint, input });
    const look = () => {
      const { value, error } = read(input.value);
      field.problem(error ?? null);
      const said = error ? null : told(value);
      field.explain(error ? null : (said ?? hint));
    };
    input.addEventListener("input", look);
    if (told(read(input.value).value)) look();
    return {
      node: field.node,
      input,
      get() {
        look();
        return read(input.value);
      },
    };
  }

  const orNull = (text) => text.trim() || null;

  function text(ctx, label, value, { required = false, ...more } = {}) {
    const read = (said) => (required && !said.trim() ? { error: ctx.t("problem.empty") } : { value: orNull(said) });
    return typed(ctx, label, value, read, more);
  }

  /** A number, duration, gap, clock time or place: `parse` returns null for what it cannot read. */
  function parsed(ctx, label, written, parse, problem, more = {}) {
    const read = (said) => {
      if (!said.trim()) return { value: null };
      const value = parse(said);
      return value === null ? { error: ctx.t(problem) } : { value };
    };
    return typed(ctx, label, written, read, more);
  }

  const whole = (ctx, label, value, least = 1) =>
    parsed(ctx, label, value ?? "", (said) => Values.whole(said, least), "problem.number");
  const place = (ctx, label, value) => parsed(ctx, label, value ?? "", Values.place, "problem.place");
  const clock = (ctx, label, value) =>
    parsed(ctx, label, value ?? "", Values.clock, "problem.clock", { hint: ctx.t("hint.clock") });
  const meant = (ctx) => (value) =>
    typeof value === "string" ? ctx.t("reads_as", { value: Telling.writtenLong(ctx.desk, value) }) : null;

  function duration(ctx, label, value) {
    return parsed(ctx, label, Values.writtenDuration(value), Values.duration, "problem.duration", {
      hint: ctx.t("hint.duration"),
      told: meant(ctx),
    });
  }
  function gap(ctx, label, value) {
    return parsed(ctx, label, Values.writtenGap(value, ctx.t.lap), Values.gap, "problem.gap", {
      hint: ctx.t("hint.gap"),
      told: meant(ctx),
    });
  }
  function points(ctx, label, value) {
    const parse = (said) =>
      /^\d{1,5}(?:[.,]\d{1,3})?$/.test(said.trim()) ? Number(said.trim().replace(",", ".")) : null;
    return parsed(
      ctx,
      label,
      value === null || value === undefined
        ? ""
        : Telling.number(ctx.desk, value, Number.isInteger(value) ? 0 : 2).replace(/\s/g, ""),
      parse,
      "problem.points",
    );
  }
  function day(ctx, label, value) {
    const parse = (said) => {
      const iso = said
        .trim()
        .replace(
          /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/,
          (_, d, m, y) => `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`,
        );
      const at = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? new Date(`${iso}T00:00:00Z`) : null;
      return at && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
    };
    return parsed(ctx, label, value ?? "", parse, "problem.day", { hint: ctx.t("hint.day") });
  }

  /** Several short texts in one line, with semicolons between them. */
  function several(ctx, label, value) {
    const read = (said) => ({
      value: [
        ...new Set(
          said
            .split(";")
            .map((one) => one.trim())
            .filter(Boolean),
        ),
      ],
    });
    return typed(ctx, label, (value ?? []).join(" ; "), read, { hint: ctx.t("hint.several") });
  }

  function choice(ctx, label, value, options) {
    const node = Pieces.choice(options, value ?? "");
    return { node: Pieces.field(label, node).node, input: node, get: () => ({ value: node.value || null }) };
  }
  const enumeration = (ctx, label, value, group) =>
    choice(
      ctx,
      label,
      value ?? ENUMS[group][0],
      ENUMS[group].map((one) => [one, ctx.t.of(group, one) || ctx.t("plain")]),
    );

  function session(ctx, label, value, required = true) {
    const options = ctx.desk.record.sessions.map((one) => [one.id, sessionChoice(ctx, one)]);
    if (!required || !options.length) options.unshift(["", ctx.t("no_session")]);
    const field = choice(ctx, label, value ?? (required ? options[0][0] : ""), options);
    const told = el("p", { class: "problem", hidden: true });
    field.node.lastChild.append(told);
    return {
      ...field,
      get() {
        const missing = required && !field.input.value;
        told.hidden = !missing;
        setText(told, missing ? `▲ ${ctx.t("problem.no_session")}` : "");
        return missing ? { error: ctx.t("problem.no_session") } : field.get();
      },
    };
  }
  function sessionChoice({ desk, t }, one) {
    const name = Telling.session(desk, one);
    const kind = t.of("session_kind", one.kind);
    return name.toLowerCase().startsWith(kind.toLowerCase()) ? name : `${name} (${kind})`;
  }

  /** Boxes to tick. */
  function ticks(ctx, label, value, group) {
    const boxes = ENUMS[group].map((one) => {
      const box = el("input", { type: "checkbox", value: one });
      box.checked = (value ?? []).includes(one);
      return box;
    });
    const line = el(
      "span",
      { class: "ticks" },
      ...boxes.map((box) => el("label", {}, box, ctx.t.of(group, box.value))),
    );
    return {
      node: Pieces.field(label, line).node,
      get: () => ({ value: boxes.filter((box) => box.checked).map((box) => box.value) }),
    };
  }

  /** One or several things of the record, by type-ahead; new drivers and teams where `part` is such. */
  function things(
    ctx,
    label,
    value,
    { part, multiple = false, required = false, except = null, canMake = ["drivers", "teams"].includes(part) },
  ) {
    const held = Picker.picker({
      t: ctx.t,
      multiple,
      value,
      label,
      options: () => optionsOf(ctx, part).filter((one) => one.value !== except),
      create: canMake ? (said) => creation(ctx, part, said, (problem) => field.problem(problem)) : () => null,
      onChange: () => field.problem(null),
    });
    const field = Pieces.field(label, held.node, { input: held.input });
    return {
      node: field.node,
      input: held.input,
      picker: held,
      get() {
        let error = held.problem();
        const value = held.value();
        if (!error && required && !(multiple ? value.length : value)) error = ctx.t("problem.empty");
        field.problem(error);
        return error ? { error } : { value };
      },
    };
  }

  /** What can be picked: the record's own, then what this form adds. */
  function optionsOf(ctx, part) {
    const { desk } = ctx;
    const made = ctx.additions.filter((change) => change.part === part).map((change) => change.thing);
    return [...desk.record[part], ...made].map((thing) => ({
      value: thing.id,
      label: made.includes(thing) ? thing.name : Telling.shortened(Telling.title(desk, thing.id, part, thing), 70),
      also: thing.aliases ?? [],
      hint: made.includes(thing) ? ctx.t("new_one") : thing.mentions ? ctx.t.n("mention", thing.mentions.length) : null,
    }));
  }

  /** The offer to make a new driver or team of what was typed; the text has to name it. */
  function creation(ctx, part, said, complain) {
    return {
      label: ctx.t(`new.${part}`, { name: said }),
      make() {
        const thing = newNamed(ctx, part, said);
        if (!thing) {
          complain(ctx.t("problem.not_in_text", { name: said }));
          return null;
        }
        ctx.additions.push({ action: "add", part, thing });
        return { value: thing.id, label: thing.name };
      },
    };
  }
  function newNamed(ctx, part, name, mentions = Guess.mentions(ctx.desk.data.text, name, ctx.range)) {
    if (!mentions.length) return null;
    const thing = { id: newThingId(part), name: name.trim(), aliases: [], mentions };
    return part === "drivers" ? { ...thing, role: "driver" } : thing;
  }

  return {
    ENUMS,
    choice,
    clock,
    day,
    duration,
    enumeration,
    gap,
    newNamed,
    optionsOf,
    place,
    points,
    session,
    several,
    text,
    things,
    ticks,
    typed,
    whole,
  };
})();
