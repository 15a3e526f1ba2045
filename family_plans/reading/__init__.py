"""The plan as it is read, on the screen and on paper. Nothing here changes anything, and templates decide nothing."""
