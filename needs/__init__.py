"""What customers want, said or not: needs, the voices that tell of them, and how the answer comes back to each."""
