"""Release pages of any government: headline, date, agency and text of a page of unknown layout."""
