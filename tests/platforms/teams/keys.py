"""Signing as the Bot Framework does: RSA keys with endorsements, served as JWKS, and tokens made with them."""

from __future__ import annotations

import json
import time
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

APP_ID = "00000000-1111-2222-3333-444444444444"
ISSUER = "https://api.botframework.com"


@cache
def private_key(number: int) -> rsa.RSAPrivateKey:
    """Made once for all tests; key 0 signs until the fake rotates."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_id(number: int) -> str:
    return f"key-{number}"


def public_jwk(number: int, endorsements: tuple[str, ...] = ("msteams",)) -> dict[str, Any]:
    jwk: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(private_key(number).public_key()))
    return {**jwk, "kid": key_id(number), "endorsements": list(endorsements)}


def sign(service_url: str, number: int = 0, *, headers: dict[str, Any] | None = None, **claims: Any) -> str:
    """An Authorization header; a claim given as None is left out."""
    now = int(time.time())
    whole = {
        "iss": ISSUER,
        "aud": APP_ID,
        "serviceurl": service_url,
        "nbf": now - 60,
        "exp": now + 3600,
        **claims,
    }
    payload = {name: value for name, value in whole.items() if value is not None}
    kid = {"kid": key_id(number), **(headers or {})}
    return "Bearer " + jwt.encode(payload, private_key(number), algorithm="RS256", headers=kid)
