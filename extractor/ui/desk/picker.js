// A field in which one types the beginning of a name and takes it from the list that opens: a combobox.

const Picker = (() => {
  const MOST = 60; // shown at once; who types on sees the others

  /** Options that the text finds, those that begin with it first. */
  function matching(options, text) {
    const wanted = Values.fold(text);
    if (!wanted) return options;
    const rank = ({ label, also = [] }) => {
      const names = [label, ...also].map(Values.fold);
      if (names.some((name) => name.startsWith(wanted))) return 0;
      if (names.some((name) => name.split(" ").some((word) => word.startsWith(wanted)))) return 1;
      return names.some((name) => name.includes(wanted)) ? 2 : 3;
    };
    return options
      .map((option) => [rank(option), option])
      .filter(([n]) => n < 3)
      .sort((a, b) => a[0] - b[0])
      .map(([, option]) => option);
  }

  /**
   * A picker. `options()` gives `{value, label, hint, also}`; `value` is one or, with `multiple`, a list.
   * `create(text)` offers a new one for what is typed: `{label, make() -> option|null}` or null.
   * With `free`, what is nobody's name may stay as it is typed.
   * Returns {node, input, value(), set(value), text(), problem()}; `onChange(value, key)` hears of every change.
   */
  function picker({
    options,
    value = null,
    multiple = false,
    create = () => null,
    onChange = () => {},
    t,
    label = null,
    free = false,
  }) {
    let picked = multiple ? [...(value ?? [])] : (value ?? null);
    let shown = [];
    let active = -1;
    const id = Pieces.nextId();
    const chips = el("span", { class: "chips" });
    const input = el("input", {
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      "aria-label": label,
      "aria-expanded": "false",
      "aria-controls": `${id}-l`,
      "aria-autocomplete": "list",
      id,
    });
    const list = el("ul", {
      class: "options",
      role: "listbox",
      id: `${id}-l`,
      hidden: true,
      "aria-label": label ?? t("suggestions"),
    });
    const node = el("span", { class: `picker${multiple ? " several" : ""}` }, multiple ? chips : null, input, list);
    const labelOf = (one) => options().find((option) => option.value === one)?.label ?? "";

    input.addEventListener("input", () => open());
    input.addEventListener("mousedown", () => (list.hidden ? open(true) : close()));
    input.addEventListener("keydown", onKey);
    input.addEventListener("blur", () => {
      settle();
      close();
    });
    // A press on an option must not take the focus out of the field.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    draw();
    return {
      node,
      input,
      value: () => (multiple ? [...picked] : picked),
      set,
      text: () => input.value,
      problem,
      isOpen: () => !list.hidden,
    };

    function set(next) {
      picked = multiple ? [...(next ?? [])] : (next ?? null);
      draw();
    }
    function draw() {
      if (!multiple) {
        input.value = picked === null ? "" : labelOf(picked);
        return;
      }
      input.value = "";
      setChildren(chips, picked.map(chip));
      input.placeholder = picked.length ? "" : t("type_name");
    }
    function chip(one) {
      const name = labelOf(one) || one;
      const off = el("button", {
        type: "button",
        class: "off",
        tabindex: "-1",
        "aria-label": t("take_off", { name }),
        text: "×",
      });
      off.addEventListener("click", () => drop(one));
      return el("span", { class: "chip" }, el("span", { text: name }), off);
    }
    function drop(one) {
      picked = picked.filter((other) => other !== one);
      draw();
      input.focus();
      onChange(picked);
    }
    function open(all = false) {
      const text = all || isUntouched() ? "" : input.value;
      shown = matching(
        options().filter((option) => !multiple || !picked.includes(option.value)),
        text,
      ).slice(0, MOST);
      const offer = text.trim() ? create(text.trim()) : null;
      if (offer && !shown.some((option) => Values.fold(option.label) === Values.fold(text)))
        shown.push({ ...offer, isNew: true });
      active =
        shown.length && (text.trim() || !multiple)
          ? Math.max(
              0,
              shown.findIndex((option) => !multiple && option.value === picked),
            )
          : -1;
      if (!text.trim() && !multiple && picked === null) active = -1;
      if (free && shown[active]?.isNew) active = -1;
      setChildren(list, shown.map(line));
      list.hidden = !shown.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      if (!list.hidden) place();
      mark();
    }
    function line(option, n) {
      const item = el(
        "li",
        { role: "option", id: `${id}-${n}`, class: option.isNew ? "new" : null },
        el("span", { text: option.label }),
        option.hint ? el("span", { class: "more", text: option.hint }) : null,
      );
      item.addEventListener("click", () => take(option));
      return item;
    }
    function place() {
      const box = input.getBoundingClientRect();
      const below = window.innerHeight - box.bottom;
      Object.assign(list.style, { left: `${box.left}px`, minWidth: `${box.width}px` });
      if (below < 200 && box.top > below)
        Object.assign(list.style, { top: "auto", bottom: `${window.innerHeight - box.top + 2}px` });
      else Object.assign(list.style, { bottom: "auto", top: `${box.bottom + 2}px` });
    }
    function mark() {
      [...list.children].forEach((item, n) => item.setAttribute("aria-selected", String(n === active)));
      if (active >= 0 && !list.hidden) {
        input.setAttribute("aria-activedescendant", `${id}-${active}`);
        list.children[active].scrollIntoView({ block: "nearest" });
      } else input.removeAttribute("aria-activedescendant");
    }
    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function take(option, key = null) {
      const made = option.isNew ? option.make() : option;
      if (!made) return;
      picked = multiple ? [...picked, made.value] : made.value;
      draw();
      close();
      onChange(picked, key);
    }
    function isUntouched() {
      return !multiple && input.value === (picked === null ? "" : labelOf(picked));
    }
    /** What was typed and not taken counts where only one thing can be meant. */
    function settle() {
      const text = input.value.trim();
      if (isUntouched() || (multiple && !text)) return;
      if (!text) {
        picked = null;
        onChange(picked);
        return;
      }
      const exact = options().filter((option) =>
        [option.label, ...(option.also ?? [])].some((name) => Values.fold(name) === Values.fold(text)),
      );
      if (exact.length === 1) take(exact[0]);
    }
    /** What is typed and is nobody's name, or null. */
    function problem() {
      settle();
      const left = multiple ? input.value.trim() : isUntouched() ? "" : input.value.trim();
      return left ? t("problem.unknown", { text: left }) : null;
    }
    function onKey(event) {
      if (event.isComposing) return;
      const isShown = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (event.altKey || !isShown) {
          if (node.closest("td") && !event.altKey) return; // in a grid the arrows are the grid's
          open(true);
        } else {
          active = (active + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length;
          mark();
        }
        event.preventDefault();
        event.stopPropagation();
      } else if (event.key === "Enter" && isShown && active >= 0) {
        event.preventDefault();
        event.stopPropagation();
        take(shown[active]);
      } else if (event.key === "Tab" && isShown && active >= 0 && !isUntouched()) {
        take(shown[active], "Tab");
      } else if (event.key === "Escape" && isShown) {
        event.preventDefault();
        event.stopPropagation();
        if (!multiple && !free) draw();
        close();
      } else if (event.key === "Backspace" && multiple && !input.value && picked.length) {
        drop(picked.at(-1));
      }
    }
  }

  return { matching, picker };
})();
