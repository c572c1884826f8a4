"""What people type, read: words and operators to a Whoosh query tree, with notices."""
