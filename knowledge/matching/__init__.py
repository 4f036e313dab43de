"""From a question in anyone's own words to candidate rows, data classes and tools."""
