"""The program as it is installed, in a real Linux kernel with real GPIO and I2C devices; see `bench.py`."""
