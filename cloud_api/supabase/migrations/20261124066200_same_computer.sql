-- A computer that registers anew, for it has no keyring and forgot its token, takes its own place again instead of
-- standing in the list twice: when it is of the same person and office, and was not disconnected.
create function app.register_device(
  p_code_hash bytea, p_token_hash bytea, p_device_name text, p_platform text, p_agent_version text, p_device_id uuid
) returns table (
  device_id uuid, organisation_id uuid, organisation_name text, user_id uuid, user_email text
)
language plpgsql volatile security definer set search_path = ''
as $$
#variable_conflict use_column
declare
  v_organisation_id uuid;
  v_user_id uuid;
  v_device_id uuid;
begin
  update app.pairing_codes c
  set used_at = now()
  from app.memberships m
  where c.code_hash = p_code_hash
    and c.used_at is null
    and c.expires_at > now()
    and m.user_id = c.user_id
    and m.organisation_id = c.organisation_id
    and m.active
  returning c.organisation_id, c.user_id into v_organisation_id, v_user_id;
  if not found then
    return;
  end if;
  update app.devices d
  set token_hash = p_token_hash, device_name = p_device_name, platform = p_platform, agent_version = p_agent_version
  where d.id = p_device_id
    and d.organisation_id = v_organisation_id
    and d.user_id = v_user_id
    and d.status = 'active'
  returning d.id into v_device_id;
  if not found then
    insert into app.devices as d (organisation_id, user_id, device_name, platform, agent_version, token_hash)
    values (v_organisation_id, v_user_id, p_device_name, p_platform, p_agent_version, p_token_hash)
    returning d.id into v_device_id;
  end if;
  insert into app.audit_log (organisation_id, user_id, action, subject_type, subject_id)
  values (v_organisation_id, v_user_id, 'device.paired', 'device', v_device_id::text);
  return query
    select v_device_id, o.id, o.name, u.id, u.email
    from app.organisations o, app.users u
    where o.id = v_organisation_id and u.id = v_user_id;
end
$$;
revoke execute on function app.register_device(bytea, bytea, text, text, text, uuid) from public;
grant execute on function app.register_device(bytea, bytea, text, text, text, uuid) to njordhr_api;
