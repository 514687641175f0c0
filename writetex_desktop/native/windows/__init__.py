"""Windows of the system: their level, their colours, a box where there is none of ours."""
