"""The site: settings, addresses, start-up and the list of followers."""
