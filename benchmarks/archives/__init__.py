"""Reports of the corpus as archives hold them: real files, read back and compared with the plain text.

    python -m benchmarks.archives [--reports 30] [--formats pdf1,html,scan300] [--out FOLDER] [--model none]

Needs LibreOffice (``soffice``), Poppler (``pdftoppm``, ``pdftotext``) and Tesseract with French data.
"""
