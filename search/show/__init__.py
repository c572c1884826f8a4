"""What of a release is shown for a search: fragments of its text, with marks."""
