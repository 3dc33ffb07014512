-- Every message is first looked up by its bytes, to answer a replay with the first receipt.
CREATE INDEX "feed_batch_agency_digest_idx" ON "ingest"."feed_batch"("agency", "digest");
