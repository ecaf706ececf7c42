"""The portal: pages for citizens, without an account."""
