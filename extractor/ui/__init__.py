"""The review desk's pages, drawn with Streamlit. What they show is computed in :mod:`extractor.review`.

Every page is a module ``<name>_page`` with ``show(context)``; :mod:`extractor.ui.app` puts them together.
"""
