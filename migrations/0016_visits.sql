-- Where the contact is on the site, and where he came from, as JSON; each session keeps where it came from.
ALTER TABLE conversations ADD COLUMN visit TEXT;
ALTER TABLE sessions ADD COLUMN source TEXT;
