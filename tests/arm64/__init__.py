"""The program for a 64-bit Pi, looked at from another machine."""
