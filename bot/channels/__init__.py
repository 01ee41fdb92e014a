"""The platforms. Each file speaks one platform's language and knows of no other."""
