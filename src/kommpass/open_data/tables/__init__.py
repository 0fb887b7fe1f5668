"""The offers as one table, for every office: the import reads it back without loss."""
