"""How the pages of the stocktaking are asked for."""
