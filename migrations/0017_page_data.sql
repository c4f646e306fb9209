-- What the page that carries the widget says of its visitor, as JSON.
ALTER TABLE conversations ADD COLUMN page_data TEXT;
