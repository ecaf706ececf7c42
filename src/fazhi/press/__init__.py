"""The printing room: official paper by GB/T 9704-2012, as DOCX and as PDF, for whoever has something to print."""
