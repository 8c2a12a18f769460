"""Samples that people code by hand: the questions, the sheets they fill in, and what they wrote in them."""
