"""What Streamlit runs; in a folder of its own, since Streamlit puts that on the import path."""

from extractor.ui.app import main

main()
