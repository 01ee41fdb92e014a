"""What is asked, and what the answers are worth. Pure: it reads the instrument's files and nothing else."""
