"""Signatures of the project, by Ed25519 (RFC 8032) of the library cryptography."""

import base64
import binascii


def is_signed_by(public_key: str, message: bytes, signature: bytes) -> bool:
    """Say whether a message was signed with the private half of a key.

    Args:
        public_key: 32 bytes in base64; a key that is none signs nothing.
        message: What was signed.
        signature: 64 bytes.
    """
    # Half a tenth of a second that only the weekly question pays.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(signature, message)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
