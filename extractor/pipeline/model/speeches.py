"""Speech that the model alone hears: candidates for quotes, and who speaks."""

from __future__ import annotations

from extractor.neural.heads import Opinion, Sight
from extractor.pipeline.model.proposals import MARK, speeches_of
from extractor.record import Quote, RaceRecord, Span

_SPEAKS = 0.3


def with_speeches(record: RaceRecord, sight: Sight) -> tuple[RaceRecord, dict[str, float]]:
    """Return a record with candidates for quotes, and the probability of each by identifier."""
    text = record.document.text
    taken = [(span.start, span.end) for quote in record.quotes for span in quote.evidence]
    quotes, chances = [], {}
    for number, (start, end) in enumerate(speeches_of(sight, text, taken)):
        first, last = sight.tokens.covering(start, end)
        chance = float(sight.tags["speech"][first:last, 1:].sum(-1).mean())
        identifier = f"{MARK}q{number}"
        chances[identifier] = chance
        span = Span(start=start, end=end, text=text[start:end])
        quotes.append(Quote(id=identifier, evidence=(span,), confidence=min(chance, 1.0), text=span.text))
    return record.model_copy(update={"quotes": (*record.quotes, *quotes)}), chances


def with_speakers(record: RaceRecord, opinion: Opinion) -> RaceRecord:
    """Return the record with the most likely speaker for each candidate."""
    pairs, mentions = opinion.example.speakers, opinion.example.mentions
    best: dict[int, tuple[float, int]] = {}
    for pair, chance in enumerate(opinion.speakers):
        people = mentions[pairs.left[pair]].read
        quote = int(pairs.right[pair])
        if len(people) == 1 and chance >= _SPEAKS and chance > best.get(quote, (0.0, 0))[0]:
            best[quote] = (float(chance), next(iter(people)))
    quotes = list(record.quotes)
    for number, (_, person) in best.items():
        if quotes[number].id.startswith(MARK):
            speaker = {"speaker": record.drivers[person].id, "speaker_role": "driver"}
            quotes[number] = quotes[number].model_copy(update=speaker)
    return record.model_copy(update={"quotes": tuple(quotes)})
