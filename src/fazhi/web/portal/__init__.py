"""The portal: the face for everyone, without an account."""
