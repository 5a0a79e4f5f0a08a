"""Public pages kept whole, each under the stamp of what was public when it was made.

What the database's triggers watch (`watched`, `triggers`) gives everything public a token, which a process
reads with the last boundary (`stamps`); a page is kept under both (`middleware`), in whatever cache there is
(`store`).
"""
