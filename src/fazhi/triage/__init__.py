"""Letters understood: topic, unit, urgency, handling and governing procedure, each with a confidence and its words."""
