"""The same knowledge as the dialogs'."""

from tests.conversations.conftest import knowledge

__all__ = ["knowledge"]
