"""Whether a word can be a Vietnamese syllable: the test that tells one encoding from another.

Source of the rhymes: the closed set of written Vietnamese rhymes (initial, rhyme, tone); a
syllable that ends in a stop (c, ch, p, t) carries the tone sắc or nặng.
"""

import re
import unicodedata
from functools import lru_cache

_TONES = frozenset("\u0300\u0301\u0309\u0303\u0323")
_STOP_TONES = frozenset("\u0301\u0323")
_INITIALS = "ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
_RHYMES = re.findall(
    r"\S+",
    """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet
oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uâ uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
uy uya uych uyên uyêt uyn uynh uyp uyt uyu
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yêm yên yêng yêt yêu ynh yt ych
ênh ơng
""",
)
_SYLLABLE = re.compile(f"(?:{_INITIALS})(?:{'|'.join(sorted(set(_RHYMES), key=len)[::-1])})")


@lru_cache(maxsize=65_536)
def is_syllable(word: str, *, strict_tone: bool = True) -> bool:
    """Whether the word can be written Vietnamese.

    With ``strict_tone`` a syllable that ends in a stop must have sắc or nặng; without, a
    forgotten mark (*Lôc*) still counts, as clerks forget marks.
    """
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in marks if mark in _TONES]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    ends_in_stop = bare.endswith(("c", "ch", "p", "t"))
    return not (strict_tone and ends_in_stop) or bool(tones and tones[0] in _STOP_TONES)


def is_plain_case(word: str) -> bool:
    """Whether the word is lower case, upper case, or capitalised."""
    return word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())
