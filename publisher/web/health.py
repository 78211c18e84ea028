"""Is it well? For whoever watches over the service; nothing about readers is told."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from publisher.errors import PublishError
from publisher.web.endpoint import Endpoint
from publisher.web.worker import Worker


class Health:
    """The route `/health`: 200 `ok`, or 503 with what is wrong: `ledger` or `worker`."""

    def __init__(self, endpoint: Endpoint, worker: Worker) -> None:
        self._at = endpoint
        self._worker = worker

    async def tell(self, _request: Request) -> Response:
        """The ledger can be read, and mails are being worked off (or the relay is down: that is not us)."""
        try:
            await self._at.desk.look(self._at.desk.signups.next_due)
        except PublishError:
            return JSONResponse({"status": "ledger"}, 503)
        if not self._worker.alive:
            return JSONResponse({"status": "worker"}, 503)
        return JSONResponse({"status": "ok"})
