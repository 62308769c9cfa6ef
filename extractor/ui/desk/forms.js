// Add and edit: one form for each part of the record, opened on a thing or on what is selected in the text.

/** The fields of each part, line by line: [name, maker, more]. Makers are those of `Fields` and `SpanFields`. */
const FORMS = {
  sessions: [
    [
      ["kind", "enumeration", "session_kind"],
      ["status", "enumeration", "session_status"],
    ],
    [
      ["label", "text"],
      ["number", "whole", 0],
      ["scheduled", "clock"],
    ],
    [["evidence", "evidence"]],
  ],
  drivers: [
    [["name", "text", { required: true }]],
    [["aliases", "several"]],
    [["role", "enumeration", "driver_role"]],
    [["mentions", "mentions"]],
  ],
  teams: [[["name", "text", { required: true }]], [["aliases", "several"]], [["mentions", "mentions"]]],
  entries: [
    [["drivers", "things", { part: "drivers", multiple: true }]],
    [["team", "things", { part: "teams" }]],
    [
      ["number", "text"],
      ["car", "text"],
    ],
    [["classes", "several"]],
    [["session", "session", false]],
    [["evidence", "evidence"]],
  ],
  results: [
    [["session", "session"]],
    [
      ["kind", "enumeration", "result_kind"],
      ["scope", "scope"],
    ],
    [["drivers", "things", { part: "drivers", multiple: true, required: true }]],
    [
      ["position", "place"],
      ["status", "enumeration", "result_status"],
    ],
    [
      ["time", "duration"],
      ["gap", "gap"],
    ],
    [
      ["laps", "whole", 0],
      ["points", "points"],
    ],
    [["standing", "enumeration", "standing"]],
    [["evidence", "evidence"]],
  ],
  incidents: [
    [["type", "enumeration", "incident_type"]],
    [["session", "session"]],
    [["participants", "participants"]],
    [["consequences", "ticks", "consequence"]],
    [
      ["lap", "whole", 0],
      ["when", "text"],
      ["where", "text"],
    ],
    [["caused_by", "things", { part: "incidents", multiple: true }]],
    [["asserted_by", "things", { part: "quotes" }]],
    [["standing", "enumeration", "standing"]],
    [["evidence", "evidence"]],
  ],
  quotes: [
    [["text", "words"]],
    [["speaker", "things", { part: "drivers" }]],
    [
      ["speaker_name", "text"],
      ["speaker_role", "enumeration", "speaker_role"],
    ],
    [
      ["kind", "enumeration", "quote_kind"],
      ["session", "session", false],
    ],
    [["evidence", "evidence"]],
  ],
  event: [
    [["name", "text"]],
    [
      ["series", "text"],
      ["season", "whole", 1886],
    ],
    [
      ["round", "whole"],
      ["venue", "text"],
    ],
    [
      ["starts_on", "day"],
      ["ends_on", "day"],
    ],
    [["evidence", "free_evidence"]],
  ],
  document: [
    [["title", "text"]],
    [
      ["published_on", "day"],
      ["language", "text"],
    ],
  ],
};

/** Return a new thing of a part as a selection suggests it, without its id. */
function suggested(desk, part, range) {
  const { record } = desk;
  const whole = Guess.trimmed(range, part === "quotes") ?? range;
  const session = Guess.session(record, whole);
  const drivers = Guess.named(record.drivers, whole);
  const evidence = [{ start: whole.start, end: whole.end, text: whole.text }];
  const place = Guess.place(whole.text);
  const mention = { ...evidence[0], form: "name" };
  const people = drivers.map((id, n) => ({
    driver: id,
    number: null,
    role: n ? "victim" : "subject",
    text: desk.thing(id).mentions.find((one) => Guess.overlaps(one, whole)).text,
  }));
  const sure = { evidence, confidence: 1 };
  switch (part) {
    case "sessions":
      return {
        kind: "race",
        label: whole.text.slice(0, 80),
        number: null,
        scheduled: null,
        status: "unknown",
        evidence,
      };
    case "drivers":
      return { name: whole.text, aliases: [], role: "driver", mentions: [mention] };
    case "teams":
      return { name: whole.text, aliases: [], mentions: [mention] };
    case "entries":
      return {
        session: null,
        drivers,
        team: Guess.named(record.teams, whole)[0] ?? null,
        number: null,
        car: null,
        classes: [],
        ...sure,
      };
    case "results":
      return {
        session,
        kind: "final",
        scope: "overall",
        position: place,
        status: "classified",
        drivers,
        entry: null,
        time: null,
        gap: null,
        laps: null,
        points: null,
        standing: "stated",
        ...sure,
      };
    case "incidents":
      return {
        session,
        type: "collision",
        participants: people,
        lap: null,
        when: null,
        where: null,
        consequences: [],
        caused_by: [],
        asserted_by: null,
        standing: "stated",
        ...sure,
      };
    default:
      return {
        session,
        text: whole.text,
        speaker: drivers[0] ?? null,
        speaker_name: null,
        speaker_role: "unknown",
        kind: "direct",
        ...sure,
      };
  }
}

/** Return a field of a form. */
function formField(ctx, thing, [name, maker, more]) {
  const label = ctx.t(`field.${name}`);
  const value = thing[name];
  switch (maker) {
    case "evidence":
      return SpanFields.evidence(ctx, label, value);
    case "free_evidence": {
      const field = SpanFields.evidence(ctx, label, value);
      return { ...field, get: () => (field.get().error ? { value: [] } : field.get()) };
    }
    case "mentions":
      return SpanFields.evidence(ctx, label, value, { forms: true });
    case "participants":
      return SpanFields.participants(ctx, label, value);
    case "words":
      return Fields.text(ctx, label, value, { required: true, area: true, hint: ctx.t("hint.new_line") });
    case "scope":
      return scopeField(ctx, label, value);
    case "things":
      return Fields.things(ctx, label, value, { ...more, except: thing.id });
    default:
      return Fields[maker](ctx, label, value, more);
  }
}

/** The class that a place counts in; empty is overall. */
function scopeField(ctx, label, value) {
  const known = [
    ...new Set([
      ...ctx.desk.record.results.map((one) => one.scope),
      ...ctx.desk.record.entries.flatMap((one) => one.classes ?? []),
    ]),
  ];
  const field = Fields.text(ctx, label, value === "overall" ? "" : value, {
    hint: ctx.t("hint.scope"),
    list: known.filter((one) => one !== "overall"),
  });
  return { ...field, get: () => ({ value: field.get().value ?? "overall" }) };
}

/** Open the form of a thing that is there, or of a new one at `range`. */
function openThingForm(desk, { part, id = null, range = desk.range, preset = {} }) {
  const t = Telling.words(desk);
  const old = id === "document" ? desk.record.document : id ? desk.thing(id) : null;
  if ((id && !old) || (!id && !range)) {
    desk.emit("refused", { id: null, message: t(id ? "problem.gone" : "select_first") });
    return null;
  }
  const ctx = { desk, t, range, additions: [] };
  const thing = old ?? { ...suggested(desk, part, range), ...preset };
  const fields = new Map();
  const lines = FORMS[part].map((line) =>
    el(
      "div",
      { class: `line of-${line.length}` },
      ...line.map((spec) => {
        const field = formField(ctx, thing, spec);
        fields.set(spec[0], field);
        return field.node;
      }),
    ),
  );
  const kind = t.of("kind", Telling.KINDS[part]);
  const title = old
    ? t("edit_title", { kind: kind.toLowerCase(), what: Telling.shortened(Telling.title(desk, id, part, old), 60) })
    : t("add_title", { kind: kind.toLowerCase() });
  const body = el(
    "div",
    { class: "form" },
    ...(range && !old ? [el("blockquote", { class: "from", text: Telling.shortened(range.text, 240) })] : []),
    ...lines,
  );
  if (part === "quotes") linkSpeaker(fields);
  const opened = Pieces.dialog(desk, desk.root, { title, body, save, saveLabel: old ? null : t("add") });
  return opened;

  function save() {
    const values = {};
    const errors = [];
    for (const [name, field] of fields) {
      const { value, error } = field.get();
      if (error) errors.push(error);
      else values[name] = value;
    }
    if (errors.length) {
      opened.say(t.n("problems", errors.length));
      return false;
    }
    const needed = ctx.additions.filter((change) => JSON.stringify(values).includes(`"${change.thing.id}"`));
    const change = old
      ? editOf(id, part, old, values)
      : { action: "add", part, thing: { id: newThingId(part), ...thing, ...values } };
    for (const addition of needed) desk.decide(addition);
    if (change) desk.decide(change);
    if (!old) desk.focus(change.thing.id, "form");
    return true;
  }
}

/** A driver who speaks needs no name and no role of his own: they follow from who he is. */
function linkSpeaker(fields) {
  const speaker = fields.get("speaker");
  const role = fields.get("speaker_role");
  speaker.input.addEventListener("blur", () => {
    if (speaker.picker.value() && role.input.value === "unknown") role.input.value = "driver";
  });
}

/** The edit that makes a thing have these values, or null where it has them. */
function editOf(id, part, old, values) {
  const fields = Flags.changed(old, values);
  return Object.keys(fields).length ? { action: "edit", target: id, fields } : null;
}

/** Open whatever an `open-form` asks for. */
function mountForms(desk) {
  desk.on("open-form", (asked) => {
    if (!desk.record) return undefined;
    if (!desk.mayDecide) {
      desk.emit("refused", { id: null, message: desk.words("desk.locked", { holder: desk.data.lock.holder }) });
      return undefined;
    }
    const { id, range } = asked;
    const part = asked.part ?? (FORMS[id] ? id : undefined);
    if (["drivers", "teams"].includes(part) && !id) return openMentionForm(desk, { part, range });
    const opens = {
      grid: openGrid,
      bulk: openBulk,
      identical: openIdentical,
      merge: openMerge,
      split: openSplit,
      text: openRetext,
      retext: openRetext,
      loose: openLoose,
    };
    if (opens[part]) return opens[part](desk, asked);
    if (id && id in desk.gone) return undefined;
    return FORMS[part] ? openThingForm(desk, asked) : undefined;
  });
}
