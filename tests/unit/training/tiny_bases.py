"""Tiny encoders, as ``transformers`` keeps them."""

from __future__ import annotations

from pathlib import Path

LINE = "Théo Varnier remporte la première course à Nogaro devant Zoé Lacaze."


def our_own(folder: Path) -> None:
    """An encoder of ours, in half precision as it is shipped."""
    import torch
    from transformers import RoFormerConfig, RoFormerForMaskedLM

    from extractor.neural.vocabulary import train_vocabulary
    from tests.unit.neural.tiny import SHAPE

    shape = {name: value for name, value in SHAPE.items() if name != "model_type"}
    RoFormerForMaskedLM(RoFormerConfig(**shape)).to(torch.float16).save_pretrained(folder)
    train_vocabulary([LINE] * 20, 400).save(str(folder / "tokenizer.json"))


def camembert(folder: Path) -> None:
    """One like CamemBERT: pieces of words, marks ``<s>`` and ``</s>``, positions counted from the padding."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors, trainers
    from transformers import CamembertConfig, CamembertModel, PreTrainedTokenizerFast

    marks = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=120, special_tokens=marks, unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator([LINE] * 20, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<pad>", unk_token="<unk>", bos_token="<s>", eos_token="</s>"
    )
    fast.save_pretrained(folder)
    shape = CamembertConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=514,
        pad_token_id=1,
    )
    CamembertModel(shape).save_pretrained(folder)
