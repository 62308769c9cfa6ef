"""Who drives which car: by its number, by its name, by "son Audi"."""

from __future__ import annotations

from extractor.pipeline.incidents.scene import Scene


class Garage:
    """Looks up drivers by what the text calls their car."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._cars: dict[str, tuple[int, ...]] | None = None
        self._numbers: dict[str, tuple[int, ...]] = {}

    def numbers_of(self, value: str) -> tuple[int, ...]:
        """Return who drives the car with that number."""
        self._known()
        return self._numbers.get(value, ())

    def drivers_of(self, surface: str) -> tuple[int, ...]:
        """Return who drives the car of that name, if only one crew does."""
        words = set(_spelt(surface).split())
        if not words:
            return ()
        crews = {who for car, who in self._known().items() if words <= set(car.split())}
        return crews.pop() if len(crews) == 1 else ()

    def _known(self) -> dict[str, tuple[int, ...]]:
        if self._cars is None:
            self._cars = {}
            for link in self.scene.links:
                if link.car:
                    self._cars.setdefault(_spelt(link.car), link.people)
                if link.number:
                    self._numbers.setdefault(link.number, link.people)
            self._owned(self._cars)
        return self._cars

    def _owned(self, cars: dict[str, tuple[int, ...]]) -> None:
        """Remember whose car "son Audi" is."""
        scene = self.scene
        for name in scene.names:
            if name.kind != "car" or name.first == 0 or scene.norm[name.first - 1] not in ("son", "sa"):
                continue
            sentence = scene.sentence(scene.discourse.sentence_at(name.first))
            people = scene.discourse.subject(name.first - 1, sentence)
            if people:
                cars.setdefault(_spelt(scene.tokens.surface(name.first, name.last)), people)


def _spelt(car: str) -> str:
    return " ".join(car.lower().replace("-", " ").split())
