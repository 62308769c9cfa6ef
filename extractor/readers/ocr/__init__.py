"""Text recognition: page images in, words on pages out, by the program Tesseract."""

from extractor.readers.ocr.recognise import PageImage, Recognised, layers_of, recognise

__all__ = ["PageImage", "Recognised", "layers_of", "recognise"]
