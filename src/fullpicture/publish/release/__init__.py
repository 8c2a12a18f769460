"""What stands around released editions: the page of releases, a feed, and what catalogues of data read."""
