"""The neural room: tokenizer, encoder, heads, training, calibration and the shipped model's reader.

Modules that import torch or transformers are for training; reading a text needs neither.
"""
