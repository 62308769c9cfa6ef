"""The elements of HTML by what they do to a page; https://html.spec.whatwg.org/multipage/indices.html."""

from __future__ import annotations


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


UNSEEN = _set(
    "script style template noscript head title meta link base svg math canvas audio video object embed applet"
    " iframe select datalist input img map area param source track rp frame noembed progress meter"
)
"""What shows no text of its own, or none but where a browser fails."""

BLOCKS = _set(
    "address article aside blockquote body caption center details dialog dir div dl fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend listing main menu nav"
    " noframes ol p plaintext pre search section summary table ul xmp amp-sidebar"
)
"""What stands apart from its neighbours."""

LINES = _set("dd dt li option tbody td tfoot th thead tr")
"""What begins a line, and is not set apart."""

PRESERVED = _set("pre listing xmp plaintext textarea")
"""Where blanks and line ends are shown as they are."""

CELLS = _set("td th")

HEADINGS = _set("h1 h2 h3 h4 h5 h6 caption")

TEXTUAL = _set("p h1 h2 h3 h4 h5 h6 tr td th li dt dd ol ul table tbody dl pre font center")
"""What an article has in it, and is never the whole of one by itself."""

RANKINGS = _set("ol table dl")
"""Where results stand."""

IN_RANKINGS = _set("tr td th li dt dd caption tbody thead tfoot p div")
"""What may stand between a line and the table or list that it is of."""
