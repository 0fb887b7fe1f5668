"""What steering sees of the directory: the prevention chain with its transitions, and the register of facilities."""
