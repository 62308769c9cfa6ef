"""Where a batch's documents come from beside paths: manifests, tables of reports, datasets.

Each kind is a stream of :class:`~extractor.batch.task.Task`: millions of rows take no more memory than ten. A
bad row (no UTF-8, no JSON, no text, too large, an identifier for the second time) is a failure of its own, in
its place, that names table and row; a table that can be read no further is one, too.
"""

from extractor.batch.inputs.dataset import Dataset, open_dataset
from extractor.batch.inputs.manifest import manifest_tasks
from extractor.batch.inputs.reports import Columns
from extractor.batch.inputs.tables import dataset_tasks, is_table, length_of, table_tasks

__all__ = [
    "Columns",
    "Dataset",
    "dataset_tasks",
    "is_table",
    "length_of",
    "manifest_tasks",
    "open_dataset",
    "table_tasks",
]
