"""What a word is: one path from text to terms, for documents and queries alike."""
