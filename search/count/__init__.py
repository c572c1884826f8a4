"""How many of the matches, by agency, by date, over time?"""
