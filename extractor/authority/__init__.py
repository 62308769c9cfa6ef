"""The authority file: who is who, and which team is which, over a whole archive of records.

A record keeps one document's people apart. Here they are linked across documents, by how their names are
spelt and by who, what and when stands around them (:mod:`~extractor.authority.build`), or to a list that the
user brings (:mod:`~extractor.authority.match`). Nothing is merged silently: every link has its probability
and its reasons, the doubtful ones are candidates, and what somebody decided stands above all.
"""
