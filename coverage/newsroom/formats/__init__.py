"""How days and instants are written where nothing else is said: by language, as Django looks for them."""
