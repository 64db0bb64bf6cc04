"""`make install`: the program as a service of a Raspberry Pi. Needs nothing but the system's own python3."""
