"""What readers of office documents share: packages, paragraphs and automatic numbers."""
