-- When it was last looked whether an account at a provider still tells us everything, since when it does not, and since
-- when it has been silent for longer than it ever is.
ALTER TABLE messenger_accounts ADD COLUMN watched_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messenger_accounts ADD COLUMN unheard_at BIGINT;
ALTER TABLE messenger_accounts ADD COLUMN silent_at BIGINT;
