-- What is measured, and who may send and ask.
create table sites (
  site_id integer generated always as identity primary key,
  name text not null,
  time_zone text not null,
  origins text[],
  created_at timestamptz not null default now()
);

-- Only digests are stored; `hint` is the prefix and the last four characters.
create table keys (
  key_id integer generated always as identity primary key,
  site_id integer references sites on delete cascade,
  kind text not null check (kind in ('write', 'secret', 'read', 'admin')),
  digest bytea not null unique,
  hint text not null,
  created_at timestamptz not null default now(),
  revoked_at timestamptz,
  check ((kind = 'admin') = (site_id is null))
);

-- Every change of a funnel is a new version; the highest one is asked.
create table funnels (
  site_id integer not null references sites on delete cascade,
  name text not null,
  version integer not null,
  definition jsonb not null,
  created_at timestamptz not null default now(),
  primary key (site_id, name, version)
);

-- One row: what this installation signs cookies with.
create table installation (
  only_one boolean primary key default true check (only_one),
  signing_secret bytea not null
);

-- The ledger: one row for every site in every group commit. `events` is how many were really inserted;
-- their ids are between `lowest` and `highest`. `woven` is the number of the weave that took them.
create table batches (
  batch_id bigint generated always as identity primary key,
  site_id integer not null,
  events integer not null,
  lowest uuid not null,
  highest uuid not null,
  received_at timestamptz not null default now(),
  woven bigint
);

create index batches_not_woven on batches (site_id, batch_id) where woven is null;

-- The truth: append only. A stored id is always a UUIDv7, so a month of ids is a month of events.
-- Every unique key contains visitor_id, by which events can be distributed over several machines.
create table events (
  site_id integer not null,
  visitor_id text not null,
  event_id uuid not null,
  batch_id bigint not null,
  at timestamptz not null,
  name text not null,
  stream text,
  seq integer,
  properties jsonb not null,
  primary key (site_id, visitor_id, event_id)
) partition by range (event_id);

create index events_batch on events using brin (batch_id);

create table events_default partition of events default;

-- An order id gives at most one event, for ever. `event_id` is null while only the shop's server knows the order.
create table orders (
  site_id integer not null,
  order_id text not null,
  visitor_id text,
  event_id uuid,
  by_server boolean not null,
  claimed_at timestamptz not null default now(),
  confirmed_at timestamptz,
  primary key (site_id, order_id)
);
