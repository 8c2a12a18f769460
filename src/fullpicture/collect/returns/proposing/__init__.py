"""What speaks for a column being a field: the words of its header, and what its cells look like."""
