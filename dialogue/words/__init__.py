"""Words, numbers and dates in the language of the reader; the glossary; the rules of method.

May use: `snapshot` and below. Open first: `i18n.py`.
"""
