"""What makes the networks learn: sheets of drawn formulas, lessons of signs, losses, the clock.

The shapes of signs for the visual check are learnt here too. Uses corpus, drawing and networks.
"""
