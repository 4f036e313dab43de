"""The commands of `prompt-club` that are more than a few lines."""
