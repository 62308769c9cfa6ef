// Searching the text: without regard to capitals and accents, as the old papers have them and leave them out.

/** Return a text in which capitals and accents are gone and every place is where it was, UTF-16 units. */
function plainLetters(text) {
  let plain = "";
  for (let n = 0; n < text.length; n += 1) {
    const letter = text[n].normalize("NFD")[0].toLowerCase();
    plain += letter.length === 1 ? letter : text[n];
  }
  return plain.replace(/[\u2018\u2019]/g, "'").replace(/[\s\u00a0\u202f]/g, " ");
}

/** Return where something stands in a text, UTF-16 units; at most `limit` places. */
function placesOf(text, wanted, limit = 500) {
  const plain = plainLetters(text);
  const word = plainLetters(wanted);
  const places = [];
  for (let here = plain.indexOf(word); word && here >= 0 && places.length < limit; here = plain.indexOf(word, here + word.length)) {
    places.push([here, here + word.length]);
  }
  return places;
}

/** Return the search field; {element, open}. Enter goes on, Shift+Enter back, Escape into the text with what was found selected. */
function createSearch(desk, pane, caret) {
  const field = el("input", { type: "search", class: "find", autocomplete: "off", spellcheck: "false" });
  const count = el("span", { class: "count", role: "status" });
  const element = el("div", { class: "search", role: "search" }, field, count);
  const shade = typeof Highlight === "function" && globalThis.CSS?.highlights ? CSS.highlights : null;
  let places = [];
  let here = -1;

  field.addEventListener("input", () => {
    places = placesOf(pane.text, field.value);
    const from = Math.min(caret.from, caret.to);
    here = Math.max(0, places.findIndex(([start]) => start >= from));
    show();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && places.length) {
      here = (here + (event.shiftKey ? -1 : 1) + places.length) % places.length;
      show();
    } else if (event.key === "Escape") {
      leave();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  field.addEventListener("blur", unshade);
  desk.on("data", () => {
    setAttribute(field, "placeholder", desk.words("desk.find"));
    setAttribute(field, "aria-label", desk.words("desk.find"));
  });
  return { element, open: () => { field.focus(); field.select(); } };

  function show() {
    const n = places.length;
    setText(count, field.value ? desk.words(n ? "desk.found" : "desk.found_none", { here: here + 1, n }) : "");
    unshade();
    if (!n) return;
    const [from, until] = places[here];
    pane.scrollTo(from, until);
    if (!shade) return;
    shade.set("desk-found", new Highlight(...places.map((place) => pane.range(...place))));
    shade.set("desk-found-here", new Highlight(pane.range(from, until)));
  }
  function unshade() {
    shade?.delete("desk-found");
    shade?.delete("desk-found-here");
  }
  function leave() {
    const place = places[here];
    unshade();
    pane.article.focus({ preventScroll: true });
    if (place) caret.set(...place);
  }
}
