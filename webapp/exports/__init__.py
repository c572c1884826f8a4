"""How are results taken away: JSON, CSV, feeds?"""
