"""The Friday rehearsal: a dry run of all that is due in the next slot. It writes nothing public."""
