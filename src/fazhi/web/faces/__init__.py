"""Faces: the design system, templates and components shared by office and portal."""
