"""The copy desk: what is wrong with a piece. A manuscript and a vocabulary go in, findings come out."""
