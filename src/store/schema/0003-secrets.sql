-- What is used to sign in, and mail still to be sent: no projections, never in an event. Sealed under a key of the root
-- key's, bound to the person, erased with the person.
CREATE TABLE signin (
    person BLOB NOT NULL PRIMARY KEY,
    sealed BLOB NOT NULL,
    codes INTEGER NOT NULL
) STRICT;

-- A one-time link by the hash of its secret.
CREATE TABLE link (
    hash BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    kind TEXT NOT NULL,
    made_by BLOB,
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX link_person ON link (person);

CREATE TABLE session (
    hash BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    sealed BLOB NOT NULL,
    opened INTEGER NOT NULL,
    used INTEGER NOT NULL,
    ends INTEGER NOT NULL
) STRICT;
CREATE INDEX session_person ON session (person);

CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person BLOB,
    sealed BLOB NOT NULL,
    not_before INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT;
