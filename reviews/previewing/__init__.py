"""A piece as readers will find it, before it goes out: made for whoever may see it, and never written."""
