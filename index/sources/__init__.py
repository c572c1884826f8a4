"""Readers of every form that releases come in; `reading` picks the right one."""
