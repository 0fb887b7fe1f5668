"""What other programs may see of the directory."""
