"""Bytes of any encoding to text."""
