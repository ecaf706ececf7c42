"""The archive: attached files, each encrypted under a key of its own."""
