-- What follows a member to every device (JSON); NULL until something was chosen.
ALTER TABLE members ADD COLUMN preferences TEXT;
-- Taking tables out of the desk is a right of its own: who could, still can.
UPDATE roles SET rights = replace(rights, '"conversation:view:own"', '"conversation:view:own","conversation:export:own"');
UPDATE roles SET rights = replace(rights, '"conversation:view:team"', '"conversation:view:team","conversation:export:team"');
UPDATE roles SET rights = replace(rights, '"conversation:view:inbox"', '"conversation:view:inbox","conversation:export:inbox"');
UPDATE roles SET rights = replace(rights, '"conversation:view:all"', '"conversation:view:all","conversation:export:all"');
UPDATE member_tokens SET rights = replace(rights, '"conversation:view"', '"conversation:view","conversation:export"');
