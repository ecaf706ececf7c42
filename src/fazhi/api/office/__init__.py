"""The office for other programs: JSON under a token, described by OpenAPI."""
