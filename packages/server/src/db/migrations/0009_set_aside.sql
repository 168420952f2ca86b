-- Purchases of pages whose order was there already, or that the server's own replaced: answered for, and not
-- stored. Kept so that their numbers are not taken for lost.
create table set_aside (
  site_id integer not null references sites on delete cascade,
  stream text not null,
  seq integer not null,
  visitor_id text not null,
  at timestamptz not null,
  primary key (site_id, stream, seq)
);
