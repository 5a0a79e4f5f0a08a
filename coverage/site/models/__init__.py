from coverage.site.models.public_changes import PublicChange
from coverage.site.models.subscribers import MailRequest, Stop, Subscriber

__all__ = ["MailRequest", "PublicChange", "Stop", "Subscriber"]
