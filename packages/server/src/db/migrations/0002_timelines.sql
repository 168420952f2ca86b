-- What a site's timelines call things by number. A bot's `view` has another code than a person's, and so
-- has a cookieless one: such events are told apart without a column.
create table names (
  site_id integer not null,
  code integer not null,
  name text not null,
  bot boolean not null,
  cookieless boolean not null,
  primary key (site_id, code),
  unique (site_id, name, bot, cookieless)
);

create table properties (
  site_id integer not null,
  code integer not null,
  name text not null,
  primary key (site_id, code),
  unique (site_id, name)
);

-- A question is pinned to the newest weave: later ones are not there for it.
create table weaves (
  weave bigint primary key,
  parts integer not null,
  woven_at timestamptz not null default now()
);

-- Derived from events, and can be rebuilt at any time. One row is one column of one immutable part:
-- the events of one site, UTC day and slot of the visitors' hashes that one weave took.
-- `property` 0 is the core, -1 the visitors' ids, else a code of `properties`.
create table timelines (
  site_id integer not null,
  day date not null,
  weave bigint not null,
  slots smallint not null,
  slot smallint not null,
  property integer not null,
  events integer not null,
  visitors integer not null,
  data bytea not null,
  replaced_by bigint,
  replaced_at timestamptz,
  primary key (site_id, day, weave, slots, slot, property)
);

-- The columns are packed already: neither compressing nor inlining them helps.
alter table timelines alter column data set storage external;

create index timelines_replaced on timelines (replaced_at) where replaced_by is not null;

-- Events that left the truth after they were woven: a question passes over them, the next weave drops them.
create table removals (
  removal_id bigint generated always as identity primary key,
  site_id integer not null,
  visitor_id text not null,
  at timestamptz not null,
  name text not null
);

create index batches_by_weave on batches (woven);
