"""The parts of the search index: columns, text, masks, distances and order. `services.search` is their face."""
