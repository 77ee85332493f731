"""What screens are made of: they know rows and commands, never services."""
