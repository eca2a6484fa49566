"""A running `outlast serve`, and ways to ask it."""
import http.client
import json
import os
import signal
import socket
import subprocess
import time
import urllib.parse


class Server:
    """Started in `folder`; stops with the block that holds it."""

    def __init__(self, binary, folder, *arguments):
        environment = {name: value for name, value in os.environ.items()
                       if not name.startswith("OUTLAST_")}
        self.state = os.path.join(folder, "state")
        environment["XDG_STATE_HOME"] = self.state
        self.process = subprocess.Popen([binary, "serve", *arguments], cwd=folder, text=True,
                                        env=environment, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        self.url = self.process.stdout.readline().strip()
        assert self.url, self.process.stderr.read()
        parts = urllib.parse.urlsplit(self.url)
        self.host, self.port = parts.hostname, parts.port
        self.token = urllib.parse.parse_qs(parts.query)["token"][0]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()

    def stop(self, with_signal=signal.SIGTERM):
        self.process.send_signal(with_signal)
        self.process.wait(timeout=20)
        return self.process.returncode

    def is_alive(self):
        return self.process.poll() is None

    def headers(self, more=None):
        return {"Authorization": "Bearer " + self.token, **(more or {})}

    def request(self, method, path, body=None, headers=None):
        """Status, headers and bytes; the headers are exactly those given, and Host."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read()
        finally:
            connection.close()

    def get(self, path):
        return self.request("GET", path, headers=self.headers())

    def post(self, path, question, headers=None):
        body = question if isinstance(question, bytes) else json.dumps(question).encode()
        kind = {"Content-Type": "application/json", **(headers or {})}
        return self.request("POST", path, body, self.headers(kind))

    def connect(self):
        return socket.create_connection((self.host, self.port), timeout=60)

    def raw(self, data):
        """What comes back for these bytes, until the other side closes."""
        with self.connect() as client:
            client.sendall(data)
            return read_all(client)

    def open_stream(self, path, question=None):
        return Stream(self, path, question)


def read_all(client):
    answer = b""
    try:
        while block := client.recv(65536):
            answer += block
    except ConnectionResetError:
        pass
    return answer


class Stream:
    """A stream of events."""

    def __init__(self, server, path, question):
        self.connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
        headers = server.headers({"Accept": "text/event-stream"})
        if question is None:
            self.connection.request("GET", path, headers=headers)
        else:
            headers["Content-Type"] = "application/json"
            self.connection.request("POST", path, json.dumps(question).encode(), headers)
        self.response = self.connection.getresponse()

    def next(self):
        """Name and data of the next event; None at the end."""
        name, data = None, []
        while line := self.response.readline().decode():
            line = line.rstrip("\n")
            if line.startswith("event: "):
                name = line[len("event: "):]
            elif line.startswith("data: "):
                data.append(line[len("data: "):])
            elif not line and name:
                return name, "\n".join(data)
        return None

    def until(self, wanted):
        events = []
        while event := self.next():
            events.append(event)
            if event[0] == wanted:
                break
        return events

    def close(self):
        # The response keeps the socket open too.
        self.response.close()
        self.connection.close()


def wait_for(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False
