"""What pages share: the door to rows, filters, blocks, texts, and who is looking."""
