-- Who may not write, as JSON: since when, until when, by whom, why. The contact's is what counts; each of its
-- conversations carries it, so that neither an arriving message nor a list asks for more.
ALTER TABLE contacts ADD COLUMN block TEXT;
ALTER TABLE conversations ADD COLUMN block TEXT;
