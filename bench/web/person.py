"""The first administrator as a browser: uses the link, signs in, sets up sign-in codes, gets a page. By forms alone."""
import base64
import hashlib
import hmac
import html.parser
import http.cookiejar
import struct
import time
import urllib.parse
import urllib.request

EMAIL, PASSWORD = "admin@bench.example", "seven quiet otters"


class Forms(html.parser.HTMLParser):
    """The fields of each form by its address."""

    def __init__(self, page):
        super().__init__()
        self.forms, self.here = {}, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.here = self.forms.setdefault(attrs["action"], {})
        elif tag == "input" and self.here is not None and "name" in attrs:
            self.here[attrs["name"]] = attrs.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.here = None


def code_of(seed, at):
    """RFC 6238 with thirty seconds and six digits."""
    digest = hmac.new(base64.b32decode(seed), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


class Person:
    def __init__(self, address):
        self.address, self.jar = address, http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path):
        return self.opener.open(self.address + path).read().decode()

    def send(self, page, path, **values):
        """The form of a page that goes to this path, filled in and sent."""
        fields = {**Forms(page).forms[path], **{key.replace("_", "-"): value for key, value in values.items()}}
        request = urllib.request.Request(self.address + path, urllib.parse.urlencode(fields).encode(),
                                         {"Origin": self.address})
        return self.opener.open(request).read().decode()


def sign_in(address, link, path):
    """The cookies of somebody signed in with codes, and what the page at `path` says to them."""
    somebody = Person(address)
    somebody.send(somebody.get(link), "/invitation", password=PASSWORD)
    somebody.send(somebody.get("/sign-in"), "/sign-in", email=EMAIL, password=PASSWORD)
    page = somebody.get("/account/codes")
    seed = Forms(page).forms["/account/codes"]["seed"]
    said = somebody.send(page, "/account/codes", new_code=code_of(seed, time.time()), password=PASSWORD)
    if "recovery" not in said.lower():
        raise SystemExit("bench: signing in went wrong:\n" + said)
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in somebody.jar)
    return cookies, somebody.get(path)
