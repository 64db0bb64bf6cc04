"""Whether it was good, and what to say next. Pure: time comes with the data."""
