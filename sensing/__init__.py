"""What the hand did: volts to newtons to presses. Pure: time comes with the data."""
