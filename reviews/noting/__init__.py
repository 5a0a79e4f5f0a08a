"""Notes on a piece: written by whoever works on it, resolved one by one, and never shown to readers."""
