-- Keys are registered by two people, feeds are agreed by two people, dead letters are worked off by an operator.

-- Keys ----------------------------------------------------------------------------------------------------------------

CREATE TABLE "portal"."key_proposal" (
    "id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "replaces" TEXT,
    "overlap_days" INTEGER,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "wrong_tries" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL DEFAULT 'open',
    "closed_by" TEXT,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_proposal_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "key_proposal_agency_idx" ON "portal"."key_proposal"("agency");

CREATE TABLE "portal"."key_warning" (
    "fingerprint" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "warned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_warning_pkey" PRIMARY KEY ("fingerprint","days")
);

ALTER TABLE portal.key_proposal
  ADD CONSTRAINT key_proposal_state CHECK (state IN ('open', 'registered', 'wrong_fingerprint', 'withdrawn', 'too_old')),
  ADD CONSTRAINT key_proposal_two_people CHECK (state <> 'registered' OR (closed_by IS NOT NULL AND closed_by <> proposed_by));
-- The same key waits once.
CREATE UNIQUE INDEX key_proposal_one_open ON portal.key_proposal (fingerprint) WHERE state = 'open';
GRANT SELECT, INSERT ON portal.key_proposal, portal.key_warning TO mash_portal;
GRANT UPDATE (wrong_tries, state, closed_by, closed_at) ON portal.key_proposal TO mash_portal;

/* Whoever takes over the portal still cannot enter a key alone, nor give a key more time, nor take a revocation back. */
CREATE FUNCTION portal.keep_keys() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user::text <> 'mash_portal' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NOT EXISTS (
      SELECT 1 FROM portal.key_proposal p
      WHERE p.fingerprint = NEW.fingerprint AND p.agency = NEW.agency AND p.public_key = NEW.public_key AND p.state = 'registered'
        AND NEW.registered_by = ARRAY[p.proposed_by, p.closed_by]) OR NEW.revoked_at IS NOT NULL THEN
      RAISE EXCEPTION 'key_needs_two_people';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.fingerprint, NEW.agency, NEW.public_key, NEW.valid_from, NEW.registered_by)
       IS DISTINCT FROM (OLD.fingerprint, OLD.agency, OLD.public_key, OLD.valid_from, OLD.registered_by)
     OR (OLD.revoked_at IS NOT NULL AND NEW.revoked_at IS DISTINCT FROM OLD.revoked_at)
     OR coalesce(NEW.valid_to, 'infinity') > coalesce(OLD.valid_to, 'infinity') THEN
    RAISE EXCEPTION 'key_is_kept';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER agency_key_keep BEFORE INSERT OR UPDATE ON portal.agency_key FOR EACH ROW EXECUTE FUNCTION portal.keep_keys();

-- Agreements for feeds --------------------------------------------------------------------------------------------------

ALTER TABLE "portal"."feed_permission" DROP CONSTRAINT "feed_permission_pkey",
ADD COLUMN     "id" UUID NOT NULL DEFAULT gen_random_uuid(),
ADD COLUMN     "fields" TEXT[],
ADD COLUMN     "review_by" TIMESTAMPTZ(3),
ADD COLUMN     "state" TEXT NOT NULL DEFAULT 'approved',
ADD COLUMN     "entered_by" TEXT NOT NULL DEFAULT 'set-up',
ADD COLUMN     "entered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "decided_by" TEXT,
ADD COLUMN     "decided_at" TIMESTAMPTZ(3),
ADD COLUMN     "ended_by" TEXT,
ADD CONSTRAINT "feed_permission_pkey" PRIMARY KEY ("id");
CREATE INDEX "feed_permission_agency_feed_idx" ON "portal"."feed_permission"("agency", "feed");

-- NULL: every field of the feed. Set-up enters its rows again at every start: the same start is the same agreement.
ALTER TABLE portal.feed_permission ALTER COLUMN fields DROP DEFAULT;
CREATE UNIQUE INDEX feed_permission_set_up ON portal.feed_permission (agency, feed, valid_from) WHERE entered_by = 'set-up';
ALTER TABLE portal.feed_permission
  ADD CONSTRAINT feed_permission_state CHECK (state IN ('proposed', 'approved', 'refused', 'withdrawn')),
  ADD CONSTRAINT feed_permission_span CHECK (valid_to IS NULL OR valid_to >= valid_from),
  ADD CONSTRAINT feed_permission_retention CHECK (retention_days BETWEEN 1 AND 3660);

/* The portal enters proposals; a second person approves; what was agreed is not changed afterwards, only ended. */
CREATE FUNCTION portal.keep_feed_agreements() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF session_user::text <> 'mash_portal' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'proposed' OR NEW.entered_by = 'set-up' THEN
      RAISE EXCEPTION 'agreement_needs_two_people';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.agency, NEW.feed, NEW.fields, NEW.retention_days, NEW.review_by, NEW.entered_by, NEW.entered_at)
       IS DISTINCT FROM (OLD.id, OLD.agency, OLD.feed, OLD.fields, OLD.retention_days, OLD.review_by, OLD.entered_by, OLD.entered_at)
     OR (OLD.state <> 'proposed' AND (NEW.state, NEW.valid_from, NEW.decided_by) IS DISTINCT FROM (OLD.state, OLD.valid_from, OLD.decided_by))
     OR coalesce(NEW.valid_to, 'infinity') > coalesce(OLD.valid_to, 'infinity') THEN
    RAISE EXCEPTION 'agreement_is_kept';
  END IF;
  IF NEW.state = 'approved' AND OLD.state = 'proposed' AND (NEW.decided_by IS NULL OR NEW.decided_by = NEW.entered_by) THEN
    RAISE EXCEPTION 'agreement_needs_two_people';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER feed_permission_keep BEFORE INSERT OR UPDATE ON portal.feed_permission
  FOR EACH ROW EXECUTE FUNCTION portal.keep_feed_agreements();

CREATE OR REPLACE VIEW ingest.permitted_feed AS
  SELECT agency, feed, retention_days, valid_from, valid_to, fields FROM portal.feed_permission WHERE state = 'approved';

-- Dead letters ----------------------------------------------------------------------------------------------------------

-- A topic made anew begins its offsets again: the digest tells its messages from the earlier ones.
ALTER TABLE "disclosure"."dead_letter" ADD COLUMN "digest" BYTEA NOT NULL DEFAULT '\x',
ADD COLUMN     "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "size" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "ingest"."dead_letter" ADD COLUMN "digest" BYTEA NOT NULL DEFAULT '\x',
ADD COLUMN     "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "size" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "matching"."dead_letter" ADD COLUMN "digest" BYTEA NOT NULL DEFAULT '\x',
ADD COLUMN     "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "size" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "portal"."dead_letter" ADD COLUMN "digest" BYTEA NOT NULL DEFAULT '\x',
ADD COLUMN     "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "claimed_at" TIMESTAMPTZ(3),
ADD COLUMN     "size" INTEGER NOT NULL DEFAULT 0;
DROP INDEX "disclosure"."dead_letter_topic_partition_offset_key";
DROP INDEX "ingest"."dead_letter_topic_partition_offset_key";
DROP INDEX "matching"."dead_letter_topic_partition_offset_key";
DROP INDEX "portal"."dead_letter_topic_partition_offset_key";
DO $$
DECLARE
  app text;
BEGIN
  FOREACH app IN ARRAY ARRAY['ingest', 'matching', 'portal', 'disclosure'] LOOP
    EXECUTE format('UPDATE %I.dead_letter SET digest = sha256(value), size = length(value), first_at = created_at, last_at = created_at', app);
    EXECUTE format($c$ALTER TABLE %I.dead_letter ADD CONSTRAINT dead_letter_state CHECK (state IN ('dead', 'retrying', 'handled', 'dropped'))$c$, app);
    -- Worked off, a letter stays as a line of history without its bytes; only its owner's housekeeping may remove it.
    EXECUTE format('REVOKE DELETE ON %I.dead_letter FROM %I', app, 'mash_' || app);
  END LOOP;
END $$;
CREATE UNIQUE INDEX "dead_letter_topic_partition_offset_digest_key" ON "disclosure"."dead_letter"("topic", "partition", "offset", "digest");
CREATE UNIQUE INDEX "dead_letter_topic_partition_offset_digest_key" ON "ingest"."dead_letter"("topic", "partition", "offset", "digest");
CREATE UNIQUE INDEX "dead_letter_topic_partition_offset_digest_key" ON "matching"."dead_letter"("topic", "partition", "offset", "digest");
CREATE UNIQUE INDEX "dead_letter_topic_partition_offset_digest_key" ON "portal"."dead_letter"("topic", "partition", "offset", "digest");

-- What the administrator's page may know of every service's: counts and times, no message.
CREATE VIEW portal.dead_letter_count AS
  SELECT service, topic, reason, count(*)::int AS count, sum(attempts)::int AS attempts, min(first_at) AS first_at, max(last_at) AS last_at
  FROM (
    SELECT 'ingest' AS service, topic, reason, state, attempts, first_at, last_at FROM ingest.dead_letter
    UNION ALL SELECT 'matching', topic, reason, state, attempts, first_at, last_at FROM matching.dead_letter
    UNION ALL SELECT 'portal', topic, reason, state, attempts, first_at, last_at FROM portal.dead_letter
    UNION ALL SELECT 'disclosure', topic, reason, state, attempts, first_at, last_at FROM disclosure.dead_letter
  ) AS every_one WHERE state IN ('dead', 'retrying') GROUP BY service, topic, reason;
GRANT SELECT ON portal.dead_letter_count TO mash_portal;
