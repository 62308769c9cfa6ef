"""What annotators' tools share: marked stretches of a text, and links between them."""
