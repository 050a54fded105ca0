"""The cases about tickets that are run through both doors, by what they claim."""
