"""What `paws check` looks at, in the order in which a maker would: the computer, the wires, the pads, the lights."""
