-- What the record rests on: the log, its events and checkpoints, the names of uploads, keys, and the acts already done.
-- Column types are INTEGER, TEXT and BLOB only, so that the same text makes the tables in PostgreSQL (BIGINT, TEXT, BYTEA).

-- The one log of this folder: its name, its public verifier key, and the edge of its hash tree.
CREATE TABLE log (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    origin TEXT NOT NULL,
    vkey TEXT NOT NULL,
    tree BLOB NOT NULL
) STRICT;

-- The truth; every other table but those of keys, signing in and unsent mail is made from it. From 0, without gaps.
CREATE TABLE event (
    n INTEGER PRIMARY KEY CHECK (n >= 0),
    body BLOB NOT NULL
) STRICT;

-- The newest signed checkpoint of each day; days since 1970.
CREATE TABLE checkpoint (
    day INTEGER PRIMARY KEY,
    size INTEGER NOT NULL CHECK (size >= 0),
    note TEXT NOT NULL
) STRICT;

-- Files beside the record, by the name under which they lie there.
CREATE TABLE upload (
    name TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Keys of the record itself, wrapped under the root key's.
CREATE TABLE vault (
    name TEXT NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- One key a person, wrapped under the root key's; a row that is gone is a person erased.
CREATE TABLE person_key (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL UNIQUE,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Acts done, by the name their form carried: a form sent twice is done once. `n` is the act's first event.
CREATE TABLE done_act (
    act BLOB NOT NULL PRIMARY KEY,
    n INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
