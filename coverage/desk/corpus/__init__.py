"""A large newsroom out of nothing: invented shows, people and years of Fridays to build and measure against.

Everything hangs on the seed. The words are made of syllables and mean nothing; what is written equals,
row by row, what the verbs would have written.
"""
