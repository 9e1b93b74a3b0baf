"""Who has no business here is refused, and what is sent keeps to itself."""

import http.client
import json
import urllib.parse

import pytest


def ask(program, method="GET", path=None, headers=None, body=None):
    """One raw request; `path` below the token unless it begins with a slash."""
    address = urllib.parse.urlsplit(program.address)
    connection = http.client.HTTPConnection(address.hostname, address.port)
    target = path if path and path.startswith("/") else address.path + (path or "")
    connection.request(method, target, body=body, headers=headers or {})
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response, text


def test_the_address_is_loopback_and_unguessable(program):
    address = urllib.parse.urlsplit(program.address)
    assert address.hostname == "127.0.0.1"
    assert len(address.path.strip("/")) >= 22
    for line in open("/proc/net/tcp").read().splitlines()[1:]:
        local, state = line.split()[1], line.split()[3]
        if state == "0A" and int(local.split(":")[1], 16) == address.port:
            assert local.startswith("0100007F:")


PATHS = ["", "state", "names", "findings", "messages?chat=0&from=0&count=9", "report.html", "evidence.zip", "case", "decisions.jsonl", "case.json", "words", "page/main.js"]


@pytest.mark.parametrize("path", PATHS)
def test_without_the_token(program, path):
    for target in ("/" + path, "/" + "a" * 26 + "/" + path, urllib.parse.urlsplit(program.address).path[:-2] + "/" + path):
        response, text = ask(program, path=target)
        assert response.status == 403
        assert "juzheng".encode() in text and len(text) < 200


@pytest.mark.parametrize("path", PATHS)
def test_foreign_host(program, path):
    port = urllib.parse.urlsplit(program.address).port
    for host in (f"evil.example:{port}", "127.0.0.1", f"127.0.0.1:{port + 1}", f"127.0.0.1.evil.example:{port}", f"0.0.0.0:{port}", ""):
        response, _ = ask(program, path=path, headers={"Host": host})
        assert response.status == 403, host


def test_foreign_origin(program):
    port = urllib.parse.urlsplit(program.address).port
    for origin in ("http://evil.example", "null", f"https://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}", f"http://127.0.0.1:{port}.evil.example"):
        assert ask(program, path="state", headers={"Origin": origin})[0].status == 403, origin
        response, _ = ask(program, "POST", "clear", headers={"Origin": origin}, body="{}")
        assert response.status == 403, origin
    # A post that does not say where it comes from is not the page's.
    assert ask(program, "POST", "clear", body="{}")[0].status == 403


def test_the_right_ones_get_in(program):
    port = urllib.parse.urlsplit(program.address).port
    for host in (f"127.0.0.1:{port}", f"localhost:{port}"):
        assert ask(program, path="state", headers={"Host": host})[0].status == 200
        assert ask(program, "POST", "cancel", headers={"Host": host, "Origin": f"http://{host}"}, body="{}")[0].status == 200


def test_a_refused_body_is_no_request(program):
    """What follows a refused head must not be taken for a request of its own."""
    address = urllib.parse.urlsplit(program.address)
    hidden = f"GET {address.path}state HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
    connection = http.client.HTTPConnection(address.hostname, address.port)
    for length in (len(hidden), 3_000_000):
        connection.request("POST", "/", body=hidden.ljust(length), headers={"Host": address.netloc})
        response = connection.getresponse()
        assert response.status == 403
        response.read()
    connection.request("GET", address.path + "state", headers={"Host": address.netloc})
    assert connection.getresponse().status == 200


@pytest.mark.parametrize("path", ["", "state", "page/main.js", "page/page.css", "decisions.jsonl"])
def test_headers(program, path):
    response, _ = ask(program, path=path)
    assert response.status == 200
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    for loose in ("unsafe", "http:", "https:", "*", "data:"):
        assert loose not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Set-Cookie" not in response.headers
    assert "Access-Control-Allow-Origin" not in response.headers


def post(program, path, value):
    origin = program.address[: program.address.index("/", 8)]
    body = value if isinstance(value, (bytes, str)) else json.dumps(value)
    return ask(program, "POST", path, headers={"Origin": origin}, body=body)


@pytest.mark.parametrize("name", ["../x", "a/../../x", "/etc/x", "", ".", "..", "a//b", "a\0b", "x" * 300])
def test_names_lead_nowhere_else(program, name):
    before = sorted(path for path in program.home.rglob("*"))
    response, text = post(program, "inputs", {"inputs": [{"name": name.split("/")[0], "folder": False, "files": [{"path": name, "bytes": 1}]}]})
    assert response.status == 400
    assert json.loads(text)["error"] in ("bad-name", "bad-request")
    assert sorted(path for path in program.home.rglob("*")) == before


def test_nonsense_is_answered(program):
    for path, value in [
        ("inputs", "{"), ("inputs", {"inputs": []}), ("inputs", {"inputs": [{"name": "a", "folder": False, "files": [{"path": "a", "bytes": -1}]}]}),
        ("inputs/9/9/9", b"x"), ("inputs/a/b/c", b"x"), ("decide", {"content": "x", "decision": "keep"}),
        ("decide", {"content": "JZM-0000-0000-0000", "decision": "burn"}), ("case", {"field": "nonsense", "value": "x"}),
        ("case", {"field": "price", "value": "viel", "buyer": "x"}), ("judge", {"own": []}), ("read", {}), ("nonsense", {}),
        ("decide", b"\xff" * 2_500_000),
    ]:
        response, text = post(program, path, value)
        assert 400 <= response.status < 500, (path, text)
        assert json.loads(text)["error"]
    for path in ("messages?chat=-1&from=0&count=1", "findings", "names", "report.html", "evidence.zip", "page/../page/main.js", "page/words.json5", "page/nonsense.js"):
        assert ask(program, path=path)[0].status in (400, 403, 404, 409), path
    assert ask(program, path="state")[0].status == 200
    assert ask(program, "DELETE", "state", headers={"Origin": program.address[: program.address.index("/", 8)]})[0].status == 400
