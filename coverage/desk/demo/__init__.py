"""A newsroom to look at: invented shows, invented critics, and one real show with its facts."""
