"""The tests: the same folders as the program, with test_ before the same names."""
