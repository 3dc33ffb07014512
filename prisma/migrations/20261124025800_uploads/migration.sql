-- Batches an agency's user has sent from a browser: sealed there, handed on unopened. What is kept is who, when, and the digest by which
-- the receipt is found; the batch itself is only in the outbox until Kafka has it.

CREATE TABLE "portal"."upload" (
    "id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "feed" TEXT NOT NULL,
    "submission" UUID NOT NULL,
    "batch" INTEGER NOT NULL,
    "batches" INTEGER NOT NULL,
    "digest" BYTEA NOT NULL,
    "size" INTEGER NOT NULL,
    "sent_by" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "upload_agency_submission_batch_key" ON "portal"."upload"("agency", "submission", "batch");
ALTER TABLE portal.upload ADD CONSTRAINT upload_batch CHECK (batch BETWEEN 1 AND batches);
-- What was sent is not changed afterwards.
GRANT SELECT, INSERT ON portal.upload TO mash_portal;

-- A batch whose manifest could not be trusted has no submission: it is found by the bytes it came in.
CREATE VIEW portal.batch_digest AS SELECT id, agency, digest FROM ingest.feed_batch;
GRANT SELECT ON portal.batch_digest TO mash_portal;
