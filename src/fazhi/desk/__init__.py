"""The desk: the verbs by which matters are received, recorded, corrected and published."""
