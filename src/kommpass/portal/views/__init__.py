"""Pages that everybody may read: of a town, of the installation, what the law asks for, and when a page fails."""
