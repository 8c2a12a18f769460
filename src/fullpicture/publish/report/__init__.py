"""Reports: text in Markdown that takes its figures by name, in every form it is issued in."""
