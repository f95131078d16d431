-- Whether a person has a mail of a kind waiting, or had one lately, is asked with every one that is queued.
CREATE INDEX outbox_person ON outbox (person, kind);
