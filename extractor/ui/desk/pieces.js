// What the right half is built of: dialogs, buttons with their letters, lists by arrows, things kept by their ids.

const Pieces = (() => {
  let counted = 0;
  /** An id for an element that another one names. */
  const nextId = () => `pf-${(counted += 1)}`;

  /** A button that shows its shortcut; `key` is what is shown, such as "A" or "Ctrl+Z". */
  function button(label, onClick, { key = null, kind = "", title = null, disabled = false } = {}) {
    const shown = key ? el("kbd", { class: "key", "aria-hidden": "true", text: key }) : null;
    const attributes = { type: "button", class: `button ${kind}`.trim(), title, disabled, on: { click: onClick } };
    if (key) attributes["aria-keyshortcuts"] = key.replace(/^Ctrl\+/, "Control+");
    return el("button", attributes, el("span", { class: "label", text: label }), shown);
  }

  /** The element that has the focus, within the component's own tree. */
  function focused(root) {
    const tree = root.getRootNode();
    return (tree.activeElement ?? document.activeElement) || null;
  }

  /** Elements of a dialog that Tab passes, in order. */
  function tabStops(node) {
    const all = node.querySelectorAll("button, input, select, textarea, a[href], summary, [tabindex]");
    return [...all].filter((one) => one.tabIndex >= 0 && !one.disabled && one.getClientRects().length);
  }

  /** Keep Tab inside. */
  function trap(node, event) {
    if (event.key !== "Tab") return;
    const stops = tabStops(node);
    const here = stops.indexOf(focused(node));
    const leaves = event.shiftKey ? here <= 0 : here === stops.length - 1;
    if (!stops.length || !leaves) return;
    event.preventDefault();
    stops[event.shiftKey ? stops.length - 1 : 0].focus();
  }

  const isButton = (node) => ["BUTTON", "SUMMARY", "A"].includes(node.tagName);

  /**
   * Open a dialog beside the text. Enter saves, Escape cancels, Tab stays inside, and the focus goes back to where
   * it was. `save()` returns whether the dialog may close. Returns {node, close, say, saveButton}.
   */
  function dialog(desk, root, { title, body, save, saveLabel, wide = false, buttons = [], onClose = () => {} }) {
    const t = Telling.words(desk);
    const came = focused(root);
    const heading = el("h2", { id: nextId(), text: title });
    const said = el("p", { class: "said", role: "status", "aria-live": "polite" });
    const node = el("dialog", { class: `facts-dialog${wide ? " wide" : ""}`, "aria-labelledby": heading.id });
    const saveButton = save ? button(saveLabel ?? t("save"), submit, { key: t("key.enter"), kind: "primary" }) : null;
    const cancel = button(save ? t("cancel") : t("close"), () => close(), { key: t("key.escape") });
    node.append(
      el("header", {}, heading),
      el("div", { class: "dialog-body" }, body),
      el("footer", {}, said, el("div", { class: "buttons" }, ...buttons, cancel, saveButton)),
    );
    node.addEventListener("keydown", (event) => {
      event.stopPropagation(); // no key of the page while a dialog is open
      trap(node, event);
      if (event.key !== "Enter" || event.defaultPrevented || !save || event.isComposing) return;
      const within = event.composedPath()[0];
      if (!event.ctrlKey && (isButton(within) || (within.tagName === "TEXTAREA" && event.shiftKey))) return;
      event.preventDefault();
      submit();
    });
    node.addEventListener("cancel", (event) => {
      if (event.target !== node) return;
      event.preventDefault();
      close();
    });
    const off = desk.on("close", () => close());
    root.append(node);
    node.showModal();
    (node.querySelector("[data-first]") ?? tabStops(node.querySelector(".dialog-body"))[0] ?? cancel).focus();
    return { node, close, say: (text) => setText(said, text), saveButton };

    function submit() {
      if (saveButton.disabled) return;
      if (!desk.mayDecide) {
        // What was typed stays there for when the document is free again.
        setText(said, desk.words("desk.locked", { holder: desk.data.lock.holder }));
        return;
      }
      if (save()) close();
      else node.querySelector("[aria-invalid=true]")?.focus();
    }
    function close() {
      if (!node.isConnected) return;
      if (typeof off === "function") off();
      node.close();
      node.remove();
      onClose();
      if (came?.isConnected && came.getClientRects().length) came.focus();
      else desk.emit("refocus", {});
    }
  }

  /** A field with its label, hint and, beside it, what is wrong: `problem(text)` sets it or takes it away. */
  function field(label, control, { hint = null, input = control } = {}) {
    const id = nextId();
    const told = el("p", { class: "problem", id: `${id}-p`, hidden: true });
    const note = el("p", { class: "hint", id: `${id}-h`, text: hint ?? "", hidden: !hint });
    const isGroup = !["INPUT", "SELECT", "TEXTAREA"].includes(input.tagName);
    input.id = input.id || id;
    const name = el(isGroup ? "span" : "label", {
      class: "name",
      id: `${id}-n`,
      text: label,
      for: isGroup ? null : input.id,
    });
    if (isGroup) {
      input.setAttribute("role", "group");
      input.setAttribute("aria-labelledby", `${id}-n`);
    }
    input.setAttribute("aria-describedby", `${id}-h ${id}-p`);
    const node = el("div", { class: "field" }, name, el("div", { class: "control" }, control, note, told));
    const problem = (text) => {
      told.hidden = !text;
      setText(told, text ? `▲ ${text}` : "");
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    };
    const explain = (text) => {
      note.hidden = !text;
      setText(note, text ?? "");
    };
    return { node, problem, explain };
  }

  /** A native choice: it has type-ahead and arrows of its own. `options` are [value, word]. */
  function choice(options, value, attributes = {}) {
    const node = el("select", attributes);
    for (const [key, word] of options) node.append(el("option", { value: key, text: word }));
    node.value = value ?? "";
    return node;
  }

  /** One tab stop with arrows inside: the items that `selector` finds in `list`, in the order in which they stand. */
  function roving(list, selector, { onFocus = () => {} } = {}) {
    const items = () => [...list.querySelectorAll(selector)].filter((one) => one.getClientRects().length);
    list.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const item = event.target.closest(selector);
      if (!item || (takesText(event.target) && event.target !== item)) return;
      const all = items();
      const here = all.indexOf(item);
      const to = {
        ArrowDown: here + 1,
        ArrowUp: here - 1,
        Home: 0,
        End: all.length - 1,
        PageDown: Math.min(here + 10, all.length - 1),
        PageUp: Math.max(here - 10, 0),
      }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      if (all[to]) move(all[to], true);
    });
    list.addEventListener("focusin", (event) => {
      const item = event.target.closest(selector);
      if (item) {
        move(item, false);
        onFocus(item);
      }
    });
    /** Make an item the one that Tab finds; give it the focus if asked to. */
    function move(item, withFocus) {
      for (const other of list.querySelectorAll(`${selector}[tabindex="0"]`)) if (other !== item) other.tabIndex = -1;
      item.tabIndex = 0;
      if (withFocus) item.focus({ preventScroll: false });
    }
    /** See to it that exactly one can be reached, after items came or went. */
    function settle() {
      const all = [...list.querySelectorAll(selector)];
      if (!all.some((one) => one.tabIndex === 0) && all[0]) all[0].tabIndex = 0;
    }
    return { move, settle, items };
  }

  /** Nodes kept by key: made once, changed only where what they show differs. */
  function keyed(make) {
    const known = new Map();
    return {
      /** Return the node of a key, told anew where `sign` differs from last time. */
      node(key, sign, value) {
        const held = known.get(key);
        if (held && held.sign === sign) return held.node;
        const node = make(value, held?.node ?? null);
        known.set(key, { node, sign });
        return node;
      },
      get: (key) => known.get(key)?.node ?? null,
      keep(keys) {
        for (const key of known.keys()) if (!keys.has(key)) known.delete(key);
      },
    };
  }

  return { button, choice, dialog, field, focused, keyed, nextId, roving, tabStops };
})();
