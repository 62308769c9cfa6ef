"""Text recognition: page images in, words on pages out, by the program Tesseract."""

from extractor.readers.ocr.recognise import PageImage, Recognised, recognise

__all__ = ["PageImage", "Recognised", "recognise"]
