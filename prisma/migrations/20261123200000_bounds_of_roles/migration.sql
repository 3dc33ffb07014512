-- A service that is broken into stays in its role's bounds (test/security).

/* PostgreSQL looks for types in pg_temp first unless a path names it: a role could lay its own domain `text`, with a check of its own,
   under a function that runs as the owner. Named last, and no app may make temporary objects at all. */
ALTER FUNCTION audit.append(jsonb) SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION vault.store_keys(uuid, bytea, int, uuid[], bytea[]) SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION vault.request_opening(jsonb, text, text, text, jsonb, uuid[]) SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION vault.take_keys(uuid) SET search_path = pg_catalog, pg_temp;
-- These run as the owner too where one of the above calls them.
ALTER FUNCTION audit.rows_root(bytea[]) SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION audit.keep() SET search_path = pg_catalog, pg_temp;
ALTER FUNCTION audit.never() SET search_path = pg_catalog, pg_temp;
DO $$ BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;

/* portal writes history_answer: it must not thereby make any record visible, only what an agency sent as a history. */
CREATE OR REPLACE VIEW vault.visible_record AS
  SELECT r.id FROM ingest.record r
  WHERE r.state <> 'purged' AND (
    EXISTS (SELECT 1 FROM matching.subject s WHERE s.record_id = r.id)
    OR EXISTS (SELECT 1 FROM matching.match m WHERE m.record_id = r.id AND m.status <> 'rejected')
    OR (r.feed = 'agency-history' AND EXISTS (SELECT 1 FROM portal.history_answer h WHERE h.record_id = r.id)));

/* ingest erases records, at the end of their agreement's time; what people decided, and why, is not its to destroy. */
CREATE OR REPLACE FUNCTION vault.erase_objects(p_actor jsonb, p_reason text, p_ids uuid[]) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  gone uuid[];
BEGIN
  WITH erased AS (
    DELETE FROM vault.wrapped_key
    WHERE object_id = ANY (p_ids) AND (kind = 'record' OR session_user::text <> 'mash_ingest')
    RETURNING object_id)
  SELECT array_agg(object_id ORDER BY object_id) INTO gone FROM erased;
  IF gone IS NULL THEN
    RETURN 0;
  END IF;
  PERFORM audit.append(jsonb_build_object(
    'actor', p_actor, 'action', 'RecordErased', 'outcome', 'erased',
    'object', jsonb_build_object('type', 'records', 'id', p_reason),
    'detail', jsonb_build_object('objects', cardinality(gone)),
    'commit', jsonb_build_object('rows', encode(audit.rows_root(ARRAY(SELECT convert_to(i::text, 'UTF8') FROM unnest(gone) AS i)), 'hex'))));
  RETURN cardinality(gone);
END $$;
