"""Pictures as values: bitmaps, screens, regions, ink, and how a picture is laid out before it is sent.

No engine and no markup live here. May use the ground (`errors notice secret redaction money app_id`) alone.
"""
