-- When the words of a provider's message were last corrected, by what it says: an older correction that comes late
-- changes nothing.
ALTER TABLE messenger_messages ADD COLUMN edited_at BIGINT NOT NULL DEFAULT 0;

-- By which link a person came who has said nothing since, and until when he has, and has read, what we said.
ALTER TABLE messenger_chats ADD COLUMN source TEXT;
ALTER TABLE messenger_chats ADD COLUMN delivered_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messenger_chats ADD COLUMN read_until BIGINT NOT NULL DEFAULT 0;
