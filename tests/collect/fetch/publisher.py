"""A publisher's server on this machine: pages by path, and faults that it commits when told to."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass
class Publisher:
    """What the server has and how it misbehaves.

    `overloaded` is how many requests are answered with 503 first; `breaks_at` are numbers of bytes after
    which the next downloads break off, one each; `requests` is what was asked, with its headers.
    """

    base: str = ""
    pages: dict[str, bytes] = field(default_factory=dict)
    overloaded: int = 0
    breaks_at: list[int] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def say(self, path: str, answer: Any) -> None:
        self.pages[path] = json.dumps(answer).encode()

    def asked(self, path: str) -> list[dict[str, str]]:
        return [headers for one, headers in self.requests if urlsplit(one).path == path]


class _Answers(BaseHTTPRequestHandler):
    publisher: Publisher

    def do_GET(self) -> None:
        has = self.publisher
        has.requests.append((self.path, dict(self.headers.items())))
        if has.overloaded:
            has.overloaded -= 1
            self.send_response(503)
            self.send_header("Retry-After", "0")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path = urlsplit(self.path)
        page = parse_qs(path.query).get("page", ["1"])[0]
        body = has.pages.get(path.path if page == "1" else f"{path.path}#{page}")
        if body is None:
            self.send_error(404)
            return
        self._send(body)

    def _send(self, body: bytes) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
        if self.headers.get("If-None-Match") == etag:
            self.send_response(304)
            self.end_headers()
            return
        start = 0
        if self.headers.get("If-Range") == etag:
            start = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
        self.send_response(206 if start else 200)
        self.send_header("ETag", etag)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        breaks = self.publisher.breaks_at
        end = breaks.pop(0) if breaks else len(body)
        self.wfile.write(body[start:end])
        if end < len(body):
            self.wfile.flush()
            self.connection.close()

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is said of requests."""


@contextmanager
def open_publisher() -> Iterator[Publisher]:
    publisher = Publisher()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"publisher": publisher}))
    server.daemon_threads = True
    publisher.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
