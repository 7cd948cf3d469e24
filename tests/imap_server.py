"""As much of an IMAP server as imaplib asks for, over TLS with a certificate of its own."""

import datetime
import re
import socketserver
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LITERAL = "* {n} FETCH (UID {uid} BODY[] {{{size}}}\r\n"


class ImapServer:
    """folders: name → {uid: bytes}; deleted: uids of INBOX that are marked."""

    def __init__(self, folder):
        self.folders, self.deleted, self.password = {"INBOX": {}}, set(), "secret"
        self.certificate = folder / "certificate.pem"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*self._made(folder))
        owner = self

        class Handler(socketserver.StreamRequestHandler):
            def setup(self):
                try:
                    self.request = context.wrap_socket(self.request, server_side=True)
                except OSError:
                    self.request.close()  # the plain socket: there is no other yet
                    raise
                super().setup()

            def finish(self):
                super().finish()
                self.request.close()

            def handle(self):
                self.wfile.write(b"* OK ready\r\n")
                for line in self.rfile:
                    owner.answer(line.decode().rstrip("\r\n"), self.wfile)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, request, client_address):
                """A client that does not trust the certificate hangs up."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def answer(self, line, out):
        tag, command, *rest = line.split(" ", 2)
        rest = rest[0] if rest else ""
        if command.upper() == "UID":
            command, _space, rest = rest.partition(" ")
        ok = "OK done"
        for told in getattr(self, f"do_{command.lower()}", lambda rest: ())(rest):
            if told is None:
                ok = "NO refused"
            else:
                out.write(told if isinstance(told, bytes) else told.encode())
        out.write(f"{tag} {ok}\r\n".encode())
        out.flush()

    def do_capability(self, rest):
        yield "* CAPABILITY IMAP4rev1\r\n"

    def do_login(self, rest):
        if f'"{self.password}"' not in rest:
            yield None

    def do_select(self, rest):
        yield f"* {len(self.folders['INBOX'])} EXISTS\r\n"

    def do_search(self, rest):
        uids = sorted(uid for uid in self.folders["INBOX"] if uid not in self.deleted)
        yield f"* SEARCH {' '.join(map(str, uids))}\r\n"

    def do_fetch(self, rest):
        uid, what = rest.split(" ", 1)
        raw = self.folders["INBOX"][int(uid)]
        if "SIZE" in what:
            yield f"* 1 FETCH (UID {uid} RFC822.SIZE {len(raw)})\r\n"
        else:
            yield LITERAL.format(n=1, uid=uid, size=len(raw))
            yield raw
            yield ")\r\n"

    def do_create(self, rest):
        if rest.strip('"') in self.folders:
            yield None
        self.folders.setdefault(rest.strip('"'), {})

    def do_copy(self, rest):
        uid, folder = re.fullmatch(r'(\d+) "(.*)"', rest).groups()
        self.folders[folder][int(uid)] = self.folders["INBOX"][int(uid)]
        return ()

    def do_store(self, rest):
        self.deleted.add(int(rest.split(" ")[0]))
        return ()

    def do_close(self, rest):
        for uid in self.deleted:
            self.folders["INBOX"].pop(uid, None)
        self.deleted.clear()
        return ()

    def do_logout(self, rest):
        yield "* BYE\r\n"

    def _made(self, folder):
        """(certificate, key) as files."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        now = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now)
            .not_valid_after(now + datetime.timedelta(days=36500))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(key, hashes.SHA256())
        )
        key_file = folder / "key.pem"
        pem = serialization.Encoding.PEM
        self.certificate.write_bytes(certificate.public_bytes(pem))
        key_file.write_bytes(
            key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        return self.certificate, key_file
