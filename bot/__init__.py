"""Everything that waits, speaks or touches a network: settings, channels, words, reports, the command line."""
