"""The program on the Pi: clock, files, processes and the command line."""
