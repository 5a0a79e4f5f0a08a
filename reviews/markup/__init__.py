"""What happens to prose between an editor's hands and a reader's eyes."""

from .sanitising import sanitise

__all__ = ["sanitise"]
