"""One dump of each released schema, with content in every table, as its program wrote it."""
