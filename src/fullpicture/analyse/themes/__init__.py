"""Themes in what people wrote: found, coded, evidenced; how far coders agree, and what shares follow."""
