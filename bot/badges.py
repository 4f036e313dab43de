"""Certificates as Open Badges 3.0: signed credentials that anybody can check, with an end, and that can be taken
back by a public list of numbers.

A credential is a JSON Web Token signed with Ed25519; the issuer is a did:web, whose document says the public key.
"""

from __future__ import annotations

import base64
import gzip
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import quote, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LIST_SIZE = 131_072
"""Bits of one list: the least that the standard allows, so that a number says little."""
_CONTEXT = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
_LIST_HOLDS = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Badge:
    """One certificate, ready to be signed."""

    id: str
    number: int
    email: str
    level: str
    title: str
    """What the level is called."""
    description: str
    issued: date
    expires: date | None


class Issuer:
    """Signs in the name of the organisation. `secret`: the key that seals the audit log; the signing key is made
    from it, so that all replicas sign alike and there is one secret to keep."""

    def __init__(self, secret: bytes, url: str, organisation: str) -> None:
        seed = hmac.new(secret, b"open badges signing key", sha256).digest()
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._url, self._organisation = url.rstrip("/"), organisation

    @property
    def did(self) -> str:
        """did:web:promptclub.example; a port is written out, as the method asks."""
        address = urlsplit(self._url)
        path = "".join(f":{quote(part)}" for part in address.path.split("/") if part)
        return f"did:web:{quote(address.netloc)}{path}"

    @property
    def jwk(self) -> dict[str, str]:
        public = self._key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return {"kty": "OKP", "crv": "Ed25519", "x": _base64(public)}

    @property
    def key_id(self) -> str:
        written = json.dumps(self.jwk, sort_keys=True, separators=(",", ":"))
        return f"{self.did}#{_base64(sha256(written.encode()).digest())[:16]}"

    def describe(self) -> dict[str, Any]:
        """The DID document."""
        method = {"id": self.key_id, "type": "JsonWebKey", "controller": self.did, "publicKeyJwk": self.jwk}
        return {
            "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"],
            "id": self.did,
            "verificationMethod": [method],
            "assertionMethod": [self.key_id],
        }

    def sign_badge(self, badge: Badge) -> str:
        place, index = divmod(badge.number, LIST_SIZE)
        listed = f"{self._url}/badges/status/{place}"
        salt = sha256(f"{badge.id}{self.key_id}".encode()).hexdigest()[:16]
        credential = {
            "@context": list(_CONTEXT),
            "id": f"urn:uuid:{badge.id[:8]}-{badge.id[8:12]}-{badge.id[12:16]}-{badge.id[16:20]}-{badge.id[20:]}",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": badge.title,
            "issuer": {"id": self.did, "type": ["Profile"], "name": self._organisation, "url": self._url},
            "validFrom": _moment(_midnight(badge.issued)),
            "credentialSubject": {
                "type": ["AchievementSubject"],
                "identifier": [_identify(badge.email, salt)],
                "achievement": self._achievement(badge),
            },
            "credentialStatus": {
                "id": f"{listed}#{index}",
                "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation",
                "statusListIndex": str(index),
                "statusListCredential": listed,
            },
        }
        if badge.expires is not None:
            credential["validUntil"] = _moment(_midnight(badge.expires))
        end = None if badge.expires is None else _midnight(badge.expires)
        return self._sign(credential, _midnight(badge.issued), end)

    def _achievement(self, badge: Badge) -> dict[str, Any]:
        return {
            "id": f"{self._url}/badges/levels/{quote(badge.level)}",
            "type": ["Achievement"],
            "achievementType": "Certificate",
            "name": badge.title,
            "description": badge.description,
            "criteria": {"narrative": badge.description},
        }

    def sign_list(self, place: int, taken_back: Iterable[int], now: datetime) -> str:
        """The numbers that no longer hold, as one bit each; good for a day."""
        listed = f"{self._url}/badges/status/{place}"
        bits = {"id": f"{listed}#list", "type": "BitstringStatusList", "statusPurpose": "revocation"}
        credential = {
            "@context": [_CONTEXT[0]],
            "id": listed,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.did,
            "validFrom": _moment(now),
            "validUntil": _moment(now + _LIST_HOLDS),
            "credentialSubject": {**bits, "encodedList": _encode(number % LIST_SIZE for number in taken_back)},
        }
        return self._sign(credential, now, now + _LIST_HOLDS)

    def _sign(self, credential: Mapping[str, Any], begin: datetime, end: datetime | None) -> str:
        claims = {"iss": self.did, "jti": credential["id"], "nbf": int(begin.timestamp())}
        if end is not None:
            claims["exp"] = int(end.timestamp())
        return jwt.encode({**credential, **claims}, self._key, "EdDSA", headers={"kid": self.key_id})


def _identify(email: str, salt: str) -> dict[str, Any]:
    """Whom it is of, for who knows the address; nobody reads it from the file."""
    hashed = sha256(f"{email.lower()}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "salt": salt,
        "identityHash": f"sha256${hashed}",
    }


def _encode(indices: Iterable[int]) -> str:
    """The leftmost bit is number 0; without a time in it, so that the same list is the same text."""
    bits = bytearray(LIST_SIZE // 8)
    for index in indices:
        bits[index // 8] |= 0x80 >> (index % 8)
    return "u" + _base64(gzip.compress(bytes(bits), mtime=0))


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
