"""What follows from a result, in numbers and names: the action list and the cities to learn from."""
