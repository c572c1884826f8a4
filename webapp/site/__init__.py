"""What do all pages share: addresses, links, languages, wording?"""
