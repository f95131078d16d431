/* The words themselves. Each list is in the order of its bytes: a test looks. */
#include "screen/detect_words.h"

#include <endian.h>
#include <stdatomic.h>
#include <string.h>

static const char street[][WORD_SET_LONGEST] = {
    "ave",      "avenue",    "blvd",    "boulevard", "brae",    "cottages", "cres",
    "crescent", "esplanade", "gardens", "gdns",      "lane",    "ln",       "mews",
    "rd",       "road",      "st",      "street",    "terrace", "villas",   "wynd",
};
static const char street_capital[][WORD_SET_LONGEST] = {
    "alley",    "approach", "bank",    "bridge",     "broadway", "buildings", "chase",     "circus",
    "cl",       "close",    "common",  "copse",      "court",    "croft",     "ct",        "dene",
    "dr",       "drive",    "drove",   "embankment", "end",      "fields",    "fold",      "garth",
    "gate",     "glade",    "glen",    "grange",     "green",    "grove",     "haven",     "heath",
    "heights",  "hill",     "hollow",  "knoll",      "lawns",    "lea",       "leas",      "loan",
    "maltings", "meadow",   "meadows", "mount",      "orchard",  "paddock",   "paddocks",  "parade",
    "park",     "parkway",  "passage", "path",       "pl",       "place",     "promenade", "quay",
    "ridge",    "rise",     "row",     "spinney",    "sq",       "square",    "strand",    "terr",
    "vale",     "view",     "walk",    "warren",     "way",      "wharf",     "yard",
};
static const char flats[][WORD_SET_LONGEST] = {
    "apartments", "hall", "house", "lodge", "mansions", "point", "tower", "towers",
};
static const char not_street[][WORD_SET_LONGEST] = {
    "a",        "across",   "along",   "am",      "an",       "and",       "apr",    "april",
    "are",      "at",       "aug",     "august",  "be",       "boys",      "by",     "cars",
    "children", "day",      "days",    "dec",     "december", "down",      "feb",    "february",
    "for",      "friday",   "from",    "girls",   "goals",    "google",    "hour",   "hours",
    "in",       "into",     "is",      "jan",     "january",  "jul",       "july",   "jun",
    "june",     "km",       "lap",     "laps",    "mar",      "march",     "may",    "men",
    "meter",    "meters",   "metre",   "metres",  "mile",     "miles",     "minute", "minutes",
    "monday",   "month",    "months",  "nations", "night",    "nights",    "nov",    "november",
    "oct",      "october",  "of",      "on",      "or",       "parents",   "peaks",  "people",
    "percent",  "piece",    "pieces",  "pm",      "point",    "points",    "pupils", "reasons",
    "saturday", "second",   "seconds", "sep",     "sept",     "september", "staff",  "star",
    "steps",    "students", "sunday",  "the",     "things",   "thursday",  "tips",   "to",
    "tuesday",  "up",       "was",     "way",     "ways",     "wednesday", "week",   "weeks",
    "were",     "will",     "with",    "women",   "yard",     "yards",     "year",   "years",
};
static const char not_house[][WORD_SET_LONGEST] = {
    "about",         "act",      "age",      "aged",     "all",      "another",  "apollo",
    "approximately", "apr",      "april",    "area",     "article",  "aug",      "august",
    "bay",           "beat",     "bed",      "block",    "bus",      "chapter",  "class",
    "court",         "day",      "dec",      "december", "disk",     "district", "episode",
    "exercise",      "feb",      "february", "figure",   "first",    "floor",    "form",
    "fri",           "friday",   "game",     "gate",     "grade",    "group",    "gym",
    "heat",          "item",     "jan",      "january",  "jul",      "july",     "jun",
    "junction",      "june",     "key",      "ks",       "lane",     "last",     "lesson",
    "level",         "lost",     "lot",      "mar",      "march",    "match",    "may",
    "mon",           "monday",   "next",     "nov",      "november", "oct",      "october",
    "only",          "order",    "over",     "page",     "part",     "period",   "phase",
    "pitch",         "platform", "psalm",    "question", "race",     "ref",      "reference",
    "room",          "round",    "route",    "sat",      "saturday", "scene",    "score",
    "season",        "seat",     "section",  "sector",   "sep",      "sept",     "september",
    "series",        "set",      "size",     "stage",    "stall",    "station",  "sun",
    "sunday",        "table",    "team",     "term",     "these",    "those",    "thu",
    "thur",          "thurs",    "thursday", "top",      "track",    "tue",      "tues",
    "tuesday",       "under",    "unit",     "usb",      "verse",    "ward",     "wed",
    "wednesday",     "week",     "windows",  "won",      "world",    "year",     "years",
    "zone",
};
static const char place_name[][WORD_SET_LONGEST] = {
    "academy", "bus",       "buses",   "campaign", "carnival", "cemetery", "closed",  "closure",
    "college", "community", "estate",  "fair",     "festival", "infant",   "infants", "junior",
    "juniors", "market",    "nursery", "parade",   "primary",  "project",  "race",    "roadworks",
    "run",     "school",    "schools", "stadium",  "station",  "works",
};
static const char at_house[][WORD_SET_LONGEST] = {
    "address", "at",    "deliver", "flat",  "from", "home", "house", "is", "live",
    "lived",   "lives", "living",  "moved", "of",   "on",   "send",  "to", "visit",
};
static const char lives[][WORD_SET_LONGEST] = {
    "address", "am", "home",  "house",  "im",   "live",    "lived", "lives",
    "living",  "m",  "moved", "moving", "stay", "staying", "stays",
};
static const char street_first[][WORD_SET_LONGEST] = {
    "clos", "ffordd", "heol", "lon", "maes", "rhodfa", "stryd",
};
static const char owner[][WORD_SET_LONGEST] = {
    "add", "dm",      "find", "follow", "got", "have", "her",   "his",
    "me",  "message", "msg",  "my",     "on",  "our",  "their",
};
static const char mail_word[][WORD_SET_LONGEST] = {
    "address", "contact", "e", "email", "emails", "mail", "write",
};
static const char contact[][WORD_SET_LONGEST] = {
    "call",   "cell",    "contact",   "dial",   "fax", "message", "mob",
    "mobile", "mobiles", "msg",       "number", "ph",  "phone",   "ring",
    "sms",    "tel",     "telephone", "text",   "txt", "whatsap", "whatsapp",
};
static const char label[][WORD_SET_LONGEST] = {
    "acc",       "account",   "asin",         "barcode",     "batch",    "booking", "build",
    "candidate", "case",      "centre",       "charity",     "claim",    "code",    "company",
    "customer",  "doi",       "ean",          "error",       "exam",     "hash",    "id",
    "invoice",   "isbn",      "issn",         "item",        "job",      "licence", "license",
    "log",       "member",    "membership",   "model",       "order",    "orders",  "parcel",
    "part",      "pin",       "po",           "policy",      "policyno", "product", "receipt",
    "ref",       "reference", "registration", "serial",      "sku",      "student", "ticket",
    "timestamp", "track",     "tracking",     "transaction", "txn",      "ukprn",   "upc",
    "uprn",      "urn",       "utr",          "vat",         "version",
};
static const char label_sure[][WORD_SET_LONGEST] = {
    "barcode",   "ean",    "invoice", "isbn",     "issn",        "receipt", "ref",
    "reference", "serial", "sku",     "tracking", "transaction", "upc",
};
static const char skipped[][WORD_SET_LONGEST] = {
    "a", "code", "id", "is", "no", "nr", "num", "number", "ref", "reference", "s", "was",
};
static const char card[][WORD_SET_LONGEST] = {
    "amex", "card", "credit", "debit", "mastercard", "visa",
};
static const char nhs[][WORD_SET_LONGEST] = {
    "nhs",
    "patient",
};
static const char provider[][WORD_SET_LONGEST] = {
    "aol",        "btinternet", "gmail",    "gmx",         "googlemail", "hey",     "hotmail",
    "icloud",     "live",       "mail",     "me",          "msn",        "outlook", "proton",
    "protonmail", "sky",        "talktalk", "virginmedia", "yahoo",      "ymail",   "zoho",
};
static const char joiner[][WORD_SET_LONGEST] = {
    "dash",
    "dot",
    "hyphen",
    "underscore",
};
static const char not_local[][WORD_SET_LONGEST] = {
    "am",        "and",      "apply",    "apps",       "are",     "arrive", "available", "back",
    "based",     "blog",     "book",     "booked",     "books",   "bought", "buy",       "check",
    "checked",   "clothes",  "concert",  "deals",      "details", "donate", "down",      "event",
    "events",    "everyone", "featured", "find",       "found",   "free",   "fun",       "game",
    "get",       "got",      "held",     "her",        "here",    "him",    "home",      "hosted",
    "hosting",   "in",       "info",     "is",         "it",      "jobs",   "join",      "listen",
    "live",      "look",     "looked",   "looking",    "lunch",   "match",  "me",        "meet",
    "meeting",   "more",     "now",      "offers",     "on",      "online", "or",        "order",
    "ordered",   "out",      "over",     "page",       "party",   "play",   "played",    "posted",
    "published", "read",     "register", "registered", "sale",    "save",   "see",       "seen",
    "shop",      "shopping", "show",     "sign",       "signed",  "site",   "sold",      "stall",
    "start",     "started",  "starts",   "stay",       "stop",    "store",  "streamed",  "them",
    "ticket",    "tickets",  "tried",    "up",         "us",      "visit",  "vote",      "was",
    "watch",     "watched",  "website",  "were",       "work",    "worked", "working",   "works",
    "you",
};
static const char tld_sure[][WORD_SET_LONGEST] = {
    "academy", "ae",         "ai",   "app",    "ar",       "au",          "bd",        "bg",
    "biz",     "blog",       "br",   "ca",     "ch",       "charity",     "church",    "cl",
    "click",   "cloud",      "club", "cn",     "co",       "college",     "com",       "community",
    "cy",      "cymru",      "cz",   "de",     "design",   "dev",         "digital",   "dk",
    "edu",     "education",  "ee",   "es",     "eu",       "fi",          "fm",        "foundation",
    "fr",      "gg",         "gh",   "gle",    "gov",      "gr",          "gs",        "hk",
    "hr",      "hu",         "ie",   "il",     "im",       "info",        "int",       "io",
    "je",      "jp",         "ke",   "kr",     "lk",       "london",      "lt",        "lu",
    "lv",      "ly",         "mail", "mil",    "mt",       "museum",      "mx",        "net",
    "ng",      "nl",         "nz",   "online", "org",      "photography", "pk",        "pt",
    "qa",      "ro",         "ru",   "sa",     "school",   "schools",     "scot",      "se",
    "sg",      "shop",       "si",   "site",   "sk",       "social",      "solutions", "store",
    "studio",  "systems",    "tech", "tr",     "training", "tv",          "tw",        "ua",
    "uk",      "university", "vn",   "wales",  "website",  "wiki",        "xyz",       "za",
};
static const char tld_unsure[][WORD_SET_LONGEST] = {
    "ac",       "ad",       "af",      "ag",       "al",          "am",      "ao",     "aq",
    "as",       "at",       "aw",      "ax",       "az",          "ba",      "bb",     "be",
    "bf",       "bh",       "bi",      "bj",       "bm",          "bn",      "bo",     "bs",
    "bt",       "bw",       "by",      "bz",       "cafe",        "cam",     "camp",   "care",
    "cash",     "cc",       "cd",      "cf",       "cg",          "ci",      "city",   "ck",
    "cm",       "coach",    "codes",   "cool",     "cr",          "cu",      "cv",     "cw",
    "cx",       "date",     "deals",   "dj",       "dm",          "do",      "dog",    "dz",
    "earth",    "ec",       "eg",      "email",    "energy",      "er",      "et",     "events",
    "example",  "exchange", "express", "family",   "fan",         "fans",    "farm",   "fashion",
    "film",     "finance",  "fish",    "fit",      "fj",          "fk",      "fo",     "football",
    "ga",       "gallery",  "game",    "games",    "gd",          "ge",      "gf",     "gi",
    "gift",     "gifts",    "gl",      "global",   "gm",          "gn",      "gp",     "gq",
    "group",    "gt",       "gu",      "guide",    "guru",        "gw",      "gy",     "health",
    "help",     "hm",       "hn",      "holiday",  "host",        "house",   "ht",     "icu",
    "id",       "in",       "ink",     "invalid",  "iq",          "ir",      "is",     "it",
    "jm",       "jo",       "kg",      "kh",       "ki",          "kids",    "km",     "kn",
    "kp",       "kw",       "ky",      "kz",       "la",          "land",    "law",    "lb",
    "lc",       "lgbt",     "li",      "life",     "limited",     "link",    "live",   "lol",
    "love",     "lr",       "ls",      "ltd",      "ma",          "market",  "mba",    "mc",
    "md",       "me",       "media",   "men",      "menu",        "mg",      "mh",     "mk",
    "ml",       "mm",       "mn",      "mo",       "mobi",        "moe",     "money",  "mov",
    "mp",       "mq",       "mr",      "ms",       "mu",          "mv",      "mw",     "my",
    "mz",       "na",       "name",    "nc",       "ne",          "network", "news",   "nf",
    "ni",       "ninja",    "no",      "now",      "np",          "nr",      "nu",     "om",
    "one",      "pa",       "page",    "party",    "pe",          "pf",      "pg",     "ph",
    "photo",    "photos",   "pics",    "pictures", "pizza",       "pl",      "plus",   "pm",
    "pn",       "pr",       "press",   "pro",      "productions", "ps",      "pub",    "pw",
    "py",       "quest",    "re",      "red",      "rent",        "report",  "review", "reviews",
    "rip",      "rocks",    "rs",      "run",      "rw",          "sale",    "sb",     "sc",
    "sd",       "sh",       "show",    "sj",       "sl",          "sm",      "sn",     "so",
    "software", "space",    "sport",   "sports",   "sr",          "ss",      "st",     "style",
    "su",       "support",  "surf",    "sv",       "sx",          "sy",      "sz",     "tax",
    "td",       "team",     "tel",     "test",     "tf",          "tg",      "th",     "theatre",
    "tips",     "tj",       "tk",      "tl",       "tm",          "tn",      "to",     "today",
    "tools",    "top",      "tours",   "town",     "toys",        "trade",   "travel", "tt",
    "tube",     "tz",       "ug",      "us",       "uy",          "uz",      "va",     "vc",
    "ve",       "vet",      "vg",      "vi",       "video",       "vip",     "vote",   "vu",
    "watch",    "wf",       "win",     "work",     "works",       "world",   "ws",     "wtf",
    "ye",       "yoga",     "you",     "yt",       "zip",         "zm",      "zone",   "zw",
};
static const char file_host[][WORD_SET_LONGEST] = {
    "ac.uk",   "asp.net", "co.uk",  "ltd.uk", "me.uk",  "net.uk",
    "node.js", "org.uk",  "plc.uk", "sch.uk", "vb.net",
};
static const char tld_spoken[][WORD_SET_LONGEST] = {
    "app", "biz", "co",   "com",  "gg",    "io", "net", "online",
    "org", "ru",  "shop", "site", "store", "tv", "xyz",
};
static const char not_dotted[][WORD_SET_LONGEST] = {
    "about",   "actual",  "after",     "amazing", "another",    "asp",      "become",  "before",
    "best",    "biggest", "black",     "blue",    "bought",     "brown",    "build",   "built",
    "called",  "client",  "come",      "comes",   "connecting", "core",     "costs",   "domain",
    "domains", "draw",    "during",    "each",    "earlier",    "early",    "either",  "ending",
    "endings", "ends",    "every",     "extra",   "failed",     "final",    "first",   "former",
    "from",    "gold",    "good",      "green",   "grey",       "have",     "having",  "hello",
    "hence",   "home",    "into",      "join",    "just",       "large",    "last",    "late",
    "later",   "like",    "list",      "little",  "local",      "lots",     "magic",   "make",
    "making",  "many",    "microsoft", "more",    "most",       "much",     "names",   "need",
    "next",    "normal",  "only",      "open",    "orange",     "original", "other",   "over",
    "own",     "owned",   "paint",     "pink",    "please",     "polka",    "posh",    "prefer",
    "purple",  "put",     "puts",      "quantum", "real",       "register", "regular", "said",
    "says",    "school",  "second",    "several", "show",       "shows",    "silver",  "simple",
    "single",  "site",    "sites",     "small",   "solid",      "some",     "special", "start",
    "still",   "such",    "tell",      "tells",   "that",       "their",    "them",    "then",
    "these",   "they",    "think",     "thinks",  "third",      "this",     "those",   "three",
    "through", "tiny",    "type",      "under",   "used",       "uses",     "using",   "usual",
    "very",    "wait",    "want",      "website", "websites",   "well",     "what",    "when",
    "where",   "which",   "white",     "whole",   "whose",      "with",     "word",    "work",
    "write",   "writes",  "writing",   "written", "yellow",     "your",
};
static const char behind_dotted[][WORD_SET_LONGEST] = {
    "addresses",  "age",      "agency",     "billionaire", "boom",         "boomer",
    "bubble",     "business", "businesses", "bust",        "cards",        "companies",
    "company",    "core",     "crash",      "craze",       "developer",    "developers",
    "domain",     "domains",  "ending",     "endings",     "entrepreneur", "era",
    "extension",  "files",    "firm",       "firms",       "framework",    "generation",
    "guru",       "industry", "language",   "millionaire", "millionaires", "names",
    "programmer", "project",  "projects",   "startup",     "startups",     "stock",
    "stocks",     "suffix",   "years",
};
static const char file_end[][WORD_SET_LONGEST] = {
    "md",
    "mov",
    "sh",
    "zip",
};
static const char known_host[][WORD_SET_LONGEST] = {
    "about.me", "heylink.me", "kahoot.it", "paypal.me", "tellonym.me",
};
static const char chat_app[][WORD_SET_LONGEST] = {
    "kik", "line", "sgnl", "signal", "skype", "snapchat", "telegram", "tg", "viber", "whatsapp",
};
static const char not_handle[][WORD_SET_LONGEST] = {
    "all",      "channel", "charset",   "everyone",     "font",     "here",
    "home",     "import",  "keyframes", "media",        "override", "param",
    "property", "return",  "school",    "staticmethod", "work",
};
static const char directive[][WORD_SET_LONGEST] = {
    "define", "elif", "endif", "ifdef", "ifndef", "pragma", "undef",
};
static const char account[][WORD_SET_LONGEST] = {
    "bereal",   "bluesky", "bsky",    "discord",   "facebook", "fb",        "fortnite",
    "gamertag", "ig",      "insta",   "instagram", "kik",      "minecraft", "pinterest",
    "psn",      "reddit",  "roblox",  "sc",        "snap",     "snapchat",  "steam",
    "telegram", "threads", "tiktok",  "tt",        "twitch",   "twitter",   "username",
    "wizz",     "xbox",    "youtube", "yt",        "yubo",
};
static const char ordinal_of[][WORD_SET_LONGEST] = {
    "class", "day",   "division", "floor", "form", "grade", "half", "leg", "lesson", "period",
    "place", "prize", "round",    "set",   "team", "test",  "xi",   "xv",  "year",
};
static const char postcode[][WORD_SET_LONGEST] = {
    "postcode",
    "postcodes",
};
static const char postcode_unit[][WORD_SET_LONGEST] = {
    "ds", "ft", "gb", "hr", "hz", "lb", "ph", "pp", "pt", "qt", "rs", "tb", "tn", "xl", "yr",
};
static const char nino_not[][WORD_SET_LONGEST] = {
    "am", "an", "as", "at", "be", "by", "do", "go", "he", "if", "in", "is",
    "it", "me", "my", "no", "of", "on", "or", "so", "to", "up", "us", "we",
};
static const char nino_word[][WORD_SET_LONGEST] = {
    "insurance",
    "ni",
    "nino",
};
static const char imei_word[][WORD_SET_LONGEST] = {
    "imei",
};

#define SET(list)                                                                                  \
    {                                                                                              \
        (list), sizeof(list) / sizeof *(list)                                                      \
    }
static const struct {
    const char (*at)[WORD_SET_LONGEST];
    size_t count;
} sets[WORD_SETS] = {
    [WORDS_STREET] = SET(street),
    [WORDS_STREET_FIRST] = SET(street_first),
    [WORDS_OWNER] = SET(owner),
    [WORDS_MAIL] = SET(mail_word),
    [WORDS_STREET_CAPITAL] = SET(street_capital),
    [WORDS_FLATS] = SET(flats),
    [WORDS_NOT_STREET] = SET(not_street),
    [WORDS_NOT_HOUSE] = SET(not_house),
    [WORDS_PLACE_NAME] = SET(place_name),
    [WORDS_AT_HOUSE] = SET(at_house),
    [WORDS_LIVES] = SET(lives),
    [WORDS_CONTACT] = SET(contact),
    [WORDS_LABEL] = SET(label),
    [WORDS_LABEL_SURE] = SET(label_sure),
    [WORDS_SKIPPED] = SET(skipped),
    [WORDS_CARD] = SET(card),
    [WORDS_NHS] = SET(nhs),
    [WORDS_PROVIDER] = SET(provider),
    [WORDS_JOINER] = SET(joiner),
    [WORDS_NOT_LOCAL] = SET(not_local),
    [WORDS_TLD_SURE] = SET(tld_sure),
    [WORDS_TLD_UNSURE] = SET(tld_unsure),
    [WORDS_FILE_HOST] = SET(file_host),
    [WORDS_TLD_SPOKEN] = SET(tld_spoken),
    [WORDS_NOT_DOTTED] = SET(not_dotted),
    [WORDS_BEHIND_DOTTED] = SET(behind_dotted),
    [WORDS_FILE_END] = SET(file_end),
    [WORDS_KNOWN_HOST] = SET(known_host),
    [WORDS_CHAT_APP] = SET(chat_app),
    [WORDS_NOT_HANDLE] = SET(not_handle),
    [WORDS_DIRECTIVE] = SET(directive),
    [WORDS_ACCOUNT] = SET(account),
    [WORDS_ORDINAL_OF] = SET(ordinal_of),
    [WORDS_POSTCODE] = SET(postcode),
    [WORDS_POSTCODE_UNIT] = SET(postcode_unit),
    [WORDS_NINO_NOT] = SET(nino_not),
    [WORDS_NINO_WORD] = SET(nino_word),
    [WORDS_IMEI_WORD] = SET(imei_word),
};

size_t word_set_count(enum word_set set)
{
    return sets[set].count;
}

struct slice word_set_word(enum word_set set, size_t i)
{
    const char *at = sets[set].at[i];
    return (struct slice){at, strnlen(at, WORD_SET_LONGEST)};
}

/* Sixteen bytes as two numbers whose order is that of the bytes. */
struct key {
    uint64_t first, second;
};

static struct key key_of(const char *at)
{
    struct key key;
    memcpy(&key.first, at, 8);
    memcpy(&key.second, at + 8, 8);
    return (struct key){be64toh(key.first), be64toh(key.second)};
}

static struct key key_small(struct slice word)
{
    char small[WORD_SET_LONGEST] = {0};
    for (size_t i = 0; i < word.length; i++) {
        char c = word.at[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    return key_of(small);
}

/* Of each set a bit for every word by its ends and its length: of most words that are asked for it says that they are in none. */
#define FILTER_BITS 256U
static atomic_uint_least64_t filters[WORD_SETS][FILTER_BITS / 64];
static atomic_bool filters_made;

static unsigned filter_place(struct slice word)
{
    unsigned first = (unsigned char)word.at[0] | 0x20U;
    unsigned last = (unsigned char)word.at[word.length - 1] | 0x20U;
    return (first * 7 ^ last * 29 ^ (unsigned)word.length * 67) % FILTER_BITS;
}

/* Two threads that come at once do the same twice. */
static void make_filters(void)
{
    for (size_t set = 0; set < WORD_SETS; set++) {
        for (size_t i = 0; i < sets[set].count; i++) {
            unsigned place = filter_place(word_set_word((enum word_set)set, i));
            atomic_fetch_or_explicit(&filters[set][place / 64], UINT64_C(1) << place % 64,
                                     memory_order_relaxed);
        }
    }
    atomic_store_explicit(&filters_made, true, memory_order_release);
}

static bool may_be_in(enum word_set set, struct slice word)
{
    if (!atomic_load_explicit(&filters_made, memory_order_acquire)) make_filters();
    unsigned place = filter_place(word);
    uint64_t bits = atomic_load_explicit(&filters[set][place / 64], memory_order_relaxed);
    return (bits >> place % 64 & 1) != 0;
}

bool word_in(enum word_set set, struct slice word)
{
    if (word.length == 0 || word.length > WORD_SET_LONGEST || !may_be_in(set, word)) return false;
    struct key key = key_small(word);
    size_t low = 0, high = sets[set].count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        struct key other = key_of(sets[set].at[middle]);
        if (key.first == other.first && key.second == other.second) return true;
        if (key.first < other.first || (key.first == other.first && key.second < other.second)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}
