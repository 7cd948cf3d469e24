"""A time stamp authority for tests: the openssl command, and a server that asks it."""

import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONFIG = """\
[req]
distinguished_name = name
prompt = no
[name]
commonName = unused
[ca]
default_ca = signing
[signing]
new_certs_dir = .
database = index.txt
serial = serial
default_md = sha256
policy = anything
unique_subject = no
[anything]
commonName = supplied
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamping]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = stamps
[stamps]
serial = stamp_serial
default_policy = 1.2.3.4.1
digests = sha256, sha512
signer_digest = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """A root and a time stamp authority of the openssl command, in a folder of their own."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "openssl.cnf").write_text(CONFIG)
        (folder / "index.txt").touch()
        (folder / "serial").write_text("01\n")
        (folder / "stamp_serial").write_text("01\n")
        self.openssl("req", "-x509", *self.key("root"), "-out", "root.pem", "-days", "9000",
                     "-subj", "/CN=Root", "-extensions", "root")  # fmt: skip
        self.openssl("req", *self.key("tsa"), "-out", "tsa.csr", "-subj", "/CN=Stamps")
        self.certify("tsa", "20200101000000Z", "20491231000000Z")
        self.certify("expired", "20200101000000Z", "20210101000000Z")

    def openssl(self, command, *arguments):
        subprocess.run(
            ["openssl", command, *(["-config", "openssl.cnf"] if command != "verify" else []),
             *arguments],
            cwd=self.folder,
            check=True,
            capture_output=True,
        )  # fmt: skip

    def key(self, name):
        return ["-newkey", "rsa:2048", "-nodes", "-keyout", f"{name}.key"]

    def certify(self, name, start, end):
        self.openssl("ca", "-batch", "-notext", "-cert", "root.pem", "-keyfile", "root.key",
                     "-in", "tsa.csr", "-out", f"{name}.pem", "-extensions", "stamping",
                     "-startdate", start, "-enddate", end)  # fmt: skip

    def answer(self, query, signer="tsa"):
        (self.folder / "query").write_bytes(query)
        self.openssl("ts", "-reply", "-queryfile", "query", "-signer", f"{signer}.pem",
                     "-inkey", "tsa.key", "-out", "answer")  # fmt: skip
        return (self.folder / "answer").read_bytes()

    @property
    def roots(self):
        return (self.folder / "root.pem").read_bytes()


class StampServer:
    """An authority on the network. ``answer``: a function of the query, returning the reply.

    ``queries``: what it was asked. Returning a number answers with that status instead.
    """

    def __init__(self, answer):
        self.answer, self.queries = answer, []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                assert self.headers["Content-Type"] == "application/timestamp-query"
                query = self.rfile.read(int(self.headers["Content-Length"]))
                outer.queries.append(query)
                reply = outer.answer(query)
                if isinstance(reply, int):
                    self.send_error(reply)
                    return
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *args):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_port}/stamp"

    def start(self):
        self._thread.start()
        return self

    def stop(self):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
