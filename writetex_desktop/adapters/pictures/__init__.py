"""Picture files, pages of PDF files, and the shapes of signs."""
