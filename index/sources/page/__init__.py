"""Where are headline, date, agency and text on a page of unknown layout?"""
