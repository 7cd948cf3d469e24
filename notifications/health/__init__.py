"""What machines may ask: are you alive, and does everything move? No names, no addresses."""
