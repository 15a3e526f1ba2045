"""How one passage is read from the rows of a file. Per part: which rows, and what is taken from them."""
