"""The only INSERT, UPDATE and DELETE, by noun; each is journaled in its own transaction."""
