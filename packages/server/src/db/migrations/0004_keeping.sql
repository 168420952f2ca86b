-- What was refused, and why; the newest of each site are kept. `event` is the event as it was sent, as JSON
-- text, cut: it may be anything.
create table quarantine (
  quarantine_id bigint generated always as identity primary key,
  site_id integer not null,
  received_at timestamptz not null,
  visitor_id text,
  stream text,
  seq integer,
  code text not null,
  field text,
  message text not null,
  event text
);

create index quarantine_by_site on quarantine (site_id, quarantine_id);

-- Who was erased stays erased: SHA-256 of `visitor <id>` and of `order <id>`.
create table tombstones (
  site_id integer not null,
  digest bytea not null,
  erased_at timestamptz not null default now(),
  primary key (site_id, digest)
);
