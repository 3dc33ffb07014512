-- portal may see whether a history request got out, so that one that did not can be sent again.
CREATE VIEW portal.history_delivery AS SELECT request_id, agency, sent_at FROM disclosure.history_delivery;
GRANT SELECT ON portal.history_delivery TO mash_portal;
