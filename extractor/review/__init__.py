"""The review desk without its pages: store, queue, decisions and what they make of a record.

Nothing here knows Streamlit, spaCy or torch. The pages that draw it are in :mod:`extractor.ui`.
"""
