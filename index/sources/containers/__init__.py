"""Folders, archives and web captures: everything that holds documents."""
