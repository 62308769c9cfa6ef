// The field that a cell of the grid becomes while it is edited.

/**
 * Return {cell, begin, commit, key}. `typed` is the letter that began it and replaces what was there; without one the
 * value is edited. `change()` is told of every letter, `done(step)` of the end, with where to go next.
 */
function gridEditor(ctx, row, name, cell, typed, { change, done }) {
  const { t } = ctx;
  const was = Array.isArray(row[name]) ? [...row[name]] : row[name];
  const label = t(`column.${name}`);
  const picks = { drivers: "drivers", team: "teams" }[name];
  let ended = false;
  const picker = picks || name === "status" ? choiceIn() : null;
  const input = picker
    ? picker.input
    : el("input", { type: "text", class: "cell-input", maxlength: 40, "aria-label": label });
  return { cell, begin, commit, key };

  function begin() {
    cell.replaceChildren(picker ? picker.node : input);
    if (picker) {
      if (typed !== null || name === "status") input.value = typed ?? "";
      if (typed === null && !picker.value()?.length) input.value = "";
    } else {
      input.value = typed ?? row[name] ?? "";
      input.addEventListener("input", read);
      input.addEventListener("blur", () => commit());
      if (typed !== null) read();
    }
    input.focus();
    if (!picker && typed === null) input.select();
    if (picker) {
      input.dispatchEvent(new Event("input"));
      input.addEventListener("blur", () => setTimeout(() => commit(), 0));
    }
  }
  function read() {
    row[name] = input.value.trim();
    change();
  }
  function choiceIn() {
    const options = () =>
      picks
        ? Fields.optionsOf(ctx, picks)
        : Fields.ENUMS.result_status.map((value) => ({ value, label: t.of("result_status", value) }));
    // A letter typed begins anew with one driver; F2 adds to a crew.
    const multiple = name === "drivers" && typed === null;
    const value = name === "drivers" ? (multiple ? row.drivers : null) : typed === null ? row[name] : null;
    return Picker.picker({ t, label, options, multiple, value, onChange: taken, create: picks ? offer : () => null });

    function taken(value, pressed) {
      if (ended || (value === null && typed === null)) return;
      row[name] = name === "drivers" ? (multiple ? value : value ? [value] : []) : (value ?? row[name]);
      change();
      if (!multiple && value && pressed !== "Tab") end([1, 0]);
    }
  }
  function offer(said) {
    return {
      label: t(`new.${picks}`, { name: said }),
      make() {
        const thing = Fields.newNamed(ctx, picks, said);
        if (!thing) {
          cell.setAttribute("aria-invalid", "true");
          cell.title = t("problem.not_in_text", { name: said });
          ctx.desk.emit("said", { message: cell.title });
          return null;
        }
        ctx.additions.push({ action: "add", part: picks, thing });
        return { value: thing.id };
      },
    };
  }
  function commit() {
    if (!ended) end(null);
  }
  function end(step) {
    ended = true;
    cell.replaceChildren();
    done(step);
  }
  function key(event) {
    const isOpen = picker?.isOpen();
    if (event.key === "Escape" && !isOpen) {
      row[name] = was;
      change();
      return stop(event, [0, 0]);
    }
    if (event.key === "Enter" && !event.ctrlKey && !event.defaultPrevented)
      return stop(event, [event.shiftKey ? -1 : 1, 0]);
    if (event.key === "Tab" && !event.ctrlKey) return stop(event, [0, event.shiftKey ? -1 : 1]);
    const vertical = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    // What was begun by typing ends by an arrow, as in a spreadsheet.
    if (vertical && !picker) return stop(event, [vertical, 0]);
    return undefined;
  }
  function stop(event, step) {
    event.preventDefault();
    event.stopPropagation();
    if (!ended) end(step);
  }
}
