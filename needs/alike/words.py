"""Taking a short text apart: what it is about, what only holds it together, its numbers, and whether it says no.

No dictionary and no analyser: Korean words are cut where a known particle or ending begins, longest first, on single
letters (jamo), since endings like -ㅂ니다 begin within a syllable. A wrong cut costs little, as both texts get it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

MOST_CHARACTERS = 600  # of a text that is compared: what comes after changes little and costs much

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[a-z]+|[가-힣]+|[぀-ヿ一-鿿]+|[Ѐ-ӿ]+|[à-ÿ]+")

_PARTICLES = """
은 는 이 가 을 를 에 의 도 로 와 과 만 나 랑 들 들이 들은 들을 들의 들에게 으로 에서 에게 에는 에도 에만 까지 부터
보다 처럼 만큼 이나 이랑 하고 이라도 라도 으로써 으로서 로써 로서 에서는 에서도 에게서 으로는 으로도 까지는 부터는
이라는 라는 이라고 라고 께서 께서는 마다 밖에 조차 마저 대로
"""
# As they are typed: consonants standing alone close the syllable before.
_ENDINGS = """
ㅂ니다 습니다 ㅂ니까 습니까 었습니다 았습니다 ㅆ습니다 겠습니다 입니다 입니까 합니다 합니까 됩니다 했습니다 하였습니다
였습니다 ㅂ시오 십시오 하십시오 하세요 세요 해주세요 해주십시오 주세요 어주세요 아주세요 ㄹ까요 ㄴ가요 은가요 는가요
나요 을까요 ㄹ게요 해요 어요 아요 여요 에요 예요 이에요 네요 군요 거든요 지요 죠 ㅆ어요 ㅆ네요 했어요 했네요 ㄴ데요
는데요 ㄴ다 는다 한다 된다 했다 ㅆ다 였다 이다 하다 되다 ㄹ까 는가 ㄴ가 ㄴ지 는지 은지 을지 ㄹ지 하지 되지 하고 하며
하면 해서 하여 해도 하는데 하는 했던 하던 하기 하게 하도록 하려면 하려고 ㄴ데 는데 은데 ㄹ때 을때 어서 아서 여서 ㅆ고
ㅆ는데 으면 려면 려고 도록 거나 지만 니까 으니까 면서 으면서 므로 되는 되어 돼서 되면 된 할 한 함 하 해 됨 던 은 는 을
고 며 면 게 지 기 서 다 요 네 음
"""
# Words that hardly ever say what a text is about.
_HOLDING = """
그리고 그런데 그래서 하지만 또 또한 및 등 이 그 저 것 거 수 때 때문 때문에 위해 위한 대한 대해 통해 경우 정도 더 가장
매우 아주 너무 정말 진짜 참 좀 조금 많이 잘 다 모두 전부 있 있는 있습니다 있어요 있고 있다 있게 있으면 없이 같 같은
같습니다 같아요 하 해 되 돼 주 줘 보 싶 나 제 내 우리 저희 여기 거기 이런 그런 어떤 무엇 뭐 뭔가 왜 어떻게 언제 the a
an is are was were be to of in on at for and or it its this that i we you they my our your with as by from can could
would should will do does did has have had so very please when
"""
_NEGATION = re.compile(
    r"(?:^|\s)(?:안|못)\s|(?<![가-힣])(?:안|못)(?:되|돼|됩|된|하|해|합|나|맞|열|닫|켜|꺼)|않|없|아니|아닌|말고|말아|마세요|마십시오|지\s?마|"
    r"금지|불가|불필요|\bno\b|\bnot\b|n't\b|\bnever\b|\bwithout\b|\bcannot\b"
)


# A consonant that stands alone → the one that closes a syllable.
_CLOSING = {
    ord(alone): chr(code) for code, alone in enumerate("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ", 0x11A8)
}


def _letters(text: str) -> str:
    """The same in single letters; consonants that stand alone close the syllable before."""
    return unicodedata.normalize("NFD", text.translate(_CLOSING))


_SYLLABLE = 2  # letters of the shortest syllable
_SUFFIXES = sorted({_letters(suffix) for suffix in f"{_PARTICLES} {_ENDINGS}".split()}, key=len, reverse=True)
_LONGEST = len(_SUFFIXES[0])
_SUFFIX_SET = frozenset(_SUFFIXES)
_HOLDING_SET = frozenset(_letters(word) for word in _HOLDING.split())


@dataclass(frozen=True, slots=True)
class Text:
    """A text taken apart. Words are in single letters (jamo).

    ``content`` is what its words begin with and ``frame`` what they end in, with the words that only hold it together;
    ``grams`` are pairs of neighbouring syllables, ``letters`` three neighbouring letters of a word.
    """

    plain: str
    content: frozenset[str]
    frame: frozenset[str]
    grams: frozenset[str]
    letters: frozenset[str]
    numbers: frozenset[str]
    says_no: bool


@lru_cache(maxsize=1024)  # 10 MB
def take_apart(text: str) -> Text:
    plain = normal(text)
    words = _WORD.findall(plain)
    cut = [_cut(word) for word in words]
    stems = {stem for stem, _ in cut}
    return Text(
        plain=plain,
        content=frozenset(stems - _HOLDING_SET),
        frame=frozenset(chain((ending for _, ending in cut if ending), stems & _HOLDING_SET)),
        grams=frozenset(_runs("".join(words), 2)),
        letters=frozenset(chain.from_iterable(_runs(f"^{_letters(word)}", 3) for word in words)),
        numbers=frozenset(word for word in words if word[0].isdigit()),
        says_no=_NEGATION.search(plain) is not None,
    )


def stems_of(text: str) -> str:
    """What a text is about in an order that does not depend on how it is said; the text where that is nothing."""
    stems = sorted(unicodedata.normalize("NFC", stem) for stem in take_apart(text).content)
    return " ".join(stems) or text


def normal(text: str) -> str:
    """One writing for comparing: composed, small letters, single spaces, and not longer than what is compared."""
    return " ".join(unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).lower().split())


def _cut(word: str) -> tuple[str, str]:
    """A word without what it ends in, and what that is."""
    if not "가" <= word[0] <= "힣":
        return _letters(word), ""
    letters = _letters(word)
    for length in range(min(_LONGEST, len(letters) - _SYLLABLE), 0, -1):
        stem, ending = letters[:-length], letters[-length:]
        if ending in _SUFFIX_SET and len(stem) >= _shortest_stem(ending):
            return stem, ending
    return letters, ""


def _shortest_stem(ending: str) -> int:
    """What looks like a particle of one syllable is as often the end of a short noun."""
    return _SYLLABLE if len(ending) > 3 else 2 * _SYLLABLE


def _runs(text: str, length: int) -> set[str]:
    """All of a length, or the text itself where it is shorter."""
    return {text[at : at + length] for at in range(len(text) - length + 1)} or ({text} if text else set())
