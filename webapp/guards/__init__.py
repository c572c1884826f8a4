"""Which requests are let in, from whom, and how many?"""
