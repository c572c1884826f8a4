"""How are results taken away: JSON, CSV, feeds?"""

from webapp.exports.atom import ATOM, atom_feed
from webapp.exports.feed_entries import Feed
from webapp.exports.json_feed import json_feed
from webapp.exports.results_json import request_object, results_object
from webapp.exports.table import CSV_COLUMNS, csv_line, csv_lines

__all__ = [
    "ATOM",
    "CSV_COLUMNS",
    "Feed",
    "atom_feed",
    "csv_line",
    "csv_lines",
    "json_feed",
    "request_object",
    "results_object",
]
