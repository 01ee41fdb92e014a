"""Slack: a direct message with the bot, in as many workspaces as install it."""
