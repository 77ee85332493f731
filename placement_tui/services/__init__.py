"""One method for each thing an officer does, one transaction each."""
