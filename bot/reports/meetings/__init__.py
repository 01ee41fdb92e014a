"""What the two meetings are prepared with: calendar files and slides."""
