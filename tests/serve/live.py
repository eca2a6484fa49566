"""Asks a running `outlast serve`: see tests/serve/run."""
import json
import os
import re
import resource
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time

from server import Server, wait_for

BINARY, ROOT, SCRATCH = sys.argv[1:4]
SHOP = """outlast: 1
name: shop
journeys:
  buy: { enters: web, operations: [read], weight: 100% }
components:
  web: { type: aws.ec2, region: us-east-1, zones: [us-east-1a], replicas: 2, at_least: 1,
         needs: [db] }
  db:  { type: aws.rds.mysql, region: us-east-1, zones: [us-east-1a] }
"""
SCENARIO = "scenario: one dies\nfaults: [{at: 1m, fault: down, match: {component: web}}]\n"
OVERLAY = "outlast: 1\nobjectives: {availability: 99.9%}\n"
SLOW = "outlast: 1\ncomponents:\n" + "".join(
    f"  c{i}: {{ type: aws.ec2, region: us-east-1, needs: [c{i + 1}] }}\n"
    for i in range(1500)) + "  c1500: { type: aws.ec2, region: us-east-1 }\n"


def folder_of(name):
    folder = os.path.join(SCRATCH, name)
    os.makedirs(folder)
    write(folder, "shop.yaml", SHOP)
    write(folder, "overlay.yaml", OVERLAY)
    write(folder, "scenario.yaml", SCENARIO)
    return folder


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def printed(folder, *arguments, given=None):
    """What the command line prints."""
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith("OUTLAST_")}
    done = subprocess.run([BINARY, *arguments], cwd=folder, input=given, env=environment,
                          capture_output=True, check=False)
    assert done.stdout, done.stderr.decode()
    return done.stdout


def check(condition, *what):
    if not condition:
        raise AssertionError(what)


def answers_as_the_command_line(server, folder):
    for path, question, arguments in [
            ("/api/replay", {"incident": "aws-2025-10-20"}, ["replay", "aws-2025-10-20"]),
            ("/api/replay", {"all": True, "at": "09:00"}, ["replay", "--all", "--at", "09:00"]),
            ("/api/surge", {"from": 100, "to": 1_000_000, "in": "10m"},
             ["surge", "--from", "100", "--to", "1000000", "--in", "10m"]),
            ("/api/simulate", {"scenario": SCENARIO}, ["simulate", "scenario.yaml"]),
            ("/api/simulate", {"scenario": SCENARIO, "until": "9m"},
             ["simulate", "--until", "9m", "scenario.yaml"]),
            ("/api/service-models", {}, ["compare", "--service-models"]),
            ("/api/explain", {"id": "zone"}, ["explain", "zone"]),
            ("/api/explain", {"id": "db"}, ["explain", "db"])]:
        status, headers, body = server.post(path, question)
        wanted = printed(folder, *arguments, "shop.yaml", "overlay.yaml", "-o", "json")
        check(status == 200 and body == wanted, path, question, status, body[:300])
        check(headers["Content-Type"] == "application/json", headers)
    status, _, body = server.get("/api/analysis")
    check(status == 200, status, body)
    check(body == printed(folder, "check", "shop.yaml", "overlay.yaml", "-o", "json"), "analysis")
    check(server.get("/api/incidents")[2] == printed(folder, "incidents", "-o", "json"),
          "incidents")


def answers_about_texts(server, folder):
    text = SHOP.replace("replicas: 2", "replicas: 3")
    check(server.post("/api/analysis", {"text": text})[2] ==
          printed(folder, "check", "-", "-o", "json", given=text.encode()), "a text alone")
    edited = server.post("/api/analysis", {"text": text, "input": "shop.yaml"})[2]
    compared = server.post("/api/compare", {"text": text, "input": "shop.yaml"})[2]
    with open(os.path.join(folder, "shop.yaml"), encoding="utf-8") as file:
        check(file.read() == SHOP, "an edit is written nowhere")
    other = folder_of("edited")
    write(other, "shop.yaml", text)
    check(edited == printed(other, "check", "shop.yaml", "overlay.yaml", "-o", "json"), "edited")
    change = json.loads(compared)
    check("3" in json.dumps(change), "compared", compared[:500])
    status, _, body = server.post("/api/analysis", {"text": text, "input": "/etc/passwd"})
    check(status == 404 and b"OUT-E1905" in body and b"root:" not in body, status, body)


def tells_mistakes_in_place(server):
    text = SHOP.replace("replicas: 2", "replica: 2")
    status, _, body = server.post("/api/analysis", {"text": text, "input": "shop.yaml"})
    check(status == 422, status)
    told = json.loads(body)["diagnostics"][0]
    line = text.splitlines()[told["begin"]["line"] - 1]
    marked = line[told["begin"]["column"] - 1:told["end"]["column"] - 1]
    check(marked == "replica" and "replicas" in told["help"], told, marked)
    check(told["file"] == "shop.yaml" and told["severity"] == "error", told)
    for question, status, code in [
            (b"{", 400, b"OUT-E"), (b"[]", 400, b"OUT-E1901"), ({"txt": ""}, 400, b"OUT-E1902"),
            ({"text": 1}, 400, b"OUT-E1903"), ({"input": "shop.yaml"}, 400, b"OUT-E1904")]:
        answer = server.post("/api/analysis", question)
        check(answer[0] == status and code in answer[2], question, answer)
    for path, question, status, code in [
            ("/api/replay", {"incident": "aws-2025-10-21"}, 404, b"did you mean"),
            ("/api/replay", {"all": True, "at": "25:00"}, 400, b"OUT-E1907"),
            ("/api/surge", {"to": -1}, 400, b"OUT-E1907"),
            ("/api/surge", {"in": "soon"}, 400, b"OUT-E1907"),
            ("/api/surge", b'{"to": 1e400}', 400, b"too large"),
            ("/api/surge", b'{"from": -1e400}', 400, b"OUT-E1907"),
            ("/api/replay", {}, 400, b'needs the member \\"incident\\"'),
            ("/api/explain", {}, 400, b'needs the member \\"id\\"'),
            ("/api/compare", {}, 400, b'needs the member \\"text\\"'),
            ("/api/simulate", {}, 400, b'needs the member \\"scenario\\"'),
            ("/api/simulate", {"scenario": "scenario: x\n"}, 422, b"OUT-E18"),
            ("/api/simulate", {"scenario": SCENARIO.replace("web", "wep")}, 422, b"OUT-E1812"),
            ("/api/simulate", {"scenario": SCENARIO, "until": "9y"}, 400, b"OUT-E1907"),
            ("/api/explain", {"id": "nobody"}, 404, b"OUT-E1908")]:
        answer = server.post(path, question)
        check(answer[0] == status and code in answer[2], path, question, answer)


def streams_and_cancels(server):
    stream = server.open_stream("/api/analysis", {"text": SHOP})
    events = stream.until("answer")
    names = [name for name, _ in events]
    check(names[0] == "started" and names[-1] == "answer" and names.count("pass") > 3, names)
    check(names.index("diagnostics") < names.index("answer"), names)
    check("said" not in names, "nobody asked for other languages", names)
    told = server.open_stream("/api/analysis", {"text": SHOP, "said": True}).until("answer")
    check("ko" in json.loads(dict(told)["said"]), "other languages, where they are asked for")
    check(events[-1][1].encode() + b"\n" == server.post("/api/analysis", {"text": SHOP})[2],
          "a stream's answer is the same bytes")
    stream.close()
    refused = server.open_stream("/api/analysis", {"text": "outlast: 2\n"})
    check(refused.until("refused")[-1][0] == "refused", "refused")

    slow = {"text": SLOW}
    stream = server.open_stream("/api/analysis", slow)
    job = json.loads(stream.next()[1])["job"]
    check(len(children(server)) > 0, "a question is a process")
    status, _, _ = server.request("DELETE", f"/api/jobs/{job}", headers=server.headers())
    check(status == 200, status)
    check(stream.until("cancelled")[-1][0] == "cancelled", "cancelled")
    check(wait_for(lambda: not children(server)), "a cancelled question has no process")
    check(server.request("DELETE", f"/api/jobs/{job}", headers=server.headers())[0] == 404, "gone")
    stream = server.open_stream("/api/analysis", slow)
    stream.next()
    stream.close()
    check(wait_for(lambda: not children(server)), "whoever leaves, cancels")


def stops_reading():
    folder = folder_of("slow")
    write(folder, "slow.yaml", SLOW)
    with Server(BINARY, folder, "slow.yaml") as server:
        stream = server.open_stream("/api/events")
        check(stream.next()[0] == "reading", "reading")
        check(len(children(server)) > 0, "reading is a process")
        stop = lambda: server.request("DELETE", "/api/reading", headers=server.headers())[0]
        check(stop() == 200, "stopped")
        check(stream.until("cancelled")[-1][0] == "cancelled", "cancelled")
        check(wait_for(lambda: not children(server)), "nobody reads")
        check(stop() == 404, "nothing is being read")
        check(server.get("/api/analysis")[0] == 503, "who asks is not kept waiting")
        check(server.open_stream("/api/events").next()[0] == "cancelled", "who comes later hears it")
        write(folder, "slow.yaml", SHOP)
        check(server.post("/api/reading", {})[0] == 200, "anew")
        check(stream.until("ready")[-1][0] == "ready", "ready")
        check(server.get("/api/analysis")[0] == 200, "read")


def children(server):
    """Processes that answer a question."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
                parent = file.read().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == server.process.pid:
            found.append(name)
    return found


def lets_nobody_else_in(server):
    def status(path="/api/analysis", method="GET", body=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return server.request(method, path, body, named)[0]
    bearer = "Bearer " + server.token
    own = f"{server.host}:{server.port}"
    check(status() == 401 and status("/") == 401, "without a token")
    for wrong in ["", server.token[:-1], server.token + "0", "0" * 32]:
        check(status(Authorization="Bearer " + wrong) == 401, wrong)
        check(status(f"/?token={wrong}") == 401, wrong)
    check(status(Authorization=bearer) == 200, "with it")
    check(status(Authorization=bearer, Host=f"localhost:{server.port}") == 200, "localhost")
    for name in ["127.0.0.1", "localhost", "[::1]"]:
        check(status(Authorization=bearer, Host=name) == 200, "loopback, without a port", name)
    for name in [f"evil.example:{server.port}", "evil.example", "127.0.0.1:1", "localhost:80",
                 "192.0.2.1", "127.evil.example", f"127.0.0.1.evil.example:{server.port}"]:
        check(status(Authorization=bearer, Host=name) == 421, name)
    for origin in ["http://evil.example", "null", f"https://{own}", f"http://localhost:{own}"]:
        check(status(Authorization=bearer, Origin=origin) == 403, origin)
    check(status(Authorization=bearer, Origin=f"http://{own}") == 200, "own origin")
    check(status(Authorization=bearer, Sec_Fetch_Site="cross-site") == 403, "cross-site")
    check(status(Authorization=bearer, Sec_Fetch_Site="same-origin") == 200, "same-origin")
    check(status(method="OPTIONS", Origin="http://evil.example",
                 Access_Control_Request_Method="POST") == 403, "no CORS")
    for kind in ["text/plain", "application/x-www-form-urlencoded", ""]:
        check(status("/api/surge", "POST", b"{}", Authorization=bearer, Content_Type=kind) == 415,
              kind)
    code, headers, _ = server.request("GET", f"/?token={server.token}")
    cookie = headers["Set-Cookie"]
    check(code == 303 and headers["Location"] == "/", code, headers)
    check("HttpOnly" in cookie and "SameSite=Strict" in cookie, cookie)
    check(status(Cookie="a=b; " + cookie.split(";")[0]) == 200, "by cookie")
    _, headers, _ = server.get("/api/analysis")
    check("Access-Control-Allow-Origin" not in headers, headers)
    for name, value in [("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
                        ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store")]:
        check(headers[name] == value, name, headers)
    check("default-src 'none'" in headers["Content-Security-Policy"], headers)


def shows_a_page(server):
    status, headers, body = server.get("/")
    check(status == 200 and headers["Content-Type"].startswith("text/html"), status, headers)
    policy = re.search(rb'Content-Security-Policy" content="([^"]*)"', body)[1].decode()
    check("default-src 'none'" in policy and "connect-src 'self'" in policy, policy)
    check("unsafe-eval" not in policy and server.token.encode() not in body, policy)


def serves_no_files(server):
    for path in ["/../shop.yaml", "/shop.yaml", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd",
                 "/api/../../etc/passwd", "/api/analysis/", "/api/jobs/../analysis",
                 "/api/analysis%00", "/favicon.ico", "/.git/config"]:
        status, _, body = server.get(path)
        check(status in (404, 405) and b"root:" not in body and b"outlast: 1" not in body, path,
              status)
    check(server.request("DELETE", "/api/jobs/1e9", headers=server.headers())[0] == 404, "job")
    check(server.request("PUT", "/", b"x", server.headers())[0] == 405, "PUT")


def survives_malformed_requests(server):
    head = f"Host: {server.host}:{server.port}\r\nAuthorization: Bearer {server.token}\r\n".encode()
    line = b"GET /api/analysis HTTP/1.1\r\n"
    cases = {
        b"\r\n\r\n": 400, b"GET\r\n\r\n": 400, b"\x16\x03\x01\x02\x00\r\n\r\n": 400,
        line + b"\r\n": 400, line + head + b"Host: a\r\n\r\n": 400,
        b"GET http://evil.example/ HTTP/1.1\r\n" + head + b"\r\n": 400,
        b"GET / HTTP/2.0\r\n" + head + b"\r\n": 505, b"GET / HTTP/1.1\n" + head + b"\r\n": 400,
        line + head + b" folded: x\r\n\r\n": 400, line + head + b"a b: x\r\n\r\n": 400,
        line + head + b"a: \x00\r\n\r\n": 400, line + head + b"a: x\ry\r\n\r\n": 400,
        b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + head + b"\r\n": 414,
        line + head + b"a: " + b"x" * 20000: 431, line + b"a: b\r\n" * 200 + b"\r\n": 431,
        line + head + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n": 501,
        line + head + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n": 400,
        line + head + b"Content-Length: -1\r\n\r\n": 400,
        line + head + b"Content-Length: 99999999999999999999\r\n\r\n": 413}
    post = b"POST /api/surge HTTP/1.1\r\n" + head + b"Content-Type: application/json\r\n"
    cases[post + b"\r\n"] = 411
    cases[post + b"Content-Length: 1073741824\r\n\r\n"] = 413
    for request, status in cases.items():
        answer = server.raw(request)
        check(answer.startswith(b"HTTP/1.1 %d " % status), request[:200], answer[:300])
    check(memory_of(server) < 200_000, "nothing of a large body is kept", memory_of(server))


def survives_endless_bodies(server):
    """Who sends a gigabyte though it was refused is cut off, and none of it is kept."""
    client = server.connect()
    client.settimeout(5)
    client.sendall(f"POST /api/surge HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
                   f"Authorization: Bearer {server.token}\r\nContent-Type: application/json\r\n"
                   f"Content-Length: {1 << 30}\r\n\r\n".encode())
    sent = 0
    try:
        while sent < 1 << 30:  # in 7 s or more: what was refused is read away for 2 s
            client.sendall(b" " * (1 << 24))
            sent += 1 << 24
            time.sleep(0.1)
    except OSError:
        pass
    client.close()
    check(sent < 1 << 30, "it is not read to its end", sent)
    check(memory_of(server) < 200_000, "nor kept", memory_of(server))
    check(server.get("/api/incidents")[0] == 200, "others are served")


def bears_who_reads_nothing(server):
    """Who asks for large answers and takes none of them holds up nobody."""
    head = (f"GET /api/analysis HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
            f"Authorization: Bearer {server.token}\r\n\r\n").encode()
    clients = [server.connect() for _ in range(40)]
    for client in clients:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.sendall(head)
    for _ in range(5):
        began = time.monotonic()
        check(server.get("/api/analysis")[0] == 200, "beside those who read nothing")
        check(time.monotonic() - began < 5, "at once")
    check(memory_of(server) < 300_000, "what waits for them is bounded", memory_of(server))
    for client in clients:
        client.close()


def memory_of(server):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as file:
        return int(next(line for line in file if line.startswith("VmHWM")).split()[1])


def bears_crowds(server):
    before = time.monotonic()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    idle = [server.connect() for _ in range(1000 if most > 1100 else 300)]
    for client in idle[:150]:
        client.sendall(b"GET / HT")
    check(server.get("/api/analysis")[0] == 200, "idle connections keep nobody out")
    for client in idle:
        client.close()
    streams = [server.open_stream("/api/events") for _ in range(20)]
    for stream in streams:
        check(stream.next()[0] == "ready", "20 open pages")
    check(server.get("/api/analysis")[0] == 200, "beside 20 streams")
    for stream in streams:
        stream.close()
    more = [server.open_stream("/api/events") for _ in range(80)]
    check(sum(stream.response.status == 503 for stream in more) >= 80 - 64, "streams are limited")
    for stream in more:
        stream.close()
    check(wait_for(lambda: server.open_stream("/api/events").response.status == 200), "free again")
    check(time.monotonic() - before < 60, "in time")


def reads_again_on_change(server, folder):
    stream = server.open_stream("/api/events")
    check(stream.next()[0] == "ready", "ready")
    write(folder, "shop.yaml", SHOP.replace("replicas: 2", "replicas: 4"))
    names = [name for name, _ in stream.until("ready")]
    check(names[0] == "changed" and "pass" in names, names)
    check(server.get("/api/analysis")[2] ==
          printed(folder, "check", "shop.yaml", "overlay.yaml", "-o", "json"), "anew")
    write(folder, "shop.yaml", "outlast: 1\ncomponents: 7\n")
    stream.until("ready")
    status, _, body = server.get("/api/analysis")
    check(status == 422 and b"shop.yaml" in body, status, body)
    check(json.loads(server.get("/api/diagnostics")[2])["diagnostics"], "diagnostics")
    write(folder, "shop.yaml", SHOP)
    stream.until("ready")
    check(server.get("/api/analysis")[0] == 200, "mended")
    inputs = json.loads(server.get("/api/inputs")[2])["inputs"]
    check([item["path"] for item in inputs] == ["shop.yaml", "overlay.yaml"], inputs)
    check(inputs[0]["text"] == SHOP, inputs)


def keeps_a_history(server):
    history = json.loads(server.get("/api/history")[2])
    check(len(history["runs"]) == 3, history["runs"])
    availability = next(n for n in history["numbers"] if n["name"] == "availability")
    check(len(availability["points"]) == 3, availability)
    analysis = json.loads(server.get("/api/analysis")[2])
    check(availability["last"] == analysis["availability"]["value"], availability)


def stops_in_good_order(server, folder):
    stream = server.open_stream("/api/events")
    stream.next()
    check(server.stop(signal.SIGINT) == 0, "exit status")
    check(stream.until("stopped")[-1][0] == "stopped", "who listens is told")
    check(server.process.stderr.read().count("\n") == 1, "nothing else was told")
    left = sorted(os.listdir(folder))
    check(left == ["overlay.yaml", "scenario.yaml", "shop.yaml", "state"], left)
    database = sqlite3.connect(os.path.join(server.state, "outlast", "history.sqlite"))
    check(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "history")
    database.close()


def survives_being_killed():
    """Whatever it is doing when it is killed, a run is in the history wholly or not at all."""
    folder = folder_of("killed")
    file = os.path.join(folder, "state", "outlast", "history.sqlite")
    with Server(BINARY, folder, "shop.yaml", "overlay.yaml") as server:
        check(server.get("/api/analysis")[0] == 200, "the first run")
    runs, caught = 1, 0
    for round_of in range(6):
        write(folder, "shop.yaml", SHOP.replace("replicas: 2", f"replicas: {round_of + 3}"))
        before = last_written(file)
        server = Server(BINARY, folder, "shop.yaml", "overlay.yaml")
        begun = time.monotonic()
        while time.monotonic() - begun < 5 and last_written(file) == before:
            pass
        caught += last_written(file) != before
        time.sleep(0.001 * (round_of // 2))
        server.stop(signal.SIGKILL)
        server.process.stdout.close()
        server.process.stderr.close()
        database = sqlite3.connect(file)
        check(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), round_of)
        now = database.execute("SELECT count(*) FROM runs").fetchone()[0]
        check(now in (runs, runs + 1), "no run is lost", runs, now)
        without = database.execute(
            "SELECT count(*) FROM runs WHERE id NOT IN (SELECT run FROM numbers)").fetchone()[0]
        check(without == 0, "none is there in part", without)
        runs = now
        database.close()
    check(caught > 0, "it was caught while it wrote")
    with Server(BINARY, folder, "shop.yaml", "overlay.yaml") as server:
        check(server.get("/api/analysis")[0] == 200, "it starts again")
        history = json.loads(server.get("/api/history")[2])
        check(len(history["runs"]) in (runs, runs + 1), "and goes on", history["runs"])


def last_written(file):
    """Of its log, into which a run goes first."""
    log = file + "-wal"
    return os.stat(log).st_mtime_ns if os.path.exists(log) and os.path.getsize(log) else 0


def begin_slowly(server):
    """A client that will never finish its request."""
    client = server.connect()
    client.sendall(b"GET / HTTP/1.1\r\n")
    client.settimeout(0.3)
    return client, time.monotonic()


def gives_up_slow_clients(server, client, began):
    answer = b""
    while not answer and time.monotonic() - began < 30:
        try:
            client.sendall(b"a: b\r\n")
            answer = client.recv(100)
        except TimeoutError:
            check(server.get("/api/incidents")[0] == 200, "others are served meanwhile")
    check(answer.startswith(b"HTTP/1.1 408 "), "a slow client is given up", answer)
    check(time.monotonic() - began > 8, "but not at once")
    client.close()


def refuses_what_it_cannot_serve(folder):
    for arguments, words in [
            (["-"], "standard input"), (["missing.yaml"], "does not exist"),
            (["shop.yaml", "--listen", "nowhere"], "no ADDRESS:PORT"),
            (["shop.yaml", "--listen", "evil.example:0"], "no IP address"),
            (["shop.yaml", "--history-file", "shop.yaml"], "cannot open the history")]:
        done = subprocess.run([BINARY, "serve", *arguments], cwd=folder, text=True,
                              capture_output=True, check=False, timeout=30,
                              env=dict(os.environ, XDG_STATE_HOME=os.path.join(folder, "state")))
        check(done.returncode == 2 and words in done.stderr and not done.stdout, arguments,
              done.stderr)
    shutil.rmtree(os.path.join(folder, "state"), ignore_errors=True)


def main():
    folder = folder_of("work")
    refuses_what_it_cannot_serve(folder)
    with Server(BINARY, folder, "shop.yaml", "overlay.yaml") as server:
        for step in [answers_as_the_command_line, answers_about_texts]:
            step(server, folder)
            print("ok", step.__name__, flush=True)
        for step in [tells_mistakes_in_place, streams_and_cancels, lets_nobody_else_in,
                     shows_a_page, serves_no_files, survives_malformed_requests, survives_endless_bodies,
                     bears_who_reads_nothing, bears_crowds]:
            step(server)
            check(server.is_alive(), step.__name__)
            print("ok", step.__name__, flush=True)
        slow = begin_slowly(server)
        reads_again_on_change(server, folder)
        keeps_a_history(server)
        gives_up_slow_clients(server, *slow)
        stops_in_good_order(server, folder)
    stops_reading()
    survives_being_killed()
    print("ok all", flush=True)


main()
