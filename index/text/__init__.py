"""What is a word, in a document as in a query?"""
