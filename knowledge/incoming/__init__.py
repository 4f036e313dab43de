"""Lists from other systems (people, certificates), read line by line, with every mistake named."""
