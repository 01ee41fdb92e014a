"""The survey itself: consent, statements, goals, and coming to an end."""
