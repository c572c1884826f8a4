"""What are programs told: descriptions, schemas, errors?"""
