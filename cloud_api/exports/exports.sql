-- name: make_export
-- The people are chosen under row-level security, in the order of the table: by rank, then by name.
-- Nobody or too many make no export; how many they are is told all the same.
with found as (
  select coalesce(array_agg(s.candidate_id order by s.rank_applied_for, lower(s.name), s.candidate_id), '{}') as ids
  from app.candidate_state s
  where s.verified_at is not null
    and case
      when %(candidate_ids)s::uuid[] is not null then s.candidate_id = any (%(candidate_ids)s::uuid[])
      else (%(rank)s::text = '' or s.rank_applied_for = %(rank)s::text)
        and s.status = any (%(statuses)s::text[])
        and (not %(call_backs)s::boolean or s.call_back_user_id = (select auth.uid()))
        and (%(country)s::text = '' or lower(s.country) = lower(%(country)s::text))
        and (%(q)s::text = '' or s.candidate_id in (select app.find_candidate_ids(%(q)s::text)))
    end
), named as (
  -- Which resume of each, and the most that may have to be written about them: every text as often as it may stand in
  -- a table, twice where it is to be quoted or marked. A letter outside of ASCII may grow when it is put together.
  select
    l.place, r.id as resume_id, r.resume_upload_status = 'uploaded' as is_stored,
    case when r.resume_upload_status = 'uploaded' then r.resume_stored_length end as file_length,
    octet_length(t.text) + length(t.text) - length(translate(t.text, E'";\t\r\n', '')) as text_bytes,
    least(121, 12 + octet_length(s.rank_applied_for)
        * case when octet_length(s.rank_applied_for) = length(s.rank_applied_for) then 1 else 3 end)
      + least(361, 7 + octet_length(r.filename)
        * case when octet_length(r.filename) = length(r.filename) then 1 else 3 end) as path_bytes
  from found
  cross join lateral unnest(found.ids) with ordinality as l (candidate_id, place)
  join app.candidate_state s on s.candidate_id = l.candidate_id
  left join app.resumes r on r.id = s.latest_resume_id
  left join lateral app.office_device(r.device_id) d on true
  cross join lateral (
    select concat(
      s.candidate_external_id, s.candidate_external_id, r.filename, r.filename, s.status, s.notes, s.rank_applied_for,
      s.rank_applied_for, s.search_ship_type, s.name, s.name, s.present_rank, s.email, s.country, s.mobile_no,
      d.device_name, d.device_name
    ) as text
  ) t
  where cardinality(found.ids) between 1 and %(most)s::integer
), searched as (
  select
    coalesce(sum(octet_length(t.text) + length(t.text) - length(translate(t.text, E'";\t\r\n', ''))), 0) as text_bytes
  from found
  join app.candidate_events v on v.candidate_id = any (found.ids)
  cross join lateral (select v.ai_search_prompt || v.ai_match_reason as text) t
  where v.event_type = 'initial_verification' and cardinality(found.ids) between 1 and %(most)s::integer
), measured as (
  select
    array_agg(n.resume_id order by n.place) as resume_ids, array_agg(n.file_length order by n.place) as file_lengths,
    sum(n.text_bytes) + (select s.text_bytes from searched s) as text_bytes,
    coalesce(sum(n.path_bytes) filter (where n.is_stored), 0) as path_bytes,
    coalesce(bool_or(n.is_stored and n.file_length is null), false) as is_without_a_length
  from named n
), made as (
  insert into app.exports (
    organisation_id, user_id, candidate_ids, resume_ids, file_lengths, text_bytes, path_bytes
  )
  select
    %(organisation_id)s::uuid, %(user_id)s::uuid, found.ids, m.resume_ids, m.file_lengths, m.text_bytes, m.path_bytes
  from found
  left join measured m on not m.is_without_a_length
  where cardinality(found.ids) between 1 and %(most)s::integer
  returning id, created_at
)
select made.id as export_id, cardinality(found.ids) as people, made.created_at
from found left join made on true

-- name: export
-- The export of the person who asks, while it may still be taken.
select
  e.id as export_id, cardinality(e.candidate_ids) as people, e.created_at, e.text_bytes, e.path_bytes,
  f.files, f.file_bytes
from app.exports e
cross join lateral (
  -- A file's place in the ZIP holds what is to be said when it is lost.
  select
    count(l.file_length) as files,
    coalesce(sum(greatest(l.file_length, %(missing_bytes)s::integer)) filter (where l.file_length is not null), 0)::bigint
      as file_bytes
  from unnest(e.file_lengths) as l (file_length)
) f
where e.id = %(export_id)s::uuid and e.user_id = (select auth.uid())
  and e.created_at > now() - %(lifetime)s::interval

-- name: people
-- A part of the list, with the newest event of each person that the old log knew, taken-back ones left out. Somebody
-- who was deleted meanwhile keeps the place and says nothing, so that the count stays what was promised.
select
  l.place, s.candidate_id is null as is_deleted, coalesce(s.candidate_external_id, '') as candidate_id,
  coalesce(r.filename, '') as filename,
  coalesce(event.created_at, s.touched_at, e.created_at) as date_added,
  coalesce(event.event_type, '') as event_type, coalesce(s.status, '') as status, coalesce(s.notes, '') as notes,
  coalesce(s.rank_applied_for, '') as rank_applied_for, coalesce(s.search_ship_type, '') as search_ship_type,
  coalesce(search.ai_search_prompt, '') as ai_search_prompt,
  coalesce(search.ai_match_reason, '') as ai_match_reason,
  coalesce(s.name, '') as name, coalesce(s.present_rank, '') as present_rank, coalesce(s.email, '') as email,
  coalesce(s.country, '') as country, coalesce(s.mobile_no, '') as mobile_no,
  r.id as resume_id, r.content_sha256, r.file_sha256,
  case when r.resume_upload_status = 'uploaded' then r.resume_checksum_sha256 end as stored_sha256,
  case when r.resume_upload_status = 'uploaded' then r.resume_storage_path end as storage_path,
  case when e.file_lengths is not null then coalesce(l.file_length, 0) end as promised_length,
  coalesce(d.device_name, '') as device_name, d.last_seen_at as device_last_seen_at
from app.exports e
cross join lateral unnest(
  e.candidate_ids[%(after)s::integer + 1 : %(after)s::integer + %(limit)s::integer],
  e.resume_ids[%(after)s::integer + 1 : %(after)s::integer + %(limit)s::integer],
  e.file_lengths[%(after)s::integer + 1 : %(after)s::integer + %(limit)s::integer]
) with ordinality as l (candidate_id, resume_id, file_length, place)
left join app.candidate_state s on s.candidate_id = l.candidate_id
left join app.resumes r
  on r.candidate_id = s.candidate_id
  and r.id = case when e.resume_ids is null then s.latest_resume_id else l.resume_id end
left join lateral app.office_device(r.device_id) d on true
left join lateral (
  select v.created_at, v.event_type
  from app.candidate_events v
  where v.organisation_id = s.organisation_id and v.candidate_id = s.candidate_id
    and v.event_type in ('initial_verification', 'resume_updated', 'status_change', 'note_added')
    and not exists (
      select from app.candidate_events u
      where u.organisation_id = v.organisation_id and u.undoes_event_id = v.id
    )
  order by v.position desc
  limit 1
) event on true
left join lateral (
  select v.ai_search_prompt, v.ai_match_reason
  from app.candidate_events v
  where v.organisation_id = s.organisation_id and v.candidate_id = s.candidate_id
    and v.event_type = 'initial_verification'
  order by v.position desc
  limit 1
) search on true
where e.id = %(export_id)s::uuid and e.user_id = (select auth.uid())
order by l.place

-- name: stored_resume
-- The cloud copy of the newest resume of somebody in the export.
select r.resume_storage_path as storage_path, r.resume_checksum_sha256 as stored_sha256, r.filename
from app.exports e
join app.candidate_state s on s.candidate_id = any (e.candidate_ids)
join app.resumes r on r.candidate_id = s.candidate_id
where e.id = %(export_id)s::uuid and e.user_id = (select auth.uid())
  and e.created_at > now() - %(lifetime)s::interval
  and r.id = %(resume_id)s::uuid and r.resume_upload_status = 'uploaded'
