-- A message sealed to a key stands only while that key does: the last check before sending needs to know which key it was.
ALTER TABLE "disclosure"."pack" ADD COLUMN "recipient_key" TEXT;
ALTER TABLE "disclosure"."history_delivery" ADD COLUMN "recipient_key" TEXT;

-- Marked first and logged by whoever marked it: for that moment the mark has no entry yet.
ALTER TABLE "disclosure"."history_delivery" ALTER COLUMN "audit_id" DROP NOT NULL;
