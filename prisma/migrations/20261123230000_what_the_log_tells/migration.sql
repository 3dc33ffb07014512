-- What the log tells whoever may read it, and who may write what into it.

/* How many sealed records matching opened for a subject would tell whether there are any like it: the digest proves it later all the same. */
CREATE OR REPLACE FUNCTION vault.request_opening(p_actor jsonb, p_action text, p_purpose text, p_case text, p_object jsonb, p_ids uuid[])
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ids uuid[] := ARRAY(SELECT DISTINCT i FROM unnest(p_ids) AS i ORDER BY i);
  ticket uuid;
BEGIN
  IF coalesce(p_purpose, '') = '' THEN
    RAISE EXCEPTION 'purpose_required' USING HINT = 'Say for what purpose the records are opened.';
  END IF;
  IF session_user::text IN ('mash_portal', 'mash_disclosure') THEN
    IF EXISTS (
      SELECT 1 FROM unnest(ids) AS i
      LEFT JOIN vault.wrapped_key k ON k.object_id = i
      WHERE k.object_id IS NULL OR (k.kind = 'record' AND NOT EXISTS (SELECT 1 FROM vault.visible_record v WHERE v.id = i))
    ) THEN
      RAISE EXCEPTION 'record_sealed' USING HINT = 'A record that matches no subject cannot be opened.';
    END IF;
  ELSIF session_user::text <> 'mash_matching' THEN
    RAISE EXCEPTION 'vault_refused' USING HINT = 'This role does not open.';
  END IF;
  PERFORM audit.append(jsonb_strip_nulls(jsonb_build_object(
    'actor', p_actor, 'action', p_action, 'purpose', p_purpose, 'case', p_case, 'outcome', 'opened',
    'object', p_object,
    'detail', CASE WHEN p_purpose = 'matching' THEN '{}'::jsonb ELSE jsonb_build_object('objects', cardinality(ids)) END,
    'commit', jsonb_build_object('rows', encode(audit.rows_root(ARRAY(SELECT convert_to(i::text, 'UTF8') FROM unnest(ids) AS i)), 'hex')))));
  INSERT INTO vault.opening (role, objects, xid) VALUES (session_user::text, ids, pg_current_xact_id()::text::numeric) RETURNING id INTO ticket;
  RETURN ticket;
END $$;

/* An entry that no reader could make sense of is refused, and with it the act. */
CREATE OR REPLACE FUNCTION audit.append(p_entry jsonb) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  entry jsonb := p_entry;
  made uuid;
BEGIN
  IF entry -> 'actor' ->> 'id' IS NULL OR entry ->> 'action' IS NULL OR entry -> 'object' ->> 'id' IS NULL OR entry ->> 'outcome' IS NULL THEN
    RAISE EXCEPTION 'audit_entry_incomplete' USING HINT = 'An entry needs actor, action, object and outcome.';
  END IF;
  IF jsonb_typeof(entry -> 'actor' -> 'type') IS DISTINCT FROM 'string' OR jsonb_typeof(entry -> 'actor' -> 'id') IS DISTINCT FROM 'string'
     OR jsonb_typeof(entry -> 'object' -> 'type') IS DISTINCT FROM 'string' OR jsonb_typeof(entry -> 'object' -> 'id') IS DISTINCT FROM 'string'
     OR jsonb_typeof(entry -> 'action') IS DISTINCT FROM 'string' OR jsonb_typeof(entry -> 'outcome') IS DISTINCT FROM 'string' THEN
    RAISE EXCEPTION 'audit_entry_malformed' USING HINT = 'Actor and object are {type, id} of text; action and outcome are text.';
  END IF;
  entry := entry || jsonb_build_object(
    'v', 1,
    'at', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'detail', coalesce(entry -> 'detail', '{}'::jsonb) || jsonb_build_object('service', replace(session_user::text, 'mash_', ''))
  );
  INSERT INTO audit.entry (entry) VALUES (entry) RETURNING id INTO made;
  PERFORM pg_notify('audit_appended', '');
  RETURN made;
END $$;

/* Large objects are a place to put things that no schema and no role bounds. */
REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea), lo_import(text), lo_import(text, oid) FROM PUBLIC;
