-- A version without a definition says that the funnel was deleted; those before it can still be asked for.
alter table funnels alter column definition drop not null;
