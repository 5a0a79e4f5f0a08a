"""What became of a piece: its editions in a row, what lies between any two, and the way back to one."""
