"""Which texts ask for the same thing. Pure: it knows texts, no rows. What to do about it is needs/comparing.py's."""

from needs.alike.scoring import Collection, Likeness, floor, rank, score

__all__ = ["Collection", "Likeness", "floor", "rank", "score"]
