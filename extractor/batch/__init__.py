"""Many documents: tasks in, records out, each once, whatever happens in between.

:mod:`~extractor.batch.task` has the words that all files here speak: a :class:`Task` is one document to read,
a :class:`Done` what became of it, an :class:`Engine` turns the one into the other, here or on a cluster.
"""
