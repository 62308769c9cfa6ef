// The keys. They work wherever the focus is in the page, but for fields in which one types, and dialogs.

/** What the letters do; each has words under `desk.key.NAME`. `mark` is what the bar shows. */
const KEYS = [
  { name: "next", keys: ["j", "ArrowDown"], mark: "J" }, { name: "previous", keys: ["k", "ArrowUp"], mark: "K" },
  { name: "next_doubtful", keys: ["n"], mark: "N" }, { name: "previous_doubtful", keys: ["p"], mark: "P" },
  { name: "accept", keys: ["a"], mark: "A" }, { name: "reject", keys: ["x"], mark: "X" },
  { name: "edit", keys: ["e"], mark: "E" }, { name: "note", keys: ["m"], mark: "M" },
  { name: "undo", keys: ["u"], mark: "U" }, { name: "redo", keys: ["U"], mark: "⇧U" },
  { name: "accept_and_next", keys: ["A"], mark: "⇧A", quiet: true }, { name: "text", keys: ["t"], mark: "T" },
  { name: "find", keys: ["/"], mark: "/" }, { name: "add", keys: ["Enter"], mark: "⏎", quiet: true },
  { name: "finish", keys: ["f"], mark: "F" }, { name: "next_document", keys: ["]", "d"], mark: "]" },
  { name: "queue", keys: ["[", "q"], mark: "[" }, { name: "image", keys: ["i"], mark: "I", quiet: true },
  { name: "jump", keys: ["1", "2", "3", "4", "5", "6"], mark: "1–6", quiet: true },
  { name: "grid", keys: ["g"], mark: "G", quiet: true }, { name: "bulk", keys: ["b"], mark: "B", quiet: true },
  { name: "identical", keys: ["s"], mark: "S", quiet: true }, { name: "merge", keys: ["y"], mark: "Y", quiet: true },
  { name: "split", keys: ["v"], mark: "V", quiet: true }, { name: "retext", keys: ["r"], mark: "R", quiet: true },
  { name: "loose", keys: ["l"], mark: "L", quiet: true }, { name: "filter", keys: ["h"], mark: "H", quiet: true },
  { name: "help", keys: ["?"], mark: "?" },
];
/** Keys that are no letters stay when letters are switched off (WCAG 2.1.4). */
const isCharacter = (key) => key.length === 1;

/**
 * Listen to the keys of the whole page.
 * @param {Object<string, function(string): (boolean|void)>} actions by name; false leaves the key to the browser
 * @returns {{letters: boolean, setLetters: function(boolean), destroy: function()}}
 */
function createKeys(desk, root, actions, storage) {
  const named = new Map(KEYS.flatMap((entry) => entry.keys.map((key) => [key, entry.name])));
  const keys = {
    letters: readText(storage, "parcferme:letters") !== "off",
    setLetters(on) {
      keys.letters = on;
      writeText(storage, "parcferme:letters", on ? "on" : "off");
    },
    destroy: () => window.removeEventListener("keydown", pressed, true),
  };
  // In the capturing phase: Streamlit has letters of its own, R and C, that it hears on the document.
  window.addEventListener("keydown", pressed, true);
  return keys;

  function pressed(event) {
    if (!root.isConnected || event.defaultPrevented || event.isComposing) return;
    // On a French keyboard [ and ] are typed with AltGr, which some systems tell as Ctrl and Alt.
    const isTyped = event.getModifierState?.("AltGraph") || (event.ctrlKey && event.altKey && isCharacter(event.key));
    if (!isTyped && (event.ctrlKey || event.metaKey || event.altKey)) return undone(event);
    const target = event.composedPath()[0];
    if (takesText(target) || isForeign(target)) return;
    if (event.key === "Escape") {
      desk.emit("close");
      return;
    }
    const key = keyOf(event);
    const name = named.get(key);
    if (!name || (isCharacter(key) && !keys.letters)) return;
    if (!isCharacter(key) && !isOursToMove(event, target)) return;
    if (actions[name]?.(key) === false) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Return the key as on the caps: Caps Lock changes no letter, and digits are digits on a French keyboard too. */
  function keyOf(event) {
    const digit = /^Digit([1-6])$/.exec(event.code ?? "");
    if (digit && !named.has(event.key)) return digit[1];
    if (!/^\p{L}$/u.test(event.key)) return event.key;
    if (!event.getModifierState?.("CapsLock")) return event.key;
    return event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
  }
  /** Ctrl+Z and Ctrl+Shift+Z (or Y) take back and do again, letters or not. */
  function undone(event) {
    if (event.altKey || takesText(event.composedPath()[0]) || isForeign(event.composedPath()[0])) return;
    const key = event.key.toLowerCase();
    const name = key === "z" ? (event.shiftKey ? "redo" : "undo") : key === "y" ? "redo" : null;
    if (!name) return;
    actions[name]?.(key);
    event.preventDefault();
    event.stopPropagation();
  }
  /** Dialogs and menus have the keyboard to themselves, ours as well as Streamlit's. */
  function isForeign(target) {
    return Boolean(target.closest?.("dialog, [role=dialog], [role=menu], [role=listbox], [role=grid], [data-keys=own]"));
  }
  /** Arrows and Enter belong to whatever has the focus, and to us where nothing of the kind has. */
  function isOursToMove(event, target) {
    if (event.key === "Enter") return target.closest?.(".desk-text") !== null && target.closest?.(".desk-text") !== undefined;
    if (event.shiftKey) return false;
    return !target.closest?.(".desk-text, [role=tab], [role=radio], [role=slider], input, summary");
  }
}
