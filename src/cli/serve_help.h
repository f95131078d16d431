/* What `serve` says of itself, in the program that people call and in the one that it runs. */
#pragma once

#define SERVE_ARGUMENTS "[OPTIONS] POLICY [OTHER...] | DATA"
#define SERVE_SUMMARY "Serve the policy and its May I? pages over HTTP"
#define SERVE_HELP                                                                                 \
    "Other policies named after it are there to compare: Compare puts one question to all of "     \
    "them.\n"                                                                                      \
    "May I? and the policy's pages speak of the first alone. With a data folder that `lanyard\n"   \
    "init` made: its policy, and the record's pages for people who sign in.\n\n"                   \
    "  --port N      port to listen on (8080; 0: any free one)\n"                                  \
    "  --address IP  address to listen on (127.0.0.1)\n"                                           \
    "  --host NAME   name under which people reach it; may be given several times\n"               \
    "                (127.0.0.1, localhost and [::1] where none is given)\n"                       \
    "  --secure      a proxy in front speaks TLS: cookies are marked so\n"                         \
    "  --key FILE    the data folder's root key, where it is not beside it\n"                      \
    "  --assets DIR  the pages' style sheet and script\n"                                          \
    "  --allow FILE  what drafts may name: a site, hashtag or domain of e-mail addresses a line\n" \
    "  --words FILE  wording to look for in drafts, or not, beside the built-in list\n"            \
    "  --mail URL    of a data folder: send mail that something waits, by a mail server named\n"   \
    "                as smtp://HOST:PORT or smtps://HOST:PORT; without it none is sent\n"          \
    "  --mail-from ADDRESS  from whom mail comes\n"                                                \
    "  --mail-user NAME  the user that the mail server knows us as\n"                              \
    "  --mail-password-file FILE  that user's password, in a file that not everybody may read\n"   \
    "  --mail-authority FILE  certificates to trust there instead of the system's\n"               \
    "  --mail-plain  without encryption, over a network that is our own\n"                         \
    "  --site URL    where people sign in, as mail tells them\n"                                   \
    "\nA demo, which `lanyard init --demo` made, is served to this computer alone, and sends no "  \
    "mail:\n"                                                                                      \
    "--address, --host, --secure and --mail are refused.\n"                                        \
    "\n  lanyard serve policies/early-life\n"                                                      \
    "  lanyard serve policies/early-life policies/qegsmat policies/geeks-room\n"                   \
    "  lanyard serve --mail smtp://127.0.0.1:25 --mail-from lanyard@school.example \\\n"           \
    "      --site https://policy.school.example/ /srv/lanyard\n"
