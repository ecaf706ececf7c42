"""The office: pages for those who work on matters."""
