"""The component that draws the document page: JavaScript, style sheet, and what passes between it and Python."""
