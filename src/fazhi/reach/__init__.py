"""Reach: who may see which matter. Every list, count, search, detail, export and feed asks here, and nowhere else."""
