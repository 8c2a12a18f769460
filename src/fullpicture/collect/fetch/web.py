"""Asks publishers' servers politely: one request at a time, a pause between two, retries, resumed downloads.

HTTP status codes, validators (`ETag`, `Last-Modified`), ranges and `If-Range` are those of RFC 9110;
`Retry-After` is obeyed.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

from fullpicture.collect.fetch.remote import Kept, NotFetched, Remote
from fullpicture.core.errors import EngineMissing

if TYPE_CHECKING:
    import urllib3

OVERLOADED = (429, 500, 502, 503, 504)
"""What a server answers when it may answer better a little later."""
CHUNK = 1 << 16
Say = Callable[[str], None]


@dataclass
class Web:
    """A polite client of the web.

    Args:
        agent: who asks, sent with every request, so that a publisher knows whom to write to.
        pause: seconds between the end of one request and the next.
        tries: how often a request is repeated when the server is overloaded or the connection breaks.
        backoff: seconds before the second try; each later one waits twice as long as the one before.
    """

    agent: str
    pause: float = 1.0
    tries: int = 5
    backoff: float = 1.0
    _asked: float = field(default=0.0, init=False)
    _pool: urllib3.PoolManager | None = field(default=None, init=False)

    def json(self, address: str, parameters: Mapping[str, str | int] | None = None) -> Any:
        """What an interface answers.

        Raises:
            NotFetched: it cannot be reached, refuses, or does not answer in JSON.
        """
        where = f"{address}?{urlencode(parameters)}" if parameters else address
        answer = self._ask(where, {"Accept": "application/json"}, whole=True)
        if answer.status != 200:
            raise refused(address, answer.status)
        try:
            return json.loads(answer.data)
        except ValueError:
            mend = "See whether the interface has changed its address."
            raise NotFetched(address, "the answer is not JSON.", mend) from None

    def download(self, remote: Remote, part: Path, kept: Kept | None, say: Say) -> Kept | None:
        """Writes a file to `part`, going on where an earlier attempt left off.

        Args:
            part: where it is written; what an earlier attempt wrote stays if the file is still the same.
            kept: what the server said of the file we have; None fetches it in any case.

        Returns:
            What the server says of it now, or None when the file we have is the newest.

        Raises:
            NotFetched: it cannot be reached, or breaks off again and again.
        """
        for turn in range(self.tries):
            before = _remembered(part)
            answer = self._ask(remote.address, _headers(part, before, kept))
            if answer.status == 304:
                answer.release_conn()
                return None
            if answer.status not in (200, 206):
                answer.release_conn()
                if answer.status == 416 and part.exists():
                    _forget(part)
                    continue
                raise refused(remote.address, answer.status)
            now = Kept(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
            if self._saved(answer, part, now, say):
                _sidecar(part).unlink(missing_ok=True)
                return now
            time.sleep(self.backoff * 2**turn)
        mend = "Try again later; it goes on where it stopped."
        raise NotFetched(remote.address, f"the connection broke off {self.tries} times.", mend)

    def _saved(self, answer: urllib3.BaseHTTPResponse, part: Path, now: Kept, say: Say) -> bool:
        """Whether the whole body came; what came of it is in `part` in any case."""
        import urllib3

        goes_on = answer.status == 206
        done = part.stat().st_size if goes_on else 0
        total = done + int(answer.headers.get("Content-Length") or 0)
        try:
            with part.open("ab" if goes_on else "wb") as file:
                _sidecar(part).write_text(json.dumps([now.etag, now.modified]), encoding="utf-8")
                for chunk in answer.stream(CHUNK, decode_content=True):
                    done += file.write(chunk)
                    say(f"{done / 1e6:,.1f} of {total / 1e6:,.1f} MB" if total else f"{done / 1e6:,.1f} MB")
        except (urllib3.exceptions.HTTPError, OSError):
            return False
        finally:
            answer.release_conn()
        return True

    def _ask(self, address: str, headers: Mapping[str, str], whole: bool = False) -> urllib3.BaseHTTPResponse:
        import urllib3

        _check_address(address)
        time.sleep(max(0.0, self._asked + self.pause - time.monotonic()))
        try:
            answer = self._connections().request(
                "GET", address, headers={"User-Agent": self.agent, **headers}, preload_content=whole
            )
        except urllib3.exceptions.HTTPError as error:
            what = f"it cannot be reached ({type(getattr(error, 'reason', error)).__name__})."
            raise NotFetched(
                address, what, "See whether the address is right and the network allows it."
            ) from None
        finally:
            self._asked = time.monotonic()
        _check_address(urljoin(address, answer.geturl() or ""))
        return answer

    def _connections(self) -> urllib3.PoolManager:
        if self._pool is None:
            try:
                import urllib3
            except ImportError:
                raise EngineMissing(
                    "fetching needs urllib3, which is not installed. Run: pip install 'fullpicture[fetch]'"
                ) from None
            retry = urllib3.Retry(
                self.tries, backoff_factor=self.backoff, status_forcelist=OVERLOADED, raise_on_status=False
            )
            self._pool = urllib3.PoolManager(retries=retry, timeout=urllib3.Timeout(connect=10, read=60))
        return self._pool


def refused(address: str, status: int) -> NotFetched:
    """The error for an answer that is not the file."""
    mend = {
        401: "This is not open data, or needs an account.",
        403: "This is not open data, or needs an account.",
        404: "See whether the publisher has moved it.",
        410: "The publisher has withdrawn it.",
    }.get(status, "Try again later.")
    return NotFetched(address, f"the server answers with status {status}.", mend)


def _check_address(address: str) -> None:
    """Only what cannot be changed on its way is fetched; a server on this machine may do without TLS."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    ):
        return
    raise NotFetched(address, "this is not an https address.", "Write the address with https://.")


def _sidecar(part: Path) -> Path:
    """Where it is written what the server said of the file that `part` is the beginning of."""
    return part.with_name(part.name + ".json")


def _remembered(part: Path) -> str:
    """The validator under which a download may go on, or "" where it must begin anew."""
    if not part.exists() or not _sidecar(part).exists():
        return ""
    try:
        etag, modified = map(str, json.loads(_sidecar(part).read_text(encoding="utf-8")))
    except ValueError:
        return ""
    return modified if etag.startswith("W/") or not etag else etag


def _forget(part: Path) -> None:
    part.unlink()
    _sidecar(part).unlink(missing_ok=True)


def _headers(part: Path, before: str, kept: Kept | None) -> dict[str, str]:
    """Identity encoding, because a range counts the bytes that are sent."""
    headers = {"Accept-Encoding": "identity"}
    if before:
        return headers | {"Range": f"bytes={part.stat().st_size}-", "If-Range": before}
    if kept and kept.etag:
        headers["If-None-Match"] = kept.etag
    if kept and kept.modified:
        headers["If-Modified-Since"] = kept.modified
    return headers
