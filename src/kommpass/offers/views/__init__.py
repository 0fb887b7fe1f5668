"""Pages of the directory for those who keep it: coordination, departments, providers."""
