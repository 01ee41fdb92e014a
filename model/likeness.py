"""Which phrases a text is most like, and which texts are like each other: stems and their letter n-grams, weighed.

Good enough to propose two and ask, never to accept: measured at about six answers in ten of the hard kind.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

_STEMMERS = {"en": "english", "es": "spanish"}
_GRAM = 4


def plain(text: str) -> str:
    """The text in lower case, without accents, apostrophes or punctuation, its words one blank apart."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", re.sub(r"['’]", "", bare)))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # loads thirty languages, and only words that are typed need one

    return snowballstemmer.stemmer(_STEMMERS.get(language, "english"))


def stems(text: str, language: str) -> list[str]:
    """The stems of a text's words, in order."""
    return list(_stemmer(language).stemWords(plain(text).split()))


def _features(text: str, language: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for stem in stems(text, language):
        found[stem] += 2
        padded = f"<{stem}>"
        found.update(padded[at : at + _GRAM] for at in range(max(1, len(padded) - _GRAM + 1)))
    return found


def alike(texts: Mapping[str, str], language: str, floor: float) -> list[tuple[str, str, float]]:
    """The pairs of texts whose likeness (0-1) is at least `floor`, by their keys; the likest first."""
    counted = {key: _features(text, language) for key, text in texts.items()}
    spread = Counter(feature for features in counted.values() for feature in features)
    weight = {feature: math.log(1 + len(counted) / n) for feature, n in spread.items()}
    vectors = [(key, _unit({f: n * weight[f] for f, n in features.items()})) for key, features in counted.items()]
    pairs = [
        (first, second, _product(one, other))
        for at, (second, other) in enumerate(vectors)
        for first, one in vectors[:at]
    ]
    return sorted((pair for pair in pairs if pair[2] >= floor), key=lambda pair: -pair[2])


def _unit(vector: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {feature: value / length for feature, value in vector.items()}


def _product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(value * other.get(feature, 0.0) for feature, value in one.items())


class Likeness:
    """Phrases by what they stand for; built once, asked often."""

    def __init__(self, phrases: Mapping[int, Iterable[str]], language: str) -> None:
        self._language = language
        counted = [(key, _features(text, language)) for key, texts in phrases.items() for text in texts]
        spread = Counter(feature for _, features in counted for feature in features)
        self._weight = {feature: math.log(1 + len(counted) / n) for feature, n in spread.items()}
        self._phrases = [(key, self._vector(features)) for key, features in counted]

    def _vector(self, features: Counter[str]) -> dict[str, float]:
        return _unit({f: n * self._weight[f] for f, n in features.items() if f in self._weight})

    def nearest(self, text: str, floor: float = 0.15) -> Sequence[int]:
        """What the text is most like, the best first; nothing where it is less like everything than `floor` (0-1)."""
        vector = self._vector(_features(text, self._language))
        best: dict[int, float] = {}
        for key, phrase in self._phrases:
            value = _product(vector, phrase)
            best[key] = max(best.get(key, 0.0), value)
        return sorted((key for key, value in best.items() if value >= floor), key=lambda key: -best[key])
