"""A generator of annotated reports for training: races that never were, told in French, with their records.

A race is composed first (:mod:`~extractor.corpus.generator.meeting`, ``running``) and then told
(:mod:`~extractor.corpus.generator.telling`): every fact is known before a word is written, so the record
follows the words. Words and phrases are in ``words/*.toml``. How it works, and how to add a phrase, is in
``docs/generator.md``.
"""
