"""What a cluster holds of an index, and how it is spoken to."""
