"""Voices on one matter joined, and the events among them ranked by a stated formula."""
