"""What people and workers do to tell people. One use case, one module, one function."""
