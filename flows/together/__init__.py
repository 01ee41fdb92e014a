"""A city's people together: who is asked what, the coordinator's board, reminders."""
