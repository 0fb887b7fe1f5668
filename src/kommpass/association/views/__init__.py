"""Pages of the association's office, of its board, of the administrator; and the public register."""
