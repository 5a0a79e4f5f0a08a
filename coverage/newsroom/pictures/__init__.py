"""Pictures: how they come in, and the sizes in which they go out."""
