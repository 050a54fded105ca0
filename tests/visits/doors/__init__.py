"""The cases about visits that are run through both doors, by what they claim."""
