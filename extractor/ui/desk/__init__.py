"""The component that draws the document page: its JavaScript, and what passes between it and Python."""
