"""The pages of steering: the matrix of the prevention chain, its phases and transitions, the register of facilities."""
