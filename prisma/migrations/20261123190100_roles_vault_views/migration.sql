-- Roles, the vault, the audit's append and the views by which one app reads what another owns.
-- Every app logs in as its own role and may write only its own schema.
-- Every function names pg_temp, last: PostgreSQL looks for types there first unless a path names it, and a role could lay a type of its own
-- under a function that runs as the owner (docs/adr/0010). No app may make temporary or large objects at all.

DO $$
DECLARE
  app text;
BEGIN
  FOREACH app IN ARRAY ARRAY['ingest', 'matching', 'portal', 'disclosure', 'audit'] LOOP
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'mash_' || app) THEN
      EXECUTE format('CREATE ROLE %I NOLOGIN', 'mash_' || app);
    END IF;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', app, 'mash_' || app);
  END LOOP;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ BEGIN
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
REVOKE EXECUTE ON FUNCTION lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea), lo_import(text), lo_import(text, oid) FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA ingest TO mash_ingest;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA matching TO mash_matching;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA portal TO mash_portal;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA disclosure TO mash_disclosure;
GRANT DELETE ON ingest.outbox, ingest.inbox, ingest.dead_letter TO mash_ingest;
GRANT DELETE ON matching.outbox, matching.inbox, matching.dead_letter TO mash_matching;
GRANT DELETE ON portal.outbox, portal.inbox, portal.dead_letter, portal.session TO mash_portal;
GRANT DELETE ON disclosure.outbox, disclosure.inbox, disclosure.dead_letter TO mash_disclosure;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA ingest TO mash_ingest;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA matching TO mash_matching;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA portal TO mash_portal;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA disclosure TO mash_disclosure;

-- One active version of an agency's row.
CREATE UNIQUE INDEX record_one_active ON ingest.record (agency, feed, ref_token) WHERE state = 'active';
-- The outbox relay looks only at what has not been sent; the sequencer only at what is not sealed.
CREATE INDEX outbox_unsent ON ingest.outbox (id) WHERE sent_at IS NULL;
CREATE INDEX outbox_unsent ON matching.outbox (id) WHERE sent_at IS NULL;
CREATE INDEX outbox_unsent ON portal.outbox (id) WHERE sent_at IS NULL;
CREATE INDEX outbox_unsent ON disclosure.outbox (id) WHERE sent_at IS NULL;
CREATE INDEX entry_unsealed ON audit.entry (appended_at) WHERE leaf_index IS NULL;
CREATE INDEX batch_unreceipted ON ingest.feed_batch (received_at) WHERE receipted_at IS NULL;

-- Audit ---------------------------------------------------------------------------------------------------------------

/* Merkle root over rows, the log's own hashing (RFC 9162 section 2.1): pairing level by level, an odd node moves up. */
CREATE FUNCTION audit.rows_root(p_leaves bytea[]) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  level bytea[];
BEGIN
  IF coalesce(cardinality(p_leaves), 0) = 0 THEN
    RETURN sha256(''::bytea);
  END IF;
  SELECT array_agg(sha256('\x00'::bytea || l) ORDER BY o) INTO level FROM unnest(p_leaves) WITH ORDINALITY AS t(l, o);
  WHILE cardinality(level) > 1 LOOP
    SELECT array_agg(CASE WHEN b IS NULL THEN a ELSE sha256('\x01'::bytea || a || b) END ORDER BY k) INTO level
    FROM (
      SELECT (o - 1) / 2 AS k,
             (array_agg(h) FILTER (WHERE o % 2 = 1))[1] AS a,
             (array_agg(h) FILTER (WHERE o % 2 = 0))[1] AS b
      FROM unnest(level) WITH ORDINALITY AS t(h, o)
      GROUP BY (o - 1) / 2
    ) AS pairs;
  END LOOP;
  RETURN level[1];
END $$;

/* Appends one entry in the caller's transaction: if this fails, so does the act. The time and the service are the database's word. */
CREATE FUNCTION audit.append(p_entry jsonb) RETURNS uuid
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

/* What is written stays: an entry changes once, from unsealed to sealed. */
CREATE FUNCTION audit.keep() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.leaf_index IS NOT NULL OR NEW.entry IS DISTINCT FROM OLD.entry OR NEW.id <> OLD.id THEN
    RAISE EXCEPTION 'audit_is_append_only';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER entry_keep BEFORE UPDATE OR DELETE ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.keep();
CREATE FUNCTION audit.never() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'audit_is_append_only';
END $$;
CREATE TRIGGER checkpoint_keep BEFORE UPDATE OR DELETE ON audit.checkpoint FOR EACH ROW EXECUTE FUNCTION audit.never();
CREATE TRIGGER entry_no_truncate BEFORE TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.never();
CREATE TRIGGER checkpoint_no_truncate BEFORE TRUNCATE ON audit.checkpoint FOR EACH STATEMENT EXECUTE FUNCTION audit.never();

GRANT SELECT, INSERT ON audit.entry, audit.checkpoint, audit.tree_edge TO mash_audit;
GRANT UPDATE (leaf_index, leaf) ON audit.entry TO mash_audit;
GRANT UPDATE ON audit.tree_edge TO mash_audit;
REVOKE ALL ON FUNCTION audit.append(jsonb) FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO mash_ingest, mash_matching, mash_portal, mash_disclosure;
GRANT EXECUTE ON FUNCTION audit.append(jsonb) TO mash_ingest, mash_matching, mash_portal, mash_disclosure, mash_audit;

-- Views: what one app may see of another's ------------------------------------------------------------------------------

CREATE VIEW ingest.registered_key AS SELECT fingerprint, agency, public_key, valid_from, valid_to, revoked_at FROM portal.agency_key;
CREATE VIEW ingest.permitted_feed AS SELECT agency, feed, retention_days, valid_from, valid_to FROM portal.feed_permission;
CREATE VIEW ingest.sealed_entry AS SELECT id, leaf_index FROM audit.entry WHERE leaf_index IS NOT NULL;
GRANT SELECT ON ingest.registered_key, ingest.permitted_feed, ingest.sealed_entry TO mash_ingest;

CREATE VIEW matching.record AS
  SELECT id, agency, feed, batch_id, body, blind_keys, state, received_at, previous_id FROM ingest.record;
GRANT SELECT ON matching.record TO mash_matching;

/* Records a person may be shown: those with a subject, with a match that was not rejected, or that answer a review's request.
   portal writes history_answer: it must not thereby make any record visible, only what an agency sent as a history. */
CREATE VIEW vault.visible_record AS
  SELECT r.id FROM ingest.record r
  WHERE r.state <> 'purged' AND (
    EXISTS (SELECT 1 FROM matching.subject s WHERE s.record_id = r.id)
    OR EXISTS (SELECT 1 FROM matching.match m WHERE m.record_id = r.id AND m.status <> 'rejected')
    OR (r.feed = 'agency-history' AND EXISTS (SELECT 1 FROM portal.history_answer h WHERE h.record_id = r.id)));

CREATE VIEW portal.subject AS SELECT * FROM matching.subject;
CREATE VIEW portal.match AS SELECT * FROM matching.match;
CREATE VIEW portal.visible_record AS
  SELECT r.id, r.agency, r.feed, r.body, r.state, r.received_at, r.previous_id, r.ended_at
  FROM ingest.record r JOIN vault.visible_record v ON v.id = r.id;
CREATE VIEW portal.batch AS
  SELECT id, agency, submission, batch, feed, status, reason, accepted, quarantined, received_at, receipted_at FROM ingest.feed_batch;
CREATE VIEW portal.quarantine AS SELECT batch_id, "row", errors FROM ingest.quarantine;
CREATE VIEW portal.pack AS
  SELECT id, purpose, meeting_id, review_id, recipient, state, policy, audit_id, released, withheld, failure, requested_by,
         requested_at, sent_at, acknowledged_at FROM disclosure.pack;
CREATE VIEW portal.item_decision AS SELECT * FROM disclosure.item_decision;
-- Whether a history request got out, so that one that did not can be sent again.
CREATE VIEW portal.history_delivery AS SELECT request_id, agency, sent_at FROM disclosure.history_delivery;
CREATE VIEW portal.audit_entry AS SELECT id, leaf_index, entry, appended_at FROM audit.entry;
CREATE VIEW portal.audit_checkpoint AS SELECT size, root, note, signed_at FROM audit.checkpoint;
GRANT SELECT ON portal.subject, portal.match, portal.visible_record, portal.batch, portal.quarantine, portal.pack,
  portal.item_decision, portal.history_delivery, portal.audit_entry, portal.audit_checkpoint TO mash_portal;

CREATE VIEW disclosure.agency AS SELECT * FROM portal.agency;
CREATE VIEW disclosure.agency_key AS SELECT * FROM portal.agency_key;
CREATE VIEW disclosure.agreement AS SELECT * FROM portal.agreement;
CREATE VIEW disclosure."case" AS SELECT * FROM portal."case";
CREATE VIEW disclosure.case_person AS SELECT * FROM portal.case_person;
CREATE VIEW disclosure.consent AS SELECT * FROM portal.consent;
CREATE VIEW disclosure.without_consent AS SELECT * FROM portal.without_consent;
CREATE VIEW disclosure.conflict_of_interest AS SELECT * FROM portal.conflict_of_interest;
CREATE VIEW disclosure.meeting AS SELECT * FROM portal.meeting;
CREATE VIEW disclosure.meeting_case AS SELECT * FROM portal.meeting_case;
CREATE VIEW disclosure.meeting_attendee AS SELECT * FROM portal.meeting_attendee;
CREATE VIEW disclosure.review AS SELECT * FROM portal.review;
CREATE VIEW disclosure.review_person AS SELECT * FROM portal.review_person;
CREATE VIEW disclosure.review_member AS SELECT * FROM portal.review_member;
CREATE VIEW disclosure.history_request AS SELECT * FROM portal.history_request;
CREATE VIEW disclosure.history_answer AS SELECT * FROM portal.history_answer;
CREATE VIEW disclosure.sealed_text AS SELECT id, kind, body FROM portal.sealed_text;
CREATE VIEW disclosure.subject AS SELECT * FROM matching.subject;
CREATE VIEW disclosure.link AS SELECT * FROM matching.match WHERE status = 'linked';
CREATE VIEW disclosure.visible_record AS SELECT * FROM portal.visible_record;
CREATE VIEW disclosure.sealed_entry AS SELECT id, leaf_index FROM audit.entry WHERE leaf_index IS NOT NULL;
GRANT SELECT ON disclosure.agency, disclosure.agency_key, disclosure.agreement, disclosure."case", disclosure.case_person,
  disclosure.consent, disclosure.without_consent, disclosure.conflict_of_interest, disclosure.meeting, disclosure.meeting_case,
  disclosure.meeting_attendee, disclosure.review, disclosure.review_person, disclosure.review_member, disclosure.history_request,
  disclosure.history_answer, disclosure.sealed_text, disclosure.subject, disclosure.link, disclosure.visible_record,
  disclosure.sealed_entry TO mash_disclosure;

-- The vault ---------------------------------------------------------------------------------------------------------------

/* Keeps the wrapped keys of what the caller has just sealed. ingest seals records, portal seals texts; nobody else seals. */
CREATE FUNCTION vault.store_keys(p_batch uuid, p_ephemeral bytea, p_version int, p_ids uuid[], p_wrapped bytea[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  kind text := CASE session_user::text WHEN 'mash_ingest' THEN 'record' WHEN 'mash_portal' THEN 'text' END;
BEGIN
  IF kind IS NULL THEN
    RAISE EXCEPTION 'vault_refused' USING HINT = 'This role does not seal.';
  END IF;
  IF cardinality(p_ids) IS DISTINCT FROM cardinality(p_wrapped) THEN
    RAISE EXCEPTION 'vault_keys_incomplete';
  END IF;
  INSERT INTO vault.sealed_batch (id, ephemeral_public, key_version) VALUES (p_batch, p_ephemeral, p_version);
  INSERT INTO vault.wrapped_key (object_id, batch_id, kind, wrapped)
    SELECT i, p_batch, kind, w FROM unnest(p_ids, p_wrapped) AS t(i, w);
END $$;

/* The only way to a wrapped key has two steps, so that no rollback can take the log entry away after the key was read: request_opening()
   writes the audit entry and a ticket; take_keys() hands out the keys of a ticket whose transaction has already committed, once.
   p_actor {"type","id"}; p_object what was looked at {"type","id"}; bulk work is one call, one entry.
   matching may open any record; portal and disclosure only what a person may be shown. */
CREATE FUNCTION vault.request_opening(p_actor jsonb, p_action text, p_purpose text, p_case text, p_object jsonb, p_ids uuid[])
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
    -- How many sealed records matching opened for a subject would tell whether there are any like it (docs/adr/0009).
    'detail', CASE WHEN p_purpose = 'matching' THEN '{}'::jsonb ELSE jsonb_build_object('objects', cardinality(ids)) END,
    'commit', jsonb_build_object('rows', encode(audit.rows_root(ARRAY(SELECT convert_to(i::text, 'UTF8') FROM unnest(ids) AS i)), 'hex')))));
  INSERT INTO vault.opening (role, objects, xid) VALUES (session_user::text, ids, pg_current_xact_id()::text::numeric) RETURNING id INTO ticket;
  RETURN ticket;
END $$;

CREATE FUNCTION vault.take_keys(p_ticket uuid)
RETURNS TABLE (object_id uuid, wrapped bytea, ephemeral_public bytea, key_version int)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
  ids uuid[];
BEGIN
  DELETE FROM vault.opening
    WHERE id = p_ticket AND role = session_user::text AND xid <> pg_current_xact_id()::text::numeric
    RETURNING objects INTO ids;
  IF ids IS NULL THEN
    RAISE EXCEPTION 'opening_not_logged' USING HINT = 'Request the opening first, in a transaction of its own.';
  END IF;
  RETURN QUERY
    SELECT k.object_id, k.wrapped, b.ephemeral_public, b.key_version
    FROM vault.wrapped_key k JOIN vault.sealed_batch b ON b.id = k.batch_id
    WHERE k.object_id = ANY (ids);
END $$;

/* Erasure: the wrapped keys are destroyed, what they opened can never be read again, every audit proof still verifies. */
-- ingest erases records, at the end of their agreement's time; what people decided, and why, is not its to destroy.
CREATE FUNCTION vault.erase_objects(p_actor jsonb, p_reason text, p_ids uuid[]) RETURNS int
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

GRANT USAGE ON SCHEMA vault TO mash_ingest, mash_matching, mash_portal, mash_disclosure;
REVOKE ALL ON FUNCTION vault.store_keys(uuid, bytea, int, uuid[], bytea[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION vault.request_opening(jsonb, text, text, text, jsonb, uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION vault.take_keys(uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION vault.erase_objects(jsonb, text, uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.store_keys(uuid, bytea, int, uuid[], bytea[]) TO mash_ingest, mash_portal;
GRANT EXECUTE ON FUNCTION vault.request_opening(jsonb, text, text, text, jsonb, uuid[]), vault.take_keys(uuid) TO mash_matching, mash_portal, mash_disclosure;
GRANT EXECUTE ON FUNCTION vault.erase_objects(jsonb, text, uuid[]) TO mash_ingest;
