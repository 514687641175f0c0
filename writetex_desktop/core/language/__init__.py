"""The one way by which every sentence for people is said in their language.

`words` has the functions that all layers call, `languages` the languages there are, `numbers` how they write
figures, `pseudo` a language that shows what was forgotten. Where the catalogues lie is no concern of this
wing; composition hands the one in force to `speak`. See docs/adr/0062.
"""
