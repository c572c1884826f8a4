"""What `search/kernel/*.c` offers. Arrays go in as buffers."""
