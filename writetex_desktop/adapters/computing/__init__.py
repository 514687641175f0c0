"""SymPy in a process of its own: what asks it, and what runs there."""
