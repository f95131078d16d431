"""A mail server for tests, on a port of this machine's that the kernel chooses: Debian's aiosmtpd, told how to behave. Ends with
its `with` block. Mails that it took over stand in `mails`, also those whose 250 the sender never got (`answered` is false).
"""
import asyncio
import collections
import contextlib
import logging
import socket
import ssl
import subprocess
import threading
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

logging.getLogger("mail.log").setLevel(logging.CRITICAL)  # what it says of clients that go is what the tests make them do
warnings.filterwarnings("ignore", module="aiosmtpd")

Mail = collections.namedtuple("Mail", "sender receiver content encrypted user answered greeted")


def certificate(folder):
    """A key and a certificate for `localhost` that signs itself; gives the file of both."""
    key, made = folder / "sink.key", folder / "sink.crt"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                    "-keyout", key, "-out", made], check=True, capture_output=True)
    return made, key


class Handler:
    """`behave(stage, mail number, receiver)` gives an answer such as '550 no', 'drop' (the connection goes), 'sleep', or None."""

    def __init__(self, behave):
        self.behave = behave
        self.mails = []
        self.tried = 0
        self.greetings = 0

    def asked(self, stage, receiver):
        return self.behave(stage, self.tried, receiver) if self.behave else None

    async def act(self, server, said):
        if said == "drop":
            server.transport.abort()
            return "421 gone"
        if said == "sleep":
            await asyncio.sleep(120)
        return said

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.greetings += 1
        session.host_name = hostname
        said = await self.act(server, self.asked(f"hello {self.greetings}", ""))
        return [said] if said else responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        said = await self.act(server, self.asked("from", ""))
        if said:
            return said
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tried += 1
        said = await self.act(server, self.asked("to", address))
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        receiver, = envelope.rcpt_tos
        said = self.asked("data", receiver)
        answered = said is None
        if answered or said in ("drop", "sleep"):
            encrypted = server.transport.get_extra_info("sslcontext") is not None
            self.mails.append(Mail(envelope.mail_from, receiver, envelope.content, encrypted,
                                   getattr(session, "user", None), answered, session.host_name))
        return await self.act(server, said) or "250 taken over"


class Sink(Controller):
    """tls: None, 'starttls' or 'implicit', with the files `pair` of certificate()."""

    def __init__(self, behave=None, tls=None, pair=None, user=None, port=0):
        self.context = None
        if tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(*map(str, pair))
        self.starts, self.user, self.patience = tls == "starttls", user, 300
        if port == 0:
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = probe.getsockname()[1]
        super().__init__(Handler(behave), hostname="127.0.0.1", port=port, ready_timeout=20,
                         ssl_context=self.context if tls == "implicit" else None)

    def authenticate(self, server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and (data.login.decode(), data.password.decode()) == self.user
        if good:
            session.user = data.login.decode()
        return AuthResult(success=good, handled=good)

    def factory(self):
        more = {}
        if self.starts:
            more = {"tls_context": self.context, "require_starttls": True}
        if self.user:
            more |= {"authenticator": self.authenticate, "auth_required": True, "auth_require_tls": False}
        return SMTP(self.handler, hostname="sink.example", timeout=self.patience, **more)

    @property
    def mails(self):
        return self.handler.mails

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()


@contextlib.contextmanager
def silent(speaks=b""):
    """Takes connections, says so much, and nothing ever after; gives its port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(16)
        listener.settimeout(0.1)
        held, over = [], []

        def hold():
            while not over:
                with contextlib.suppress(TimeoutError, ConnectionError):
                    one, _ = listener.accept()
                    held.append(one)
                    one.sendall(speaks)

        thread = threading.Thread(target=hold)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            over.append(True)
            thread.join()
            for one in held:
                one.close()


def free_port():
    """One on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
