"""What can be seen of the directory."""
