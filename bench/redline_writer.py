"""Writes text that looks like text: for inputs of any size that nobody owns.

The words are made of syllables, the short ones are the frequent ones, and how
often each occurs follows Zipf's law, as in any language: rank times frequency
is constant. No sentence is written twice, so that a clause is known by its
sentences. The same seed writes the same text.
"""

import random
from itertools import accumulate

ONSETS = ["", "b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v"]
VOWELS = ["a", "e", "i", "o", "u", "ea", "ou"]
ENDS = ["", "", "", "l", "n", "nd", "r", "s", "t"]
VOCABULARY = 8_000  # words; a long contract has some thousands
SENTENCE = (7, 25)  # words of most sentences, at least and at most


class Writer:
    """Never writes the same sentence twice."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311
        self._vocabulary = self._invent_words()
        self._weights = [*accumulate(1 / rank for rank in range(1, VOCABULARY + 1))]
        self._written = set()

    def words(self, count):
        """So many words, frequent ones more often."""
        return self.chance.choices(self._vocabulary, cum_weights=self._weights, k=count)

    def sentence(self, size):
        """So many words, none of which anybody wrote in this order before."""
        while True:
            words = self.words(size)
            if self.chance.random() < 0.4:
                words[size // 2] += ","
            text = " ".join(words).capitalize() + "."
            if text not in self._written:
                self._written.add(text)
                return text

    def clause(self, size):
        """Sentences of together `size` words, on one line."""
        sentences = []
        while size:
            length = self.chance.randint(*SENTENCE)
            if size - length < SENTENCE[0]:
                length = size
            sentences.append(self.sentence(length))
            size -= length
        return " ".join(sentences)

    def line(self, characters):
        """So many characters of sentences; the last one is cut off."""
        written = ""
        while len(written) < characters:
            written += self.clause(SENTENCE[1]) + " "
        return written[:characters].strip(" ")

    def edited(self, clause):
        """The clause with one word replaced, a phrase of three inserted and two words left out."""
        words = clause.split(" ")
        words[self.chance.randrange(len(words))] = self.words(1)[0]
        at = self.chance.randrange(len(words))
        words[at:at] = self.words(3)
        at = self.chance.randrange(len(words) - 1)
        del words[at : at + 2]
        return " ".join(words)

    def _invent_words(self):
        """Different words, short ones mostly first."""
        words = set()
        while len(words) < VOCABULARY:
            syllables = self.chance.choice([1, 2, 2, 3, 3, 4])
            words.add("".join(map(self._syllable, range(syllables))))
        lengths = {word: len(word) + self.chance.gauss(0, 1.5) for word in sorted(words)}
        return sorted(lengths, key=lengths.get)

    def _syllable(self, _number):
        return "".join(map(self.chance.choice, (ONSETS, VOWELS, ENDS)))
