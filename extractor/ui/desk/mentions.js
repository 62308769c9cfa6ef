// A selection names somebody: who is it, how does the text call him, and where else does it do so?

/** Ask whom a selection names: somebody of the record, or somebody new. */
function openMentionForm(desk, { part, range = desk.range }) {
  const t = Telling.words(desk);
  const whole = range && Guess.trimmed(range);
  if (!whole) {
    desk.emit("refused", { id: null, message: t("select_first") });
    return null;
  }
  const ctx = { desk, t, range: whole, additions: [] };
  const owner = desk.record[part].find((thing) => thing.mentions.some((mention) => SpanFields.isSame(mention, whole)));
  const close = owner?.id ?? likeliest(desk.record[part], whole.text);
  const who = Fields.things(ctx, t(`who.${part}`), close, { part, required: true });
  const form = Fields.enumeration(ctx, t("field.form"), "name", "mention_form");
  const others = Guess.occurrences(desk.data.text, whole.text).filter(
    (span) => span.start !== whole.start && !isMentioned(desk.record[part], span),
  );
  const box = el("input", { type: "checkbox", class: "everywhere" });
  box.checked = others.length > 0;
  const also = others.length
    ? el(
        "label",
        { class: "also" },
        box,
        t.n("also_elsewhere", others.length, { said: Telling.shortened(whole.text, 30) }),
      )
    : null;
  const newOne = Pieces.button(
    t(`new.${part}`, { name: Telling.shortened(whole.text, 40) }),
    () => {
      if (saveNew()) opened.close();
    },
    { key: t("key.alt_n"), kind: "wide" },
  );
  const body = el(
    "div",
    { class: "form" },
    el("blockquote", { class: "from", text: Telling.shortened(whole.text, 240) }),
    owner ? el("p", { class: "hint", text: t("moving.from", { name: owner.name }) }) : null,
    el("div", { class: "line of-1" }, who.node),
    el("div", { class: "line of-1" }, form.node),
    also,
    el("p", { class: "or", text: t("or") }),
    newOne,
  );
  const opened = Pieces.dialog(desk, desk.root, {
    title: t(`mention_title.${part}`),
    body,
    save,
    saveLabel: t("add_mention"),
  });
  opened.node.addEventListener("keydown", (event) => {
    if (event.altKey && event.key.toLowerCase() === "n") {
      event.preventDefault();
      newOne.click();
    }
  });
  return opened;

  function spans() {
    const how = form.get().value;
    return [whole, ...(box.checked ? others : [])]
      .map(({ start, end, text }) => ({ start, end, text, form: how }))
      .sort(SpanFields.byStart);
  }
  function save() {
    const { value, error } = who.get();
    if (error || !leaves(value)) return false;
    const made = ctx.additions.find((change) => change.thing.id === value);
    if (made) desk.decide({ ...made, thing: { ...made.thing, mentions: spans() } });
    else addMentions(desk, value, spans());
    desk.focus(value, "form");
    return true;
  }
  /** Take the mention from whom it was; false where that would leave him without any. */
  function leaves(to) {
    if (!owner || owner.id === to) return true;
    const staying = owner.mentions.filter((mention) => !SpanFields.isSame(mention, whole));
    if (!staying.length) {
      opened.say(t("moving.last", { name: owner.name }));
      return false;
    }
    desk.decide({ action: "edit", target: owner.id, fields: { mentions: { old: owner.mentions, new: staying } } });
    return true;
  }
  function saveNew() {
    if (!leaves(null)) return false;
    const thing = Fields.newNamed(ctx, part, whole.text, spans());
    desk.decide({ action: "add", part, thing });
    desk.focus(thing.id, "form");
    return true;
  }
}

const isMentioned = (things, span) =>
  things.some((thing) => thing.mentions.some((mention) => Guess.overlaps(mention, span)));

/** Mentions are put to those that are there, and a name that is new to the aliases, in one edit. */
function addMentions(desk, id, spans) {
  const old = desk.thing(id);
  const fresh = spans.filter((span) => !old.mentions.some((mention) => SpanFields.isSame(mention, span)));
  const aliases = [
    ...new Set(fresh.filter((span) => span.form === "name").map((span) => span.text.replace(/\s+/g, " "))),
  ].filter((name) => name !== old.name && !old.aliases.includes(name));
  const fields = {};
  if (fresh.length) fields.mentions = { old: old.mentions, new: [...old.mentions, ...fresh].sort(SpanFields.byStart) };
  if (aliases.length) fields.aliases = { old: old.aliases, new: [...old.aliases, ...aliases] };
  if (Object.keys(fields).length) desk.decide({ action: "edit", target: id, fields });
}

/** Somebody whose name is much like what is selected: the same family name, or a letter or two apart. */
function likeliest(things, text) {
  const wanted = Values.fold(text);
  const last = wanted.split(" ").at(-1);
  const most = Math.max(1, Math.floor(wanted.length / 6));
  const scored = things
    .map((thing) => [
      Math.min(
        ...[thing.name, ...thing.aliases].map((name) => {
          const folded = Values.fold(name);
          return folded.split(" ").at(-1) === last ? 0.5 : Values.distance(folded, wanted, most);
        }),
      ),
      thing.id,
    ])
    .sort((a, b) => a[0] - b[0]);
  return scored.length && scored[0][0] <= most ? scored[0][1] : null;
}
