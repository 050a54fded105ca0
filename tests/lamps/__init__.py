"""A made-up noun. Whatever sync does for lamps it does for visits, and it cannot know either."""
