"""What the program does, in asyncio over the ports: no Qt and no concrete library."""
