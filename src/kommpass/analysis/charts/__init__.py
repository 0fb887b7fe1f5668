"""Charts as drawings of the server: the same accessible SVG in a page and in a PDF, from released numbers only.

Nothing in here decides what may be shown. A chart is given a number or a `Gap`, and of a gap there is nothing it could
reveal.
"""
