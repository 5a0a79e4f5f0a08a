"""The search page: what a query finds at an instant, in an order that only what is public decides."""
