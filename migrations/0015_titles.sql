-- What a session is about, in a few words of the team's; the conversation carries the title of its newest one.
ALTER TABLE conversations ADD COLUMN title TEXT;
ALTER TABLE sessions ADD COLUMN title TEXT;
