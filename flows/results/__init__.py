"""The result as people ask for it: its scores, the city beside others, and charts."""
