// The frame of every page: language switch, who reviews, language of the page, cookies. No HTML is made of text.

const A_YEAR = 365 * 24 * 60 * 60;

function keepCookies(cookies) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  for (const [name, value] of Object.entries(cookies)) {
    const age = value === "" ? 0 : A_YEAR;
    document.cookie = `${name}=${value}; Path=/; Max-Age=${age}; SameSite=Strict${secure}`;
  }
}

function button(text, label, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", press);
  return made;
}

// Streamlit speaks English alone; what it says in the widgets that we use is said in the app's language.
const SPOKEN = [
  [/^Upload$/, "upload"],
  [/^Browse files$/, "upload"],
  [/^Drag and drop files? here$/, "drop"],
  [/^(\d+) ?MB per file$/, "per_file"],
  [/^Limit (\d+) ?MB per file.*$/, "per_file"],
  [/^Press Enter to apply$/, "enter_applies"],
  [/^Press Enter to submit form$/, "enter_sends"],
  [/^Select all$/, "select_all"],
  [/^No results$/, "no_results"],
  [/^Skip to main content$/, "skip"],
  [/^Connection error$/, "no_connection"],
  [/^Streamlit server is not responding\. Are you connected to the internet\?$/, "no_server"],
];
const SPEAKERS = '[data-testid="stFileUploader"], [data-testid="InputInstructions"], [data-baseweb="menu"], [role="listbox"], [role="dialog"], [data-testid="stSkipToContent"]';

function translate(words) {
  for (const speaker of document.querySelectorAll(SPEAKERS)) {
    const walker = document.createTreeWalker(speaker, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      for (const [pattern, key] of SPOKEN) {
        const match = pattern.exec(node.nodeValue.trim());
        if (match && words[`streamlit.${key}`]) {
          node.nodeValue = words[`streamlit.${key}`].replace("{limit}", match[1] ?? "");
          break;
        }
      }
    }
  }
}

/** What is read aloud of Streamlit's own buttons. */
const SPOKEN_NAMES = { "Clear all": "clear", "Clear value": "clear" };

function translateNames(words) {
  for (const [said, key] of Object.entries(SPOKEN_NAMES)) {
    for (const button of document.querySelectorAll(`button[aria-label="${said}"]`)) {
      if (words[`streamlit.${key}`]) button.setAttribute("aria-label", words[`streamlit.${key}`]);
    }
  }
}

function keepTranslating(words) {
  window.parcfermeWords = words;
  translate(words);
  translateNames(words);
  if (window.parcfermeTranslates) return;
  window.parcfermeTranslates = true;
  let waits = false;
  new MutationObserver(() => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      translate(window.parcfermeWords);
      translateNames(window.parcfermeWords);
    });
  }).observe(document.body, { childList: true, subtree: true });
}

/** Light or dark by choice. Streamlit keeps what it was told for each address, and reads it when a page is loaded. */
const THEME_NAMES = { system: "System", light: "Light", dark: "Dark" };
const THEME_SEEN = "parcferme:theme";
function keepTheme(theme, paths) {
  try {
    const wanted = JSON.stringify(THEME_NAMES[theme] ?? THEME_NAMES.system);
    const base = location.pathname.replace(/[^/]*$/, "");
    const keyOf = (path) => `stActiveTheme-${base}${path.slice(1)}-v2`;
    const isOther = (key) => (localStorage.getItem(key) ?? JSON.stringify(THEME_NAMES.system)) !== wanted;
    const isShown = !isOther(`stActiveTheme-${location.pathname}-v2`);
    for (const key of paths.map(keyOf)) if (isOther(key)) localStorage.setItem(key, wanted);
    // Once: should Streamlit keep it elsewhere some day, the page stays as it is.
    if (!isShown && sessionStorage.getItem(THEME_SEEN) !== theme) {
      sessionStorage.setItem(THEME_SEEN, theme);
      location.reload();
    } else if (isShown) sessionStorage.removeItem(THEME_SEEN);
  } catch {
    // No storage in this browser: the system's setting it is.
  }
}

/** Who followed a link and was sent to sign in comes back to the first page: go on to where the link led. */
const WANTED = "parcferme:wanted";
function keepWay(isKnown) {
  try {
    if (!isKnown) {
      if (location.pathname !== "/") sessionStorage.setItem(WANTED, location.pathname + location.search);
      return;
    }
    const wanted = sessionStorage.getItem(WANTED);
    sessionStorage.removeItem(WANTED);
    if (wanted && /^\/\w/.test(wanted) && location.pathname === "/") location.replace(wanted);
  } catch {
    // No storage in this browser: the first page it is.
  }
}

export default function ({ data, parentElement, setTriggerValue }) {
  document.documentElement.lang = data.language;
  keepCookies(data.cookies);
  keepTheme(data.theme, data.paths);
  keepWay(Boolean(data.reviewer));
  keepTranslating(data.words);

  parentElement.querySelector(".parcferme-frame")?.remove();
  const frame = document.createElement("div");
  frame.className = "parcferme-frame";
  if (data.reviewer) {
    const who = button(data.reviewer, `${data.words.reviewer} ${data.reviewer}`, () =>
      setTriggerValue("page", "settings"));
    who.className = "parcferme-who";
    frame.append(who);
  }
  const switches = document.createElement("div");
  switches.setAttribute("role", "group");
  switches.setAttribute("aria-label", data.words.language);
  for (const language of data.languages) {
    const one = button(language.toUpperCase(), `${language.toUpperCase()} – ${data.words[language]}`, () => setTriggerValue("language", language));
    one.lang = language;
    one.setAttribute("aria-pressed", String(language === data.language));
    switches.append(one);
  }
  frame.append(switches);
  parentElement.append(frame);
}
