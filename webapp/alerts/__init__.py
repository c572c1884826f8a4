"""Who is told of new releases that match a saved search, and how, without being told twice?"""
