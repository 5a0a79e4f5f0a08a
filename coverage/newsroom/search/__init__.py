"""Finding words and names: how text is folded, what a reader's query means, and the databases' full text.

Both databases are given the same tokens, made here of ASCII letters and digits only, so that neither's own
idea of a word, an accent or a language matters.
"""
