"""The cases about needs that are run through both doors, by what they claim."""
