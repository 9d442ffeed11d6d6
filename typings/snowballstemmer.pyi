# The part of snowballstemmer 3.0 that Regesta uses.
class _Stemmer:
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - its own name
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802 - its own name

def stemmer(lang: str) -> _Stemmer: ...
