-- Counts of what is missing or doubtful in a submission's rows, and which submissions never became whole. Numbers only.

CREATE TABLE "ingest"."data_quality" (
    "agency" TEXT NOT NULL,
    "submission" UUID NOT NULL,
    "feed" TEXT NOT NULL,
    "measure" TEXT NOT NULL,
    "affected" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_quality_pkey" PRIMARY KEY ("agency","submission","measure")
);
CREATE INDEX "data_quality_agency_feed_first_at_idx" ON "ingest"."data_quality"("agency", "feed", "first_at");

-- When it was said that batches of a submission are missing.
ALTER TABLE "ingest"."submission" ADD COLUMN "incomplete_at" TIMESTAMPTZ(3);
CREATE INDEX submission_waiting ON ingest.submission (created_at) WHERE complete_at IS NULL;
-- The batches of one submission: asked with every batch, to see whether it is whole and whether this one came before.
CREATE INDEX batch_of_submission ON ingest.feed_batch (agency, submission) WHERE submission IS NOT NULL;
-- Only active versions are looked for by their reference, and record_one_active is an index of those: one index less to write for each row.
DROP INDEX "ingest"."record_agency_feed_ref_token_idx";
GRANT SELECT, INSERT, UPDATE ON ingest.data_quality TO mash_ingest;

CREATE VIEW portal.data_quality AS SELECT agency, feed, submission, measure, affected, total, first_at FROM ingest.data_quality;
/* How far a submission has come: `missing` are the numbers of batches not taken yet, at most a hundred of them. */
CREATE VIEW portal.submission AS
  SELECT s.agency, s.id, s.feed, s.mode, s.batches, s.created_at, s.complete_at, s.incomplete_at,
         (SELECT count(*)::int FROM ingest.feed_batch b WHERE b.agency = s.agency AND b.submission = s.id AND b.status <> 'rejected') AS taken,
         CASE WHEN s.complete_at IS NULL THEN ARRAY(
           SELECT n::int FROM generate_series(1, s.batches) AS n
           WHERE NOT EXISTS (SELECT 1 FROM ingest.feed_batch b WHERE b.agency = s.agency AND b.submission = s.id AND b.batch = n AND b.status <> 'rejected')
           ORDER BY n LIMIT 100) ELSE ARRAY[]::int[] END AS missing
  FROM ingest.submission s;
GRANT SELECT ON portal.data_quality, portal.submission TO mash_portal;
