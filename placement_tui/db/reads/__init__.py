"""The only SELECTs, by noun; each gives frozen rows of the domain."""
