-- How often somebody tried to sign in, to pair or to join: counted here, so that all processes of the API count as one.
-- Unlogged: after a crash of the database everybody has their tries again, and a guess costs no write-ahead log.
create unlogged table app.tries (
  -- Of what was tried and by whom; no address and no e-mail address is kept.
  key_hash bytea primary key check (length(key_hash) = 32),
  tries integer not null check (tries > 0),
  ends_at timestamptz not null
);
create index tries_end_idx on app.tries (ends_at);

alter table app.tries enable row level security;
alter table app.tries force row level security;
create policy tries_are_nobodys on app.tries for select to authenticated using (false);

-- Counts a try, and returns the seconds until the next one is let through: 0 when this one is.
create function app.count_try(p_key_hash bytea, p_most integer, p_seconds integer) returns integer
language plpgsql volatile security definer set search_path = ''
as $$
declare
  v_now constant timestamptz := clock_timestamp();
  v_wait integer;
begin
  insert into app.tries as t (key_hash, tries, ends_at)
  values (p_key_hash, 1, v_now + make_interval(secs => p_seconds))
  on conflict (key_hash) do update set
    tries = case when t.ends_at <= v_now then 1 else least(t.tries, 1000000) + 1 end,
    ends_at = case when t.ends_at <= v_now then excluded.ends_at else t.ends_at end
  returning case when t.tries <= p_most then 0 else greatest(1, ceil(extract(epoch from t.ends_at - v_now))) end
  into v_wait;
  -- A few of those that are over, so that the table never grows beyond the busiest hour.
  delete from app.tries t where t.key_hash in (
    select o.key_hash from app.tries o
    where o.ends_at < v_now - interval '1 minute'
    order by o.ends_at
    limit 5
    for update skip locked
  );
  return v_wait;
end
$$;

create function app.forget_tries(p_key_hash bytea) returns void
language sql volatile security definer set search_path = ''
as $$
  delete from app.tries t where t.key_hash = p_key_hash
$$;

revoke execute on function app.count_try(bytea, integer, integer) from public;
revoke execute on function app.forget_tries(bytea) from public;
grant execute on function app.count_try(bytea, integer, integer) to njordhr_api;
grant execute on function app.forget_tries(bytea) to njordhr_api;
