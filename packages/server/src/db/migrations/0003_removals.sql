-- Which event it was: an order id gives at most one, and a visitor may have several purchases at one time.
-- `woven` is the number of the weave that dropped it from its part: questions pinned before still pass over it.
alter table removals
  add column order_id text not null,
  add column woven bigint;

create index removals_not_woven on removals (site_id) where woven is null;

-- Where there is something to merge, and how much a question reads: asked every second, answered from the index.
create index timelines_live on timelines (site_id, day) include (weave, slots, events)
  where property = 0 and replaced_by is null;
