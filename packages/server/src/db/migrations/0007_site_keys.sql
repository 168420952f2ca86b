-- What a site owns goes with it; and what is written for it while it goes is refused, also by an import
-- whose key was good when it began. Events are held by their batch: every insert of events makes one.
alter table batches add foreign key (site_id) references sites on delete cascade;
alter table orders add foreign key (site_id) references sites on delete cascade;
alter table names add foreign key (site_id) references sites on delete cascade;
alter table properties add foreign key (site_id) references sites on delete cascade;
