"""The interface for programs: its description, its schemas, its errors."""
