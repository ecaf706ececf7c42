"""Letters understood: topic, unit, urgency, handling and governing procedure, each with a confidence and its words."""

FOLDER = "triage"
"""The folder of the data in which versions of the model are kept."""
