"""What is wired where, and how to speak to it: volts, levels and bus trouble."""
