"""Moving airings and the pieces about them: proposed first, then done as it was proposed or not at all."""
