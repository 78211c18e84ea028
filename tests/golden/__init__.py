"""A small invented publication (publication/) and the pages that it should make (expected/)."""
