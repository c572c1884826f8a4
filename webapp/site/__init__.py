"""What every page shares: addresses, languages, wording."""
