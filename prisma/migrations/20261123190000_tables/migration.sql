-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "audit";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "disclosure";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "ingest";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "matching";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "portal";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "vault";

-- CreateTable
CREATE TABLE "audit"."entry" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "entry" JSONB NOT NULL,
    "appended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "leaf_index" BIGINT,
    "leaf" BYTEA,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit"."checkpoint" (
    "size" BIGINT NOT NULL,
    "root" BYTEA NOT NULL,
    "note" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "audit"."tree_edge" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "size" BIGINT NOT NULL,
    "edge" BYTEA[],

    CONSTRAINT "tree_edge_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disclosure"."pack" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "meeting_id" UUID,
    "review_id" UUID,
    "recipient" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "policy" TEXT NOT NULL,
    "audit_id" UUID,
    "released" INTEGER NOT NULL DEFAULT 0,
    "withheld" INTEGER NOT NULL DEFAULT 0,
    "failure" TEXT,
    "message" BYTEA,
    "message_digest" BYTEA,
    "recipient_key" TEXT,
    "requested_by" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),
    "acknowledged_at" TIMESTAMPTZ(3),

    CONSTRAINT "pack_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disclosure"."item_decision" (
    "pack_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "case_id" UUID,
    "subject_id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "rule" INTEGER NOT NULL,
    "basis" TEXT,
    "consent_id" UUID,
    "match_id" UUID,

    CONSTRAINT "item_decision_pkey" PRIMARY KEY ("pack_id","seq")
);

-- CreateTable
CREATE TABLE "disclosure"."history_delivery" (
    "request_id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "audit_id" UUID,
    "recipient_key" TEXT,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "history_delivery_pkey" PRIMARY KEY ("request_id")
);

-- CreateTable
CREATE TABLE "disclosure"."outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "disclosure"."inbox" (
    "consumer" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","message")
);

-- CreateTable
CREATE TABLE "disclosure"."dead_letter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "key" TEXT,
    "value" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'dead',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest"."submission" (
    "agency" TEXT NOT NULL,
    "id" UUID NOT NULL,
    "feed" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "sequence" BIGINT NOT NULL,
    "batches" INTEGER NOT NULL,
    "signer" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "complete_at" TIMESTAMPTZ(3),

    CONSTRAINT "submission_pkey" PRIMARY KEY ("agency","id")
);

-- CreateTable
CREATE TABLE "ingest"."feed_batch" (
    "id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "signer" TEXT,
    "submission" UUID,
    "batch" INTEGER,
    "feed" TEXT,
    "digest" BYTEA NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "accepted" INTEGER NOT NULL DEFAULT 0,
    "quarantined" INTEGER NOT NULL DEFAULT 0,
    "audit_id" UUID NOT NULL,
    "draft" BYTEA,
    "receipt" BYTEA,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "receipted_at" TIMESTAMPTZ(3),

    CONSTRAINT "feed_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest"."record" (
    "id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "feed" TEXT NOT NULL,
    "batch_id" UUID NOT NULL,
    "submission" UUID NOT NULL,
    "ref_token" BYTEA NOT NULL,
    "content_token" BYTEA NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'active',
    "body" BYTEA NOT NULL,
    "blind_keys" BIGINT[],
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "keep_until" TIMESTAMPTZ(3) NOT NULL,
    "previous_id" UUID,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest"."quarantine" (
    "batch_id" UUID NOT NULL,
    "row" INTEGER NOT NULL,
    "errors" JSONB NOT NULL,

    CONSTRAINT "quarantine_pkey" PRIMARY KEY ("batch_id","row")
);

-- CreateTable
CREATE TABLE "ingest"."outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ingest"."inbox" (
    "consumer" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","message")
);

-- CreateTable
CREATE TABLE "ingest"."dead_letter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "key" TEXT,
    "value" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'dead',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matching"."subject" (
    "id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "agency" TEXT NOT NULL,
    "feed" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "merged_into" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "subject_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matching"."match" (
    "id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "part" TEXT NOT NULL,
    "agency" TEXT NOT NULL,
    "feed" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "other_id" UUID,
    "weight" DOUBLE PRECISION NOT NULL,
    "probability" DOUBLE PRECISION NOT NULL,
    "status" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "match_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matching"."outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "matching"."inbox" (
    "consumer" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","message")
);

-- CreateTable
CREATE TABLE "matching"."dead_letter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "key" TEXT,
    "value" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'dead',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."agency" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "authority" BOOLEAN NOT NULL,
    "safeguarding_partner" BOOLEAN NOT NULL,

    CONSTRAINT "agency_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."agency_key" (
    "fingerprint" TEXT NOT NULL,
    "agency" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "valid_to" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "registered_by" TEXT[],

    CONSTRAINT "agency_key_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateTable
CREATE TABLE "portal"."feed_permission" (
    "agency" TEXT NOT NULL,
    "feed" TEXT NOT NULL,
    "retention_days" INTEGER NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),

    CONSTRAINT "feed_permission_pkey" PRIMARY KEY ("agency","feed")
);

-- CreateTable
CREATE TABLE "portal"."agreement" (
    "id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "purposes" TEXT[],
    "categories" TEXT[],
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3),
    "approved_by" TEXT[],

    CONSTRAINT "agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."session" (
    "id" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."sealed_text" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "body" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sealed_text_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."decision" (
    "id" UUID NOT NULL,
    "match_id" UUID NOT NULL,
    "stage" INTEGER NOT NULL,
    "reviewer" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason_id" UUID NOT NULL,
    "undone_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."case" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "record_id" UUID NOT NULL,
    "referrer" TEXT NOT NULL,
    "criteria" JSONB NOT NULL,
    "caldicott" BOOLEAN NOT NULL DEFAULT false,
    "justification" UUID,
    "referred_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."case_person" (
    "case_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "deceased" BOOLEAN NOT NULL DEFAULT false,
    "adult_at_risk" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "case_person_pkey" PRIMARY KEY ("case_id","subject_id")
);

-- CreateTable
CREATE TABLE "portal"."consent" (
    "id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "purposes" TEXT[],
    "recipients" TEXT[],
    "categories" TEXT[],
    "recorded_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."without_consent" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "text_id" UUID NOT NULL,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "without_consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."conflict_of_interest" (
    "agency" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "conflict_of_interest_pkey" PRIMARY KEY ("agency","subject_id","kind")
);

-- CreateTable
CREATE TABLE "portal"."meeting" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "held_at" TIMESTAMPTZ(3) NOT NULL,
    "area" TEXT NOT NULL,
    "packs_requested_at" TIMESTAMPTZ(3),

    CONSTRAINT "meeting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."meeting_case" (
    "meeting_id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "meeting_case_pkey" PRIMARY KEY ("meeting_id","case_id")
);

-- CreateTable
CREATE TABLE "portal"."meeting_attendee" (
    "meeting_id" UUID NOT NULL,
    "agency" TEXT NOT NULL,

    CONSTRAINT "meeting_attendee_pkey" PRIMARY KEY ("meeting_id","agency")
);

-- CreateTable
CREATE TABLE "portal"."review" (
    "id" UUID NOT NULL,
    "number" TEXT NOT NULL,
    "regime" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason_id" UUID,
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "scope_from" DATE,
    "scope_to" DATE,
    "packs_requested_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."review_person" (
    "review_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "deceased" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "review_person_pkey" PRIMARY KEY ("review_id","subject_id")
);

-- CreateTable
CREATE TABLE "portal"."review_member" (
    "review_id" UUID NOT NULL,
    "agency" TEXT NOT NULL,

    CONSTRAINT "review_member_pkey" PRIMARY KEY ("review_id","agency")
);

-- CreateTable
CREATE TABLE "portal"."history_request" (
    "id" UUID NOT NULL,
    "review_id" UUID NOT NULL,
    "agency" TEXT NOT NULL,
    "due_by" TIMESTAMPTZ(3) NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "history_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."history_answer" (
    "request_id" UUID NOT NULL,
    "record_id" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "history_answer_pkey" PRIMARY KEY ("request_id","record_id")
);

-- CreateTable
CREATE TABLE "portal"."outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "portal"."inbox" (
    "consumer" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("consumer","message")
);

-- CreateTable
CREATE TABLE "portal"."dead_letter" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "offset" BIGINT NOT NULL,
    "key" TEXT,
    "value" BYTEA NOT NULL,
    "reason" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'dead',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vault"."sealed_batch" (
    "id" UUID NOT NULL,
    "ephemeral_public" BYTEA NOT NULL,
    "key_version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sealed_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vault"."wrapped_key" (
    "object_id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "wrapped_key_pkey" PRIMARY KEY ("object_id")
);

-- CreateTable
CREATE TABLE "vault"."opening" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "role" TEXT NOT NULL,
    "objects" UUID[],
    "xid" DECIMAL(20,0) NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "opening_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "entry_leaf_index_key" ON "audit"."entry"("leaf_index");

-- CreateIndex
CREATE INDEX "entry_appended_at_idx" ON "audit"."entry"("appended_at");

-- CreateIndex
CREATE INDEX "pack_meeting_id_idx" ON "disclosure"."pack"("meeting_id");

-- CreateIndex
CREATE INDEX "pack_review_id_idx" ON "disclosure"."pack"("review_id");

-- CreateIndex
CREATE INDEX "pack_recipient_state_idx" ON "disclosure"."pack"("recipient", "state");

-- CreateIndex
CREATE INDEX "item_decision_subject_id_idx" ON "disclosure"."item_decision"("subject_id");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_topic_partition_offset_key" ON "disclosure"."dead_letter"("topic", "partition", "offset");

-- CreateIndex
CREATE INDEX "submission_agency_feed_sequence_idx" ON "ingest"."submission"("agency", "feed", "sequence");

-- CreateIndex
CREATE INDEX "feed_batch_agency_received_at_idx" ON "ingest"."feed_batch"("agency", "received_at");

-- CreateIndex
CREATE INDEX "feed_batch_agency_digest_idx" ON "ingest"."feed_batch"("agency", "digest");

-- CreateIndex
CREATE UNIQUE INDEX "feed_batch_agency_signer_submission_batch_key" ON "ingest"."feed_batch"("agency", "signer", "submission", "batch");

-- CreateIndex
CREATE INDEX "record_agency_feed_ref_token_idx" ON "ingest"."record"("agency", "feed", "ref_token");

-- CreateIndex
CREATE INDEX "record_batch_id_idx" ON "ingest"."record"("batch_id");

-- CreateIndex
CREATE INDEX "record_blind_keys_idx" ON "ingest"."record" USING GIN ("blind_keys");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_topic_partition_offset_key" ON "ingest"."dead_letter"("topic", "partition", "offset");

-- CreateIndex
CREATE UNIQUE INDEX "subject_record_id_part_key" ON "matching"."subject"("record_id", "part");

-- CreateIndex
CREATE INDEX "match_record_id_idx" ON "matching"."match"("record_id");

-- CreateIndex
CREATE INDEX "match_status_role_idx" ON "matching"."match"("status", "role");

-- CreateIndex
CREATE UNIQUE INDEX "match_subject_id_record_id_part_key" ON "matching"."match"("subject_id", "record_id", "part");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_topic_partition_offset_key" ON "matching"."dead_letter"("topic", "partition", "offset");

-- CreateIndex
CREATE INDEX "agency_key_agency_idx" ON "portal"."agency_key"("agency");

-- CreateIndex
CREATE INDEX "session_expires_at_idx" ON "portal"."session"("expires_at");

-- CreateIndex
CREATE INDEX "decision_match_id_idx" ON "portal"."decision"("match_id");

-- CreateIndex
CREATE UNIQUE INDEX "decision_match_id_stage_reviewer_key" ON "portal"."decision"("match_id", "stage", "reviewer");

-- CreateIndex
CREATE UNIQUE INDEX "case_number_key" ON "portal"."case"("number");

-- CreateIndex
CREATE UNIQUE INDEX "case_record_id_key" ON "portal"."case"("record_id");

-- CreateIndex
CREATE INDEX "case_person_subject_id_idx" ON "portal"."case_person"("subject_id");

-- CreateIndex
CREATE INDEX "consent_subject_id_idx" ON "portal"."consent"("subject_id");

-- CreateIndex
CREATE INDEX "without_consent_case_id_idx" ON "portal"."without_consent"("case_id");

-- CreateIndex
CREATE UNIQUE INDEX "meeting_number_key" ON "portal"."meeting"("number");

-- CreateIndex
CREATE UNIQUE INDEX "review_number_key" ON "portal"."review"("number");

-- CreateIndex
CREATE UNIQUE INDEX "history_request_review_id_agency_key" ON "portal"."history_request"("review_id", "agency");

-- CreateIndex
CREATE UNIQUE INDEX "dead_letter_topic_partition_offset_key" ON "portal"."dead_letter"("topic", "partition", "offset");

-- CreateIndex
CREATE INDEX "wrapped_key_batch_id_idx" ON "vault"."wrapped_key"("batch_id");

-- AddForeignKey
ALTER TABLE "disclosure"."item_decision" ADD CONSTRAINT "item_decision_pack_id_fkey" FOREIGN KEY ("pack_id") REFERENCES "disclosure"."pack"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal"."case_person" ADD CONSTRAINT "case_person_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "portal"."case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal"."meeting_case" ADD CONSTRAINT "meeting_case_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "portal"."meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal"."meeting_attendee" ADD CONSTRAINT "meeting_attendee_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "portal"."meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal"."review_person" ADD CONSTRAINT "review_person_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "portal"."review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal"."review_member" ADD CONSTRAINT "review_member_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "portal"."review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal"."history_request" ADD CONSTRAINT "history_request_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "portal"."review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "portal"."history_answer" ADD CONSTRAINT "history_answer_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "portal"."history_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vault"."wrapped_key" ADD CONSTRAINT "wrapped_key_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "vault"."sealed_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
