"""The project: settings, URLs, the clock, and the user, image and file models."""
