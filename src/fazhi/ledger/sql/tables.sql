-- The record: matters, lines, bodies, positions, seals and official numbers.

create table ledger_page (                    -- every page a matter was ever opened under, as it then read
    digest text primary key,
    name text not null,
    in_force date not null,
    text text not null                        -- JSON; the digest of its canonical form is the key
);

create table ledger_matter (
    id uuid primary key,
    procedure text not null,
    page text not null references ledger_page, -- digest of the page in force at the opening entry
    opened date not null,
    unit uuid not null,                       -- the unit that received it
    parent uuid references ledger_matter,
    parent_thread text not null default '',
    old_number text not null default '',      -- number given before this system, as it was
    external_number text not null default '', -- number in another system
    key text not null unique,                 -- idempotency key of the opening
    digest text not null                      -- over the columns above: what the first entry is chained to
);
create index ledger_matter_parent on ledger_matter (parent) where parent is not null;
create index ledger_matter_old on ledger_matter (old_number) where old_number <> '';

create table ledger_entry (
    id bigint generated always as identity primary key,
    matter uuid not null references ledger_matter,
    seq integer not null check (seq >= 1),
    kind text not null,
    page text not null,
    day date not null,
    moment timestamptz,
    thread text not null,
    fields jsonb not null,
    unit uuid not null,
    post uuid,
    account uuid,
    face text not null,
    corrects integer,
    strikes boolean not null,
    key text not null,
    body text not null,                       -- commitment to the body, empty without one
    body_key text not null,                   -- which master key the body is under
    recorded_at timestamptz not null,
    tx xid8 not null,
    prev text not null,
    digest text not null,
    unique (matter, seq)
);
create unique index ledger_entry_key on ledger_entry (matter, key) where key <> '';
create index ledger_entry_tx on ledger_entry (tx);
create index ledger_entry_parties on ledger_entry using gin (string_to_array(fields ->> 'parties', ' '))
    where fields ? 'parties';

create table ledger_body (
    entry bigint primary key references ledger_entry,
    matter uuid not null,
    seq integer not null,
    salt bytea not null,
    sealed bytea not null,
    unique (matter, seq)
);

create table ledger_seal (
    n bigint primary key check (n >= 1),
    first bigint not null,
    last bigint not null check (last >= first),
    root text not null,
    prev text not null,
    closed_at timestamptz not null,
    digest text not null,
    signature text not null,                  -- Ed25519 over the digest, hex
    signer text not null,                     -- fingerprint of the public key
    horizon xid8 not null                     -- every transaction before it is settled and has its positions
);

create table ledger_position (
    position bigint primary key check (position >= 1),
    entry bigint not null unique references ledger_entry,
    seal bigint not null references ledger_seal,
    digest text not null                      -- the line's digest when it was sealed
);
create index ledger_position_seal on ledger_position (seal);

create table ledger_epoch (                   -- transaction ids mean something within one database cluster only
    id bigint generated always as identity primary key,
    cluster text not null,
    after bigint not null,                    -- the last seal closed before this epoch
    horizon xid8 not null,                    -- every transaction before it had its positions when the epoch began
    begun_at timestamptz not null default now()
);

create table ledger_fault (                   -- what the sealer met: a line whose digest did not hold
    id bigint generated always as identity primary key,
    entry bigint not null,
    seal bigint not null,
    what text not null,
    found_at timestamptz not null default now()
);

create table ledger_number (
    unit uuid not null,                       -- the organ
    word text not null,
    year integer not null,
    seq integer not null check (seq >= 1),
    text text not null unique,
    matter uuid not null references ledger_matter,
    primary key (unit, word, year, seq)
);
create index ledger_number_matter on ledger_number (matter);

create table ledger_number_counter (
    unit uuid not null,
    word text not null,
    year integer not null,
    last integer not null check (last >= 0),
    primary key (unit, word, year)
);

create table ledger_cursor (                  -- how far a heavy follower has followed the sealed positions
    follower text primary key,
    position bigint not null,
    followed_at timestamptz not null default now()
);

create table ledger_job (                     -- last success of each background job, for the health page
    name text primary key,
    started_at timestamptz,
    succeeded_at timestamptz,
    failed_at timestamptz,
    failure text not null default ''          -- the kind of error, never its text
);
