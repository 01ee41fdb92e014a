"""Beside the answers: comments, evidence, remarks, few minutes, the round before."""
