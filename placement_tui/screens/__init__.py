"""One place of work a file; none knows another."""
