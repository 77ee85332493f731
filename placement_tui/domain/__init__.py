"""The words and the rules: plain Python, no packages, no input or output."""
