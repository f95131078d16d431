"""A record with an administrator who has a password: what the scripts here share that act on one."""
import contextlib
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


def init(folder, name="school"):
    """A data folder; gives it and the first administrator's link."""
    place = folder / name
    code, out, error = run("init", place, "--name", "Oak Lane School", "--given", "Edda", "--family", "Firstadmin",
                           "--email", ADMINISTRATOR)
    assert code == 0, error
    return place, re.search(r"/invitation/\S+", out).group()


@contextlib.contextmanager
def served(place):
    """The folder served on a port of its own; gives an opener with cookies and the address."""
    port = 20000 + os.getpid() % 20000
    server = subprocess.Popen([LANYARD, "serve", "--port", str(port), place], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                opener.open(address + "/sign-in").read()
                break
            except urllib.error.URLError:
                time.sleep(0.1)
        yield opener, address
    finally:
        server.terminate()
        server.wait(timeout=20)


def use_link(place, link):
    """The administrator's password, set by the link as a browser does it."""
    with served(place) as (opener, address):
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
