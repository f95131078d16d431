"""A record with an administrator who has a password and sign-in codes: what the scripts here share that act on one."""
import base64
import contextlib
import hmac
import http.cookiejar
import os
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from tap import LANYARD, run

PASSWORD = "seven quiet otters"
ADMINISTRATOR = "edda@oaklane.example"
LEFT = {}  # recovery codes of a folder's administrator, each good once


def init(folder, name="school"):
    """A data folder; gives it and the first administrator's link."""
    place = folder / name
    code, out, error = run("init", place, "--name", "Oak Lane School", "--given", "Edda", "--family", "Firstadmin",
                           "--email", ADMINISTRATOR)
    assert code == 0, error
    return place, re.search(r"/invitation/\S+", out).group()


@contextlib.contextmanager
def served(place, *options, first="/sign-in"):
    """The folder served on a port of its own; gives an opener with cookies and the address, once `first` is answered."""
    port = 20000 + os.getpid() % 20000
    server = subprocess.Popen([LANYARD, "serve", "--port", str(port), *options, place], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                opener.open(address + first).read()
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield opener, address
    finally:
        server.terminate()
        server.wait(timeout=20)


def hidden(page, action):
    form = re.search(rf'<form[^>]*action="{action}".*?</form>', page, re.S).group()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))


def press(opener, address, page, action, **more):
    fields = hidden(page, action) | more
    request = urllib.request.Request(address + action, urllib.parse.urlencode(fields).encode(), {"Origin": address})
    return opener.open(request).read().decode()


def code_of(seed):
    """What an app shows now for this secret (RFC 6238)."""
    digest = hmac.new(base64.b32decode(seed), int(time.time() // 30).to_bytes(8, "big"), "sha1").digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1000000:06d}"


def set_password(opener, address, link):
    """By the link, as a browser does it."""
    page = opener.open(address + link).read().decode()
    fields = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    names = re.findall(r'<input[^>]*name="([^"]+)"[^>]*type="password"', page)
    names += re.findall(r'<input[^>]*type="password"[^>]*name="([^"]+)"', page)
    fields.update({name: PASSWORD for name in names})
    target = re.search(r'<form[^>]*action="([^"]+)"', page)
    request = urllib.request.Request(address + (target.group(1) if target else link),
                                     urllib.parse.urlencode(fields).encode(), {"Origin": address})
    answer = opener.open(request).read().decode()
    assert "Your password is set" in answer, answer


def keep_codes(place, page):
    LEFT[place] = re.findall(r"<li><code>([^<]+)</code></li>", page)
    assert len(LEFT[place]) == 10, page


def sign_in(opener, address, place=None):
    """With a recovery code of the folder's, where codes are set up."""
    page = opener.open(address + "/sign-in").read().decode()
    page = press(opener, address, page, "/sign-in", email=ADMINISTRATOR, password=PASSWORD)
    if place is not None:
        press(opener, address, page, "/sign-in/code", code=LEFT[place].pop())


def use_link(place, link):
    """The administrator's password and sign-in codes, set up as a browser does it."""
    with served(place) as (opener, address):
        set_password(opener, address, link)
        sign_in(opener, address)
        page = opener.open(address + "/account/codes").read().decode()
        code = code_of(hidden(page, "/account/codes")["seed"])
        page = press(opener, address, page, "/account/codes", **{"new-code": code, "password": PASSWORD})
        keep_codes(place, page)


def proof(place):
    """The two lines that a command asks of the administrator. The last two codes make ten new ones."""
    if len(LEFT[place]) == 2:
        with served(place) as (opener, address):
            sign_in(opener, address, place)
            page = opener.open(address + "/account/recovery").read().decode()
            page = press(opener, address, page, "/account/recovery", code=LEFT[place].pop(), password=PASSWORD)
            keep_codes(place, page)
    return f"{PASSWORD}\n{LEFT[place].pop()}\n"
