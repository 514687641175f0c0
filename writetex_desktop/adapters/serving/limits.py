"""How much, and how slowly, a request may be."""

from typing import Final

MOST_BYTES: Final = 32 * 1024 * 1024
"""A body; a picture of 20 MB is a little more in base64."""

HEAD_TIMEOUT_S: Final = 10.0
"""How long the head of a request may take, from the connection or the answer before; against slow loris."""

BODY_TIMEOUT_S: Final = 30.0
"""How long all of a body may take; it comes from this machine."""

REST_TIMEOUT_S: Final = 2.0
"""How long what is on its way may take, of a request that is refused anyway."""

KEEP_ALIVE_S: Final = 75
"""How long a connection may idle between requests."""

MOST_CONNECTIONS: Final = 64

MOST_HEAD_BYTES: Final = 16 * 1024
