"""Readers: the bytes of one source file in, canonical lines out.

Canonical lines are what the rest of the corpus reads, whatever the file was: a paragraph a line, or its hard-wrapped
lines; blank lines between paragraphs; lists with their printed markers; a table as one row a line between bars, merged
cells filled, with a blank line before and after it. `draft.Draft` writes them, `sniff` chooses the reader.
"""
