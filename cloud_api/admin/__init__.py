"""What an operator does with a cloud, from the command line: ``python -m cloud_api admin``."""
