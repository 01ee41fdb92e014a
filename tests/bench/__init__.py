"""The benchmark: whole answers a second, beside what bounds them. `./run bench` runs it."""
