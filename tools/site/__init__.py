"""The documentation as a site: what MkDocs asks, and the pages made from the program."""
