"""What readers get by mail, who asked for it: asking, confirming, choosing, leaving."""
