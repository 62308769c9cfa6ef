"""What stands on a page, as a browser computes it: contrast of letters, names of what can be worked, the way of Tab.

Contrast is that of WCAG 2.2 (1.4.3): 4.5 to 1, and 3 to 1 for letters of 24 px, or of 18.66 px in bold. What is
disabled is exempt there. Grounds are put together from all that lies behind the letters.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

_COMMON = """
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    brush.clearRect(0, 0, 1, 1);
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const isSeen = (node) => {
    const box = node.getBoundingClientRect();
    return node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && box.width > 1 && box.height > 1
      && box.right > 0 && box.bottom > 0 && !node.closest('.unseen, .pf-unseen, [inert]');
  };
  const called = (node) => `${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''}`.slice(0, 60);
"""

_CONTRAST = (
    "() => {"
    + _COMMON
    + """
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') return null;
      const colour = rgba(style.backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, layer) => over(layer, under), [255, 255, 255, 1]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255).map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = (node) => {
    let share = 1;
    for (let at = node; at; at = at.parentElement) share *= Number(getComputedStyle(at).opacity);
    return share;
  };
  const isExempt = (node) => node.closest(':disabled, [aria-disabled="true"], [disabled]') !== null;
  const poor = [];
  const judge = (node, style, text) => {
    const behind = ground(node);
    if (!behind || isExempt(node)) return;
    const isSvg = node instanceof SVGElement;
    const ink = rgba(isSvg ? style.fill : style.color);
    const seen = over([ink[0], ink[1], ink[2], ink[3] * faint(node)], behind);
    const [bright, dim] = [light(seen), light(behind)].sort((a, b) => b - a);
    const ratio = (bright + 0.05) / (dim + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700)
      || node.closest('[data-testid="stIconMaterial"]');
    if (ratio < (isLarge ? 3 : 4.5) - 0.005) poor.push(`${ratio.toFixed(2)} ${called(node)} "${text.slice(0, 40)}"`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue.trim();
    const node = walker.currentNode.parentElement;
    if (!text || !node || ['SCRIPT', 'STYLE', 'NOSCRIPT', 'OPTION'].includes(node.tagName) || !isSeen(node)) continue;
    judge(node, getComputedStyle(node), text);
  }
  for (const field of document.querySelectorAll('input[placeholder], textarea[placeholder]')) {
    if (!field.value && field.placeholder && isSeen(field)) judge(field, getComputedStyle(field, '::placeholder'), field.placeholder);
  }
  return [...new Set(poor)];
}"""
)

_NAMELESS = (
    "() => {"
    + _COMMON
    + """
  const WORKED = 'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=tab],'
    + '[role=checkbox], [role=radio], [role=combobox], [role=textbox], [role=menuitem], [role=option], [role=slider], [tabindex="0"]';
  const text = (id) => document.getElementById(id)?.textContent.trim() ?? '';
  const name = (node) => node.getAttribute('aria-label')?.trim()
    || (node.getAttribute('aria-labelledby') ?? '').split(' ').map(text).join(' ').trim()
    || [...(node.labels ?? [])].map((one) => one.textContent.trim()).join(' ').trim()
    || (['INPUT', 'SELECT', 'TEXTAREA'].includes(node.tagName) ? '' : node.textContent.trim())
    || node.title || node.placeholder || node.querySelector('img[alt]')?.alt || '';
  return [...document.querySelectorAll(WORKED)].filter((node) => isSeen(node) && !node.closest('[aria-hidden=true]'))
    .filter((node) => !name(node)).map((node) => `${called(node)} ${node.outerHTML.slice(0, 160)}`);
}"""
)

_WAY = (
    "() => {"
    + _COMMON
    + """
  // One stop for a group of radios, whichever it is.
  const stops = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((node) => isSeen(node) && node.tabIndex >= 0 && !node.matches(':disabled, iframe *'));
  window.way = { all: new Map(), seen: new Set() };
  for (const node of stops) {
    const group = node.type === 'radio' ? node.name : node.getAttribute('role') === 'radio' ? node.closest('[role=radiogroup]') : node;
    way.all.set(group, node);
  }
  way.mark = () => {
    const node = document.activeElement;
    if (!node || node === document.body) return null;
    const again = way.seen.has(node);
    way.seen.add(node);
    return !again;
  };
  way.missed = () => [...way.all].filter(([group, node]) => node.isConnected && isSeen(node) && ![...way.seen].some((one) =>
    one === node || (group !== node && (one.name === group || one.closest('[role=radiogroup]') === group))))
    .map(([, node]) => `${called(node)} "${node.textContent.trim().slice(0, 40)}"`);
  document.activeElement?.blur?.();
  return way.all.size;
}"""
)


def poor(page: Any) -> list[str]:
    """Return letters that stand out too little, each with its contrast."""
    return list(page.evaluate(_CONTRAST))


def nameless(page: Any) -> list[str]:
    """Return what can be worked and has no name."""
    return list(page.evaluate(_NAMELESS))


def missed(page: Any) -> list[str]:
    """Press Tab all round the page; return what it does not reach."""
    stops = page.evaluate(_WAY)
    outside = 0
    for _ in range(2 * stops + 10):
        page.keyboard.press("Tab")
        fresh = page.evaluate("way.mark()")
        outside += fresh is None
        if fresh is False or outside > 2:
            break
    return list(page.evaluate("way.missed()"))


#: What axe-core is asked: WCAG 2.2 AA, and that headings come in their order.
_AXE = """() => axe.run(document, {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  rules: { 'heading-order': { enabled: true }, 'aria-allowed-role': { enabled: true } },
})"""


def judged(page: Any) -> list[str]:
    """Return what axe-core (Deque, MPL-2.0) has against a page; nothing where it is not installed."""
    try:
        import axe_playwright_python
    except ModuleNotFoundError:
        return []
    page.evaluate((Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(_AXE)["violations"]
    return [f"axe {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
