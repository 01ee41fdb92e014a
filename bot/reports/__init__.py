"""Results: numbers read from the store and reckoned by the model, and the pictures of them. Knows no channel."""
