"""Times as reports write them, and as records hold them."""

from __future__ import annotations

from dataclasses import dataclass

# The patterns take hours, minutes, seconds and the fraction in tenths, hundredths or thousandths.
_SHORT = {
    "prime": "{m}'{s:02d}\"{f}",
    "double": "{m}'{s:02d}''{f}",
    "point": "{m}'{s:02d}.{f}",
    "colon": "{m}:{s:02d}.{f}",
    "dots": "{m}.{s:02d}.{f}",
    "letters": "{m}mn{s:02d}s{f}",
    "min": "{m} min {s:02d} s {f}",
    "old": "{m} m. {s} s. {f}",
}
_LONG = {
    "prime": "{h}h{m:02d}'{s:02d}\"{f}",
    "double": "{h}h{m:02d}'{s:02d}''{f}",
    "point": "{h}h{m:02d}'{s:02d}.{f}",
    "colon": "{h}:{m:02d}:{s:02d}.{f}",
    "dots": "{h}h{m:02d}.{s:02d}.{f}",
    "letters": "{h}h{m:02d}mn{s:02d}s{f}",
    "min": "{h} h {m:02d} min {s:02d} s {f}",
    "old": "{h} h. {m} m. {s} s. {f}",
}
_SECONDS = {
    "prime": '{s}"{f}',
    "double": "{s}''{f}",
    "point": "{s}.{f}",
    "colon": "{s}.{f}",
    "dots": "{s}.{f}",
    "letters": "{s}s{f}",
    "min": "{s} s {f}",
    "old": "{s} s. {f}",
}
_DIGITS = {1: 3, 10: 2, 100: 1, 200: 1}
OLD, NEW = ("old", "old", "prime", "prime"), ("prime", "double", "point", "colon", "dots", "letters", "min")


@dataclass(frozen=True, slots=True)
class Clock:
    """One report's way with times: a notation, and the least unit in milliseconds."""

    notation: str
    unit: int

    def time(self, time: int) -> str:
        """Write a time or a gap."""
        hours, rest = divmod(time, 3_600_000)
        minutes, rest = divmod(rest, 60_000)
        seconds, rest = divmod(rest, 1000)
        patterns = _LONG if hours else _SHORT if minutes else _SECONDS
        fraction = self._fraction(rest)
        text = patterns[self.notation].format(h=hours, m=minutes, s=seconds, f=fraction)
        return text.rstrip(" ") if not fraction else text

    def _fraction(self, rest: int) -> str:
        if self.notation == "old":
            whole = 5 if self.unit == 200 else 10
            return f"{rest * whole // 1000}/{whole}" if rest else ""
        digits = _DIGITS[self.unit]
        return f"{rest:03d}"[:digits]


def iso(time: int) -> str:
    """Return a duration as records have it."""
    hours, rest = divmod(time, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    long = f"{hours}H{minutes}M" if hours else f"{minutes}M" if minutes else ""
    return f"PT{long}{rest // 1000}.{rest % 1000:03d}S"


def measure(duration: str) -> str:
    """Return a duration of a record as the block of facts writes it."""
    return duration.removeprefix("PT").replace("H", ":").replace("M", ":").removesuffix("S")
