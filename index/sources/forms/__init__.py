"""How are mails, office documents, PDF and plain texts read, form by form?"""
