-- Links that open one question each. What is signed into a link is not stored; it ends with the key that made it.
create table shares (
  share_id integer generated always as identity primary key,
  site_id integer not null references sites on delete cascade,
  key_id integer not null references keys on delete cascade,
  path text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);

create index shares_by_site on shares (site_id);
