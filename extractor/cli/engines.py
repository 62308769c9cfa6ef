"""What reads the documents of ``parcferme extract``: processes of this machine, or a cluster."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extractor.batch.limits import TIMEOUT
from extractor.batch.task import Engine, Settings
from extractor.errors import UsageError

PROCESSES, DASK = "processes", "dask"


@dataclass(frozen=True, slots=True)
class OnCluster:
    """A cluster that is to do the work.

    Attributes:
        address: Of its scheduler; ``None`` for one on this machine.
        shared_paths: Its machines have the files under the paths that they have here.
    """

    address: str | None = None
    shared_paths: bool = False

    def engine(
        self, settings: Settings, *, processes: int, timeout: float | None, max_memory: int | None
    ) -> tuple[Engine, Settings]:
        """Return the engine, and the settings with its limits.

        Args:
            settings: Of the run.
            processes: Workers of a cluster on this machine.
            timeout: Seconds that a document may take; ``None`` for the usual limit, 0 for none.
            max_memory: Bytes that it may take; ``None`` for its share of the machine where it is read.
        """
        from extractor.batch.dask_engine import DaskEngine

        settings = replace(
            settings,
            reading=replace(settings.reading, jobs=settings.reading.jobs or 1),
            timeout=(TIMEOUT if timeout is None else timeout) or None,
            max_memory=max_memory or None,
        )
        engine = DaskEngine(
            self.address, processes=processes, shared=self.shared_paths, own_memory=max_memory is None
        )
        return engine, settings


def cluster_asked(engine: str | None, address: str | None, *, shared_paths: bool) -> OnCluster | None:
    """Return the cluster that the user asks for, if he does; an address alone asks for one, too.

    Raises:
        UsageError: ``only_on_a_cluster``.
    """
    if engine == DASK or (engine is None and address is not None):
        return OnCluster(address, shared_paths)
    if address is not None or shared_paths:
        raise UsageError("only_on_a_cluster", option="--shared-paths" if address is None else "--address")
    return None
