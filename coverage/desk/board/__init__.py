"""The board: which piece is due when, who has it and how it stands. Reckoned from rows, never stored."""
