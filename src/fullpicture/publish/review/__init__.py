"""Reads a report before it is signed off, as a careful colleague would: a check for each kind of mistake."""
