"""The Excel workbook, both ways: made from a dossier, and read back cell by cell."""
