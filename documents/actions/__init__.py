"""What people and workers can do. One use case, one module, one function.

The only writers of versions, publications and the evidence log.
"""
