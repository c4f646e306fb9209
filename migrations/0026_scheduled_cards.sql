-- The link or offer that a planned message carries, as JSON. Its picture is one of the files.
ALTER TABLE scheduled ADD COLUMN card TEXT;
