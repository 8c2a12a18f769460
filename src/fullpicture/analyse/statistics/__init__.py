"""The statistics engine: withdrawal, rates and trends from small tables of counts, on any engine."""
