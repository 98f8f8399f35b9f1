#!/usr/bin/env python3
"""A bank's backend in Python, with its standard library alone: it starts sessions, redeems what the flow
gives, receives webhooks, and knows how each customer stands.

Settings by environment: VESTIBULE_URL, VESTIBULE_SECRET_KEY, VESTIBULE_PLAYBOOK_KEY,
VESTIBULE_WEBHOOK_SECRET, PORT.
"""

import base64
import hashlib
import hmac
import json
import os
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SERVER = os.environ["VESTIBULE_URL"]
SECRET_KEY = os.environ["VESTIBULE_SECRET_KEY"]
PLAYBOOK_KEY = os.environ["VESTIBULE_PLAYBOOK_KEY"]
WEBHOOK_KEY = base64.b64decode(os.environ["VESTIBULE_WEBHOOK_SECRET"].removeprefix("whsec_"))
MOST_BYTES = 64 * 1024
TOLERANCE = 300  # seconds by which a webhook's clock may differ from ours

# A real backend has a database: the customers by our own name for them, and the events that came.
customers = {}
seen = set()


def vestibule(method, path, content=None):
    """Calls Vestibule with our secret key."""
    credentials = base64.b64encode(f"{SECRET_KEY}:".encode()).decode()
    request = urllib.request.Request(
        SERVER + path,
        method=method,
        data=None if content is None else json.dumps(content).encode(),
        headers={"authorization": f"Basic {credentials}", "content-type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)


def genuine(headers, body):
    """Whether a webhook is signed with our secret, and lately: Standard Webhooks, symmetric."""
    event, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not at.isdecimal() or abs(time.time() - int(at)) > TOLERANCE:
        return False
    right = hmac.digest(WEBHOOK_KEY, f"{event}.{at}.".encode() + body, hashlib.sha256)
    expected = "v1," + base64.b64encode(right).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(expected.encode(), signature.encode()) for signature in given)


class Bank(BaseHTTPRequestHandler):
    def do_POST(self):
        length = int(self.headers.get("content-length", 0))
        if length > MOST_BYTES:
            return self.answer(413, {"error": "the body is too large"})
        body = self.rfile.read(length)
        route = {"/sessions": self.start, "/results": self.redeem, "/webhooks": self.hear}.get(self.path)
        try:
            route(body) if route else self.answer(404, {"error": "no such path"})
        except (ValueError, KeyError):
            self.answer(400, {"error": "not what is expected here"})
        except urllib.error.URLError as error:
            self.log_error("Vestibule: %s", error)
            self.answer(502, {"error": "that did not work"})

    def do_GET(self):
        url = urlsplit(self.path)
        name = parse_qs(url.query).get("name", [""])[0]
        known = customers.get(name) if url.path == "/customers" else None
        self.answer(200, known) if known else self.answer(404, {"error": "no such customer"})

    def start(self, body):
        """Our page asks for a session of the customer who is logged in there."""
        wish = {"kind": "onboard", "key": PLAYBOOK_KEY, "user_external_id": json.loads(body)["customer"]}
        started = vestibule("POST", "/onboarding/session", wish)
        self.answer(200, {"token": started["token"], "link": started["link"]})

    def redeem(self, body):
        """Our page hands over what `onComplete` was given. The server's answer counts, not the page."""
        token = json.loads(body)["validation_token"]
        user = vestibule("POST", "/onboarding/session/validate", {"validation_token": token})["user"]
        self.answer(200, learn(user))

    def hear(self, body):
        """Vestibule tells that something has happened. It may tell twice."""
        if not genuine(self.headers, body):
            return self.answer(401, {"error": "not signed by our Vestibule"})
        event = json.loads(body)
        if self.headers["webhook-id"] not in seen and event.get("event_kind") == "onboarding.completed":
            learn(vestibule("GET", f"/users/{event['fp_id']}"))
        # Remembered only now: had the call above failed, the event would be sent again.
        seen.add(self.headers["webhook-id"])
        self.answer(204)

    def answer(self, status, content=None):
        text = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


def learn(user):
    customers[user["external_id"]] = {"status": user["status"], "review": user["requires_manual_review"]}
    return customers[user["external_id"]]


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Bank).serve_forever()
