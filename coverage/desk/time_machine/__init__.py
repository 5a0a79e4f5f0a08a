"""The time machine: the public site as it stands at whichever instant somebody of the desk has chosen."""
