"""placement: find homes for children in care, from a terminal, over one encrypted local store."""

__version__ = "0.1.0"
