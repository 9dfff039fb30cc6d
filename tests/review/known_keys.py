"""Two published key pairs: RFC 8032 section 7.1, tests 1 and 2. They are no secret and protect nothing."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kbtool.review.keys import PrivateKey


def key_of_seed(seed: str) -> PrivateKey:
    """The private key of 32 bytes in hexadecimal."""
    return PrivateKey(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)))


KEY_A = key_of_seed("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
KEY_B = key_of_seed("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
