"""A glove without a glove: the chip, the pads and the hands that press them."""
