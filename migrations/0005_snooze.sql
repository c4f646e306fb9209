-- A snoozed conversation is open and stands in the list of its status `snoozed` until this time.
ALTER TABLE conversations ADD COLUMN snoozed_until BIGINT;
