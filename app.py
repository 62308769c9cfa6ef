"""The review desk, for ``streamlit run app.py``; ``parcferme review`` starts the same."""

from extractor.ui.app import main

main()
