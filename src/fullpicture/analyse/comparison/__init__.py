"""Comparison: what an area's figure is read against, each a pure function of tables."""
