"use strict";
// Facts and text light each other. Without this script their links still lead from one to the other.
(() => {
  const article = document.querySelector("article.text");
  const facts = document.getElementById("facts");
  const status = document.getElementById("status");
  const segments = [...article.querySelectorAll(".seg")];
  const keysOf = new Map(segments.map((segment) => [segment, segment.dataset.keys.split(" ")]));
  const segmentsOf = new Map();
  for (const segment of segments) {
    for (const key of keysOf.get(segment)) {
      if (!segmentsOf.has(key)) segmentsOf.set(key, []);
      segmentsOf.get(key).push(segment);
    }
  }
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  let lit = [];

  function reveal(element) {
    const behavior = still.matches ? "auto" : "smooth";
    const ownScroll = facts.contains(element) && facts.scrollHeight > facts.clientHeight;
    if (!ownScroll) return element.scrollIntoView({ block: "center", inline: "nearest", behavior });
    // scrollIntoView would move the page as well, and with it the text that was clicked.
    const offset = element.getBoundingClientRect().top - facts.getBoundingClientRect().top;
    facts.scrollBy({ top: offset - facts.clientHeight / 3, behavior });
  }

  function clear() {
    for (const element of lit) element.classList.remove("lit", "chosen");
    lit = [];
    status.textContent = "";
  }

  function light(keys) {
    clear();
    const shown = keys.map((key) => document.getElementById(key)).filter(Boolean);
    const evidence = keys.flatMap((key) => segmentsOf.get(key) || []);
    lit = [...shown, ...evidence];
    for (const element of lit) element.classList.add("lit");
    status.textContent = status.dataset.lit.replace("{n}", shown.length);
    return { shown, evidence };
  }

  function fromFact(fact, byKeyboard) {
    const { evidence } = light([fact.id]);
    fact.classList.add("chosen");
    if (!evidence.length) return;
    reveal(evidence[0]);
    if (byKeyboard) focus(evidence[0]);
  }

  function fromText(segment, byKeyboard) {
    const keys = keysOf.get(segment);
    const { shown } = light(keys);
    segment.classList.add("chosen");
    lit.push(segment);
    if (!shown.length) return;
    reveal(shown[0]);
    if (byKeyboard) (shown[0].querySelector(".go") || shown[0]).focus({ preventScroll: true });
  }

  // One stop for Tab in the whole text; arrows go from one marked passage to the next.
  function focus(segment) {
    for (const other of segments) other.tabIndex = -1;
    segment.tabIndex = 0;
    segment.focus({ preventScroll: true });
  }
  segments.forEach((segment, number) => (segment.tabIndex = number ? -1 : 0));

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!window.getSelection().isCollapsed) return;
    const byKeyboard = event.detail === 0;
    const see = event.target.closest("a.see");
    const other = see && document.getElementById(see.hash.slice(1));
    const segment = event.target.closest(".seg");
    const fact = other || event.target.closest(".fact");
    if (segment) fromText(segment, byKeyboard);
    else if (fact) {
      fromFact(fact, byKeyboard && !other);
      if (other) reveal(other);
    } else {
      if (event.target.closest("main") && !event.target.closest("a, label")) clear();
      return;
    }
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return clear();
    const here = segments.indexOf(document.activeElement);
    if (here < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = segments.length - 1;
    const steps = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: last };
    const next = segments[steps[event.key]];
    if (!next) return;
    event.preventDefault();
    focus(next);
    next.scrollIntoView({ block: "nearest" });
  });

  for (const box of document.querySelectorAll(".switches input")) {
    const apply = () => article.classList.toggle("without-" + box.value, !box.checked);
    box.addEventListener("change", apply);
    apply(); // browsers remember switches over a reload
  }
  document.documentElement.classList.add("scripted");
})();
