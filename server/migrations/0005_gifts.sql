-- Every catalogue of gifts that there was; the newest is in force. A gift's facts are read together and never joined, so
-- that they are one text.
CREATE TABLE gift_catalogues (
    version BIGINT NOT NULL PRIMARY KEY CHECK (version > 0),
    gifts TEXT NOT NULL,
    created BIGINT NOT NULL
);

-- How often the room's show was liked: counted with each accepted command, told in the log twice a second at most.
ALTER TABLE rooms ADD COLUMN likes BIGINT NOT NULL DEFAULT 0 CHECK (likes >= 0);
