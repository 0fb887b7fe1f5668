"""What steering sees of the directory: the prevention chain as a matrix, its transitions, the register of facilities."""
