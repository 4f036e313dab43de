"""One module per YAML file: what stands in it, read and checked."""
