"""The conversation, pure: no clock, no database, no network, no words."""
