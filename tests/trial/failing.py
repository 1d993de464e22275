"""A page that breaks while it is drawn."""

secret = "do not show this"
raise RuntimeError(secret)
