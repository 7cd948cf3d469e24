"""A small publisher to look at: invented, loaded by ``make run``, refused in production."""
