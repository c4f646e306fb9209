// Generated from openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/api/v1/activity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at the activity stream */
        get: operations["list_activity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/activity/seen": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark the activity stream as seen */
        put: operations["see_activity"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who changed which setting or right */
        get: operations["list_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export who changed which setting or right, as CSV with times in UTC: the newest 10,000 lines */
        get: operations["export_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look how far it is */
        get: operations["show_batch"];
        /** Choose conversations, and do something to all of them */
        put: operations["begin_batch"];
        post?: never;
        /** Stop it and take back what was done */
        delete: operations["take_batch_back"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/batches/{batch}/act": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what is done to those that were chosen */
        put: operations["act_on_batch"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List blocked contacts
         * @description Those whom the caller may unblock.
         */
        get: operations["list_blocks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/blocks/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Unblock a contact */
        delete: operations["end_block"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the calendars */
        get: operations["list_calendars"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/calendars/{calendar}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a calendar, or change it and the hours of the inboxes that follow it */
        put: operations["save_calendar"];
        post?: never;
        /** Remove a calendar that no inbox follows */
        delete: operations["remove_calendar"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-attributes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what the workspace wants to know of contacts */
        get: operations["list_contact_attributes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-attributes/{attribute}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Declare something to know of contacts, or change it */
        put: operations["put_contact_attribute"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Choose the columns of the table of contacts */
        put: operations["put_contact_columns"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export contacts as a table: at most 1,000,000 rows */
        get: operations["export_contacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was imported */
        get: operations["list_contact_imports"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{contact_import}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an import */
        get: operations["show_contact_import"];
        /**
         * Look into a table of contacts
         * @description Nothing comes in yet. Asked again, it answers how the import stands.
         */
        put: operations["begin_contact_import"];
        post?: never;
        /** Take an import back; one that did nothing yet is removed */
        delete: operations["take_contact_import_back"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{contact_import}/plan": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say what becomes of a table's columns, and try it */
        put: operations["plan_contact_import"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{contact_import}/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the rows of an import that did not come in */
        get: operations["list_import_problems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{contact_import}/problems.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the rows of an import that did not come in, as CSV
         * @description With the columns of the file, and before them the line and the reason: mended, it can be imported.
         */
        get: operations["download_import_problems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{contact_import}/run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import what was tried, or go on with it */
        post: operations["run_contact_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-imports/{contact_import}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stop an import where it is */
        post: operations["stop_contact_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what became of contacts
         * @description Who was added, merged, parted and erased, when and by whom.
         */
        get: operations["list_contact_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contact-records.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export what became of contacts, as CSV: the newest 10,000 lines */
        get: operations["export_contact_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List contacts */
        get: operations["list_contacts"];
        put?: never;
        /** Create a contact */
        post: operations["create_contact"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a contact's profile */
        get: operations["show_contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what is known of a contact */
        patch: operations["edit_contact"];
        trace?: never;
    };
    "/api/v1/contacts/{contact}/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a contact's conversations
         * @description Those that the caller may see, without those of inboxes that are no part of the record, unless he has them in hand or may
         *     see all.
         */
        get: operations["list_contact_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/duplicates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who is perhaps the same person */
        get: operations["list_duplicates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count what would go with a person */
        get: operations["preview_contact_erasure"];
        /**
         * Erase a person
         * @description What is known of him and was said with him, for good.
         */
        put: operations["erase_contact"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export a person
         * @description A ZIP archive of JSON and files: what is known of him, and the conversations with him that the caller may see.
         */
        get: operations["export_contact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was changed about a contact */
        get: operations["list_contact_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/merges/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Compare two contacts before they are merged */
        get: operations["preview_contact_merge"];
        /**
         * Merge another contact into this one
         * @description The other's id leads to this one from then on.
         */
        put: operations["merge_contacts"];
        post?: never;
        /**
         * Part a contact again who was merged into this one
         * @description What was his before is his again, and so is what was said by his own ways. What changed since stays with this one.
         */
        delete: operations["part_contacts"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/notes/{contact_note}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Note something about a contact, or change an own note */
        put: operations["put_contact_note"];
        post?: never;
        /** Remove a note about a contact */
        delete: operations["remove_contact_note"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/strangers/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say that two contacts are different people */
        put: operations["tell_contacts_apart"];
        post?: never;
        /** Take back that two contacts are different people */
        delete: operations["forget_contacts_apart"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/tags/{tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a tag on a contact */
        put: operations["tag_contact"];
        post?: never;
        /** Take a tag off a contact */
        delete: operations["untag_contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/contacts/{contact}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show everything with a contact
         * @description What happened in all his conversations that the caller may see, in the order of time, in pages in both directions.
         */
        get: operations["show_contact_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List conversations */
        get: operations["list_conversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Count the conversations with each tag */
        get: operations["count_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the customers who wait
         * @description For members who see all conversations of their inboxes.
         */
        get: operations["count_waiting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a conversation */
        get: operations["show_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/assignment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Assign a conversation */
        put: operations["assign_conversation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/attachments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the files of a conversation */
        get: operations["list_attachments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Block the contact */
        put: operations["block_contact"];
        post?: never;
        /** Unblock the contact */
        delete: operations["unblock_contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Close a conversation */
        put: operations["close_conversation"];
        post?: never;
        /** Reopen a conversation */
        delete: operations["reopen_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/consents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what the contact agreed to */
        get: operations["list_consents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/contact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Give a conversation to another contact */
        put: operations["bind_contact"];
        post?: never;
        /**
         * Part a conversation from its contact
         * @description The contact stays, with what is known of him and his other conversations.
         */
        delete: operations["unpin_contact"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/deletion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Delete a conversation
         * @description It is erased when the days are over in which it can be put back.
         */
        put: operations["delete_conversation"];
        post?: never;
        /** Put a deleted conversation back */
        delete: operations["restore_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Save a draft
         * @description Without an answer and a note it is dropped.
         */
        put: operations["save_draft"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List entries */
        get: operations["list_entries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/entries/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a message or a note */
        delete: operations["remove_entry"];
        options?: never;
        head?: never;
        /** Correct a message or a note */
        patch: operations["edit_entry"];
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/entries/{entry}/reaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * React to a contact's message
         * @description With one of the signs that the inbox's channel knows, or with none any more. The team has one at each message.
         */
        put: operations["react_to_entry"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/entries/{entry}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a failed message again */
        post: operations["retry_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Erase a deleted conversation now */
        put: operations["erase_conversation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the links of a conversation */
        get: operations["list_links"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what happened in a conversation */
        get: operations["list_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/log.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Export what happened in a conversation, as CSV: the newest 10,000 lines */
        get: operations["export_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a mail as it came
         * @description A page for a frame without scripts.
         */
        get: operations["show_mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message */
        post: operations["send_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/mute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mute a conversation for oneself */
        put: operations["mute_conversation"];
        post?: never;
        /** Unmute a conversation */
        delete: operations["unmute_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a note */
        post: operations["post_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/priority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say how urgent a conversation is */
        put: operations["put_priority"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark as read */
        put: operations["read_conversation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/record-lookups/{record_type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look up what another system has of a conversation's contact
         * @description An answer is kept for ten minutes, unless it is asked for again.
         */
        post: operations["look_up_records"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the records beside a conversation */
        get: operations["list_conversation_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/records/{record}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a record from a conversation */
        put: operations["create_record"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/scheduled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the messages that are sent later */
        get: operations["list_scheduled"];
        put?: never;
        /**
         * Send a message later
         * @description It goes when its time has come, unless it is taken back or its author may not send it any more: then it is his
         *     draft again.
         */
        post: operations["schedule_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/scheduled/{entry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change when a message is sent */
        put: operations["reschedule_message"];
        post?: never;
        /**
         * Take a message back before it is sent
         * @description It is its author's draft again.
         */
        delete: operations["take_message_back"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search a conversation */
        get: operations["search_conversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List a conversation's sessions */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/snooze": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Snooze a conversation */
        put: operations["snooze_conversation"];
        post?: never;
        /** Wake a snoozed conversation */
        delete: operations["wake_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/tags/{tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Put a tag on a conversation */
        put: operations["tag_conversation"];
        post?: never;
        /** Take a tag off a conversation */
        delete: operations["untag_conversation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a template
         * @description Where the channel lets nothing else through any more, too.
         */
        post: operations["send_template"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/title": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Set a conversation's title */
        put: operations["set_title"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/conversations/{conversation}/unread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Mark as unread */
        put: operations["flag_unread"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data-fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what is shown of the data of pages */
        get: operations["list_data_fields"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/data-fields/{data_field}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Declare data of pages, or change how it is shown */
        put: operations["put_data_field"];
        post?: never;
        /**
         * Show data of pages no more
         * @description What pages tell under this name is kept as before.
         */
        delete: operations["remove_data_field"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List deleted conversations
         * @description Those that can still be put back.
         */
        get: operations["list_deletions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/desk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Load the desk */
        get: operations["desk"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List my drafts
         * @description Also those of conversations that were taken away.
         */
        get: operations["list_drafts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/drafts/{conversation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Discard a draft
         * @description Also of a conversation that was taken away.
         */
        delete: operations["discard_draft"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file */
        post: operations["upload_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file */
        get: operations["download_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{file}/copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copy a file of a conversation, to send it again */
        post: operations["copy_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/files/{file}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a file's preview */
        get: operations["preview_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List inboxes */
        get: operations["list_inboxes"];
        put?: never;
        /** Create an inbox */
        post: operations["create_inbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an inbox */
        get: operations["show_inbox"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change an inbox */
        patch: operations["change_inbox"];
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/automation-list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show whom automation serves in an inbox */
        get: operations["show_automation_list"];
        /** Set whom automation serves in an inbox */
        put: operations["put_automation_list"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/comment-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List how comments of an inbox are answered */
        get: operations["list_comment_rules"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/comment-rules/{rule}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a comment rule, change it, or put it at another place */
        put: operations["save_comment_rule"];
        post?: never;
        /** Remove a comment rule and its log */
        delete: operations["remove_comment_rule"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/comment-rules/{rule}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a comment rule did */
        get: operations["list_comment_answers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/connection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how an inbox is connected with its provider */
        get: operations["show_connection"];
        /**
         * Connect an inbox with an account at its provider
         * @description The provider is asked whose token it is before anything is kept.
         */
        put: operations["put_connection"];
        post?: never;
        /**
         * Take the account behind an inbox away
         * @description Its conversations stay; nothing comes in and nothing leaves.
         */
        delete: operations["remove_connection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/connection/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask the provider how the connection goes */
        post: operations["check_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/failed-mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List mails that were not understood */
        get: operations["list_failed_mails"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/failed-mails/{mail}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a mail that was not understood, as it came */
        get: operations["show_failed_mail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/failed-mails/{mail}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a mail again that was not understood */
        post: operations["replay_mail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/failed-updates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what a provider told and was not understood */
        get: operations["list_failed_updates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/failed-updates/{update}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read again what a provider told */
        post: operations["replay_update"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a customer's file */
        post: operations["upload_inbox_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file of an API inbox */
        get: operations["download_inbox_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/identity-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an inbox's identity key */
        get: operations["show_identity_key"];
        put?: never;
        /** Make or replace an inbox's identity key */
        post: operations["replace_identity_key"];
        /**
         * Remove an inbox's identity key
         * @description Visitors who were proven by it begin anew.
         */
        delete: operations["remove_identity_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/mailbox": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show how an inbox is connected with its mailbox */
        get: operations["show_mailbox"];
        /**
         * Connect an inbox with a mailbox
         * @description Both servers are asked whether they take the name and the password before anything is kept.
         */
        put: operations["put_mailbox"];
        post?: never;
        /**
         * Take the mailbox behind an inbox away
         * @description Its conversations stay; nothing comes in and nothing leaves.
         */
        delete: operations["remove_mailbox"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/mailbox/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ask both servers whether they still take the name and the password */
        post: operations["check_mailbox"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Post a customer's message */
        post: operations["post_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/messages/{message}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a customer's message */
        delete: operations["remove_posted_message"];
        options?: never;
        head?: never;
        /** Correct a customer's message */
        patch: operations["edit_posted_message"];
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/messages/{message}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Tell how far a message has come */
        post: operations["put_status"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell up to where a customer has read */
        put: operations["tell_read"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin a session
         * @description Whoever begins it is in charge of it.
         */
        post: operations["start_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the templates that can be sent through an inbox */
        get: operations["list_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List access tokens */
        get: operations["list_tokens"];
        put?: never;
        /** Create an access token */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/tokens/{token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an access token */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/typing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell that a customer is writing */
        put: operations["tell_typing"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/webhook": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an inbox's webhook */
        get: operations["show_webhook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/webhook/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Replace a webhook's secret */
        post: operations["replace_webhook_secret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inboxes/{inbox}/webhook/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Start a stopped webhook again */
        delete: operations["start_webhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the invitations that still work */
        get: operations["list_invitations"];
        put?: never;
        /** Invite somebody */
        post: operations["post_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Accept an invitation */
        post: operations["accept_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at an invitation */
        post: operations["look_at_invitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/invitations/{invitation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Withdraw an invitation */
        delete: operations["delete_invitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show who is signed in */
        get: operations["show_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the own name, language or signature */
        patch: operations["change_me"];
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the own password */
        put: operations["put_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/pauses/{inbox}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say whether one takes something from an inbox */
        put: operations["set_pause"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change what follows the member to every device */
        patch: operations["change_preferences"];
        trace?: never;
    };
    "/api/v1/me/presence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say whether one is there */
        put: operations["choose_presence"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sign-ins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the own sign-ins */
        get: operations["list_sign_ins"];
        put?: never;
        post?: never;
        /** End every other own sign-in */
        delete: operations["delete_other_sign_ins"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sign-ins/{sign_in}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End one of the own sign-ins */
        delete: operations["delete_sign_in"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/member-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tokens of one's programs; who manages members sees everybody's */
        get: operations["list_member_tokens"];
        put?: never;
        /** Make a token for a program */
        post: operations["post_member_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/member-tokens/{member_token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a token, one's own or another's */
        delete: operations["delete_member_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the members */
        get: operations["show_members"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{member}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a member's role, disable or enable him */
        patch: operations["patch_member"];
        trace?: never;
    };
    "/api/v1/members/{member}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reset a member's password */
        post: operations["post_password_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/members/{member}/rights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Explain what a member may do */
        get: operations["show_member_rights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-links/look": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Look at a link with which a password is chosen */
        post: operations["look_at_password_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/password-links/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a new password with a link */
        post: operations["use_password_link"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/presences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List who is there */
        get: operations["show_presences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/queue/next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take the next conversation of the queue */
        post: operations["take_next"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quick-replies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the quick replies that the member may use */
        get: operations["list_quick_replies"];
        put?: never;
        /** Create a quick reply */
        post: operations["create_quick_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quick-replies/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export the quick replies that the member may use, as CSV
         * @description Without their files.
         */
        get: operations["export_quick_replies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quick-replies/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Import quick replies from CSV */
        post: operations["import_quick_replies"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quick-replies/{quick_reply}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a quick reply */
        delete: operations["delete_quick_reply"];
        options?: never;
        head?: never;
        /** Change a quick reply */
        patch: operations["change_quick_reply"];
        trace?: never;
    };
    "/api/v1/quick-replies/{quick_reply}/copies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Copy the files of a quick reply, to send them */
        post: operations["copy_quick_reply_files"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quick-replies/{quick_reply}/files/{file}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the preview of a quick reply's file */
        get: operations["preview_quick_reply_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/quick-replies/{quick_reply}/uses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Count a use of a quick reply */
        post: operations["use_quick_reply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/record-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what the workspace keeps records of */
        get: operations["list_record_types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/record-types/{record_type}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Declare something to keep records of, or change it */
        put: operations["put_record_type"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/record-types/{record_type}/lookup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show whom a type of records asks outside */
        get: operations["show_record_lookup"];
        /** Say whom a type of records asks outside */
        put: operations["put_record_lookup"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List records */
        get: operations["list_records"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{record}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a record */
        get: operations["show_record"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a record */
        patch: operations["edit_record"];
        trace?: never;
    };
    "/api/v1/records/{record}/conversations/{conversation}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Say that a record belongs to a conversation */
        put: operations["bind_record"];
        post?: never;
        /** Say that a record does not belong to a conversation */
        delete: operations["unbind_record"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/records/{record}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List what was changed of a record */
        get: operations["list_record_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the roles */
        get: operations["show_roles"];
        put?: never;
        /** Create a role */
        post: operations["post_role"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/roles/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a role, giving those who have it another */
        delete: operations["delete_role"];
        options?: never;
        head?: never;
        /** Change a role */
        patch: operations["patch_role"];
        trace?: never;
    };
    "/api/v1/saved-views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List saved views */
        get: operations["list_saved_views"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/saved-views/{saved_view}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Save a view, or change it */
        put: operations["save_view"];
        post?: never;
        /** Remove a saved view */
        delete: operations["remove_saved_view"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search everywhere */
        get: operations["search_everywhere"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tell whether the server waits to be set up */
        get: operations["show_setup"];
        put?: never;
        /** Make the first workspace and its administrator */
        post: operations["post_setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["begin_sign_in"];
        /** Sign out */
        delete: operations["end_sign_in"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site-visitors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List who is on the websites now
         * @description Of the website inboxes whose queue the caller sees, as far as they list their visitors. Whoever leaves is gone within two
         *     minutes.
         */
        get: operations["list_site_visitors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/site-visitors/{site_visitor}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Invite a visitor to chat
         * @description Somebody who is on a website now. His widget shows the words beside the launcher, once; when he answers, the session
         *     begins with the member who invited him.
         */
        post: operations["invite_site_visitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List tags */
        get: operations["list_tags"];
        put?: never;
        /** Create a tag */
        post: operations["create_tag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/tags/{tag}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change a tag */
        patch: operations["change_tag"];
        trace?: never;
    };
    "/api/v1/teams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the teams */
        get: operations["show_teams"];
        put?: never;
        /** Create a team */
        post: operations["post_team"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/teams/{team}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove a team, and with it what only its members had */
        delete: operations["delete_team"];
        options?: never;
        head?: never;
        /** Change a team */
        patch: operations["patch_team"];
        trace?: never;
    };
    "/api/v1/time-limit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the workspace's time limit */
        get: operations["show_time_limit"];
        /** Set the workspace's time limit */
        put: operations["set_time_limit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/uploads/{upload}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Begin an upload in parts, or show how far it is */
        put: operations["begin_upload"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Add a part to an upload */
        patch: operations["append_upload"];
        trace?: never;
    };
    "/api/v1/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Change the workspace */
        patch: operations["patch_workspace"];
        trace?: never;
    };
    "/w/api/v1/data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell what the page says of the visitor */
        put: operations["put_page_data"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file as a visitor */
        post: operations["upload_visitor_file"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/files/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a file as a visitor */
        get: operations["download_visitor_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/files/{file}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a file's preview as a visitor */
        get: operations["preview_visitor_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/identity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Prove who a visitor is
         * @description With a signed token of the website. Who was anonymous so far brings along what he wrote.
         */
        post: operations["identify_visitor"];
        /**
         * Forget who the visitor of this browser is
         * @description His token opens nothing more. What he wrote stays with him, for when he proves again who he is.
         */
        delete: operations["forget_visitor"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/inboxes/{inbox}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the widget's settings */
        get: operations["widget_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/inboxes/{inbox}/here/{site_visitor}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Tell that a visitor is on the site
         * @description Under a name that his browser made.
         */
        put: operations["put_here"];
        post?: never;
        /**
         * Tell that a visitor leaves
         * @description He is gone after a moment, unless another page of the site follows.
         */
        delete: operations["leave_here"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/inboxes/{inbox}/here/{site_visitor}/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell what became of an invitation */
        put: operations["put_invitation"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message as a visitor */
        post: operations["send_visitor_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/messages/{message}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Remove an own message as a visitor */
        delete: operations["remove_visitor_message"];
        options?: never;
        head?: never;
        /** Correct an own message as a visitor */
        patch: operations["edit_visitor_message"];
        trace?: never;
    };
    "/w/api/v1/messages/{message}/click": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell that the link of a card was opened */
        put: operations["click_card"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell which page the visitor looks at */
        put: operations["put_page"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Rate the closed session */
        put: operations["put_rating"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/receipt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell what was received and read */
        put: operations["put_receipt"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/thread": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the visitor's thread */
        get: operations["visitor_thread"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/transcript": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show whether a transcript can be mailed */
        get: operations["show_transcript_ways"];
        put?: never;
        /** Ask for the conversation by mail */
        post: operations["ask_transcript"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/uploads/{upload}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Begin an upload in parts as a visitor, or show how far it is */
        put: operations["begin_visitor_upload"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Add a part to an upload as a visitor */
        patch: operations["append_visitor_upload"];
        trace?: never;
    };
    "/w/api/v1/visitors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Create a visitor */
        post: operations["create_visitor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/w/api/v1/zone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Tell where the visitor's clock is */
        put: operations["put_zone"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description What a contact's message is about, beside what it says.
         * @enum {string}
         */
        About: "story_mention" | "story_reply" | "post" | "reel" | "comment" | "public_reply" | "private_reply";
        /**
         * @description What of his open conversations goes back into the queue when a member is offline.
         * @enum {string}
         */
        Absence: "keep" | "unanswered" | "all";
        /**
         * @description Why a file that another system named by its address is not here.
         * @enum {string}
         */
        Absent: "fetching" | "too_large" | "empty" | "not_found" | "refused" | "private" | "unreachable" | "late" | "not_kept";
        AcceptInvitation: {
            locale: components["schemas"]["Locale"];
            name: string;
            password: string;
            token: string;
        };
        /** @description What a provider said of an account. */
        AccountNote: {
            /** Format: int64 */
            at: number;
            says: string;
        };
        /** @description The message is stored durably. */
        Ack: {
            /** Format: int64 */
            at: number;
            conversation_id: components["schemas"]["ConversationId"];
            id: components["schemas"]["EntryId"];
            /** Format: int64 */
            position: number;
            /** Format: int64 */
            revision: number;
        };
        ActivityPage: {
            items: components["schemas"]["Alert"][];
            /** @description Goes on from here; a page may be short, or empty, and still have one. */
            next_cursor: string | null;
        };
        ActivitySeen: {
            /** @description What is not newer was seen. */
            seen_at: components["schemas"]["i64"];
        };
        AddNote: {
            /**
             * Format: int64
             * @description The version of the draft that this was: it is a draft no more.
             */
            draft?: number | null;
            /** @description Made by the client (UUIDv7); the same id twice is one note. */
            id: components["schemas"]["EntryId"];
            /** @description Of members and teams. */
            mention_ids?: components["schemas"]["MentionId"][];
            text: string;
        };
        /** @description Something that the member was told. */
        Alert: {
            at: components["schemas"]["i64"];
            contact: components["schemas"]["Contact"];
            conversation_id: components["schemas"]["ConversationId"];
            entry: components["schemas"]["Entry"] | null;
            id: components["schemas"]["AlertId"];
            inbox_id: components["schemas"]["InboxId"];
            kind: components["schemas"]["AlertKind"];
            /** @description Neither the stream was looked at since, nor the conversation. */
            unseen: boolean;
        };
        AlertAdded: {
            alert_id: components["schemas"]["AlertId"];
            at: components["schemas"]["i64"];
            conversation_id: components["schemas"]["ConversationId"];
            kind: components["schemas"]["AlertKind"];
            /**
             * Format: int64
             * @description Whoever read the conversation up to there has seen it.
             */
            position: number;
        };
        AlertId: `alt_${string}`;
        /** @enum {string} */
        AlertKind: "given" | "mentioned" | "closed" | "warned" | "late";
        Answers: {
            /**
             * Format: int64
             * @description The version of the consent's text that the visitor agreed to.
             * @default null
             */
            consent_version: number | null;
            /** @default null */
            email: string | null;
            /**
             * @description At most 100 characters.
             * @default null
             */
            name: string | null;
            /**
             * @description Digits with `+`, spaces and punctuation.
             * @default null
             */
            phone: string | null;
        };
        Api: {
            /** @description `https://…`, at most 500 characters. Without one, the inbox only listens. */
            webhook_url: string | null;
        };
        /** @description The same, with how it goes. */
        ApiInbox: {
            stopped: components["schemas"]["WebhookStop"] | null;
            webhook_url: string | null;
        };
        ApiToken: {
            /** Format: int64 */
            created_at: number;
            /** @description The name of the member who made it. */
            created_by: string | null;
            id: components["schemas"]["ApiTokenId"];
            /**
             * Format: int64
             * @description To the hour.
             */
            last_used_at: number | null;
        };
        ApiTokenId: `atk_${string}`;
        ApiTokenList: {
            /** @description Newest first. */
            items: components["schemas"]["ApiToken"][];
        };
        AskTranscript: {
            /** @description Where it goes. */
            address: string;
            locale: components["schemas"]["Locale"];
            /** @description In which its times are, for example `Asia/Jakarta`. */
            zone: string;
        };
        /** @enum {string} */
        Asked: "off" | "optional" | "required";
        Assign: {
            /** @description For the receiver. */
            comment?: string | null;
            /** @description Who was in charge when the member looked. */
            holder: components["schemas"]["Holder"];
            to: components["schemas"]["Holder"];
        };
        /** @description A change of the holder. */
        Assignment: {
            comment: string | null;
            from: components["schemas"]["Holder"];
            from_name: string | null;
            to: components["schemas"]["Holder"];
            to_name: string | null;
            why: components["schemas"]["Why"] | null;
        };
        /** @description A file with the message that it came with. */
        Attachment: {
            /** Format: int64 */
            at: number;
            author: components["schemas"]["Author"];
            entry_id: components["schemas"]["EntryId"];
            file: components["schemas"]["File"];
            /** Format: int64 */
            position: number;
        };
        AttachmentPage: {
            attachments: components["schemas"]["Attachment"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        AttachmentPart: "images" | "files";
        Attribute: {
            /** @description It keeps what was written and is shown no more. */
            archived: boolean;
            /** @description Of kind choice. */
            choices: string[];
            id: components["schemas"]["AttributeId"];
            kind: components["schemas"]["AttributeKind"];
            name: string;
            /** @description Programs write it, and nobody at a desk. */
            read_only: boolean;
            /** @description It is not taken away once it is there, and its absence is shown. */
            required: boolean;
        };
        AttributeId: `att_${string}`;
        /** @enum {string} */
        AttributeKind: "text" | "number" | "date" | "choice" | "link" | "flag" | "money";
        AttributeList: {
            /** @description In the order in which they were made; archived ones too. */
            items: components["schemas"]["Attribute"][];
        };
        /** @description One field: `website.title`, from what to what. Words are as they are, the rest is JSON. */
        AuditChange: {
            after: string | null;
            /** @description `null`: there was nothing, or it is a secret. */
            before: string | null;
            field: string;
        };
        AuditEnd: {
            hash: string;
            /** Format: int64 */
            number: number;
        };
        /** @description A line of the log, as it is stored. */
        AuditLine: {
            /** @description `created`, `changed`, `removed`, or what else happens to such a thing. */
            action: string;
            /** @description The network address that it was asked from. */
            address: string | null;
            /** @description What kind of thing it is about: `inbox`, `member`, `tag` … */
            area: string;
            /** Format: int64 */
            at: number;
            changes: components["schemas"]["AuditChange"][];
            /** @description SHA-256 of this line and of the hash before, in hexadecimal. */
            hash: string;
            member_id: components["schemas"]["MemberId"] | null;
            /** @description His name at that time. */
            member_name: string | null;
            /**
             * Format: int64
             * @description 1, 2, 3 … in its workspace.
             */
            number: number;
            /** @description The id of the thing. */
            subject: string;
            /** @description Its name at that time. */
            subject_name: string;
        };
        AuditPage: {
            end: components["schemas"]["AuditEnd"] | null;
            /** @description Newest first. */
            lines: components["schemas"]["AuditLine"][];
            /**
             * Format: int64
             * @description For the page after; `null`: this is the last one.
             */
            next_before: number | null;
        };
        Author: {
            /** @description The contact's or the member's id, in its own form. */
            id: string | null;
            kind: components["schemas"]["AuthorKind"];
            /** @description The name as it was at the time. */
            name: string | null;
        };
        /** @enum {string} */
        AuthorKind: "contact" | "member" | "system";
        /** @description Whom automation serves in an inbox. */
        AutomationList: {
            /** @description Only whoever is listed; otherwise everybody. */
            enabled: boolean;
            /** @description Numbers and handles, as they were written; at most 2,000. */
            listed: string[];
            /** @description What others are told, each once a day; `null`: nothing. At most 500 characters. */
            message?: string | null;
        };
        AwayReason: {
            /** @description `break`, `lunch`, `meeting` and `training` are shipped; the client makes others (at most 40 letters, digits, `_`). */
            id: string;
            /** @description One line of at most 40 characters; `null` only for the shipped ones: clients say it in their language. */
            name: string | null;
        };
        BTreeMap: {
            [key: string]: string;
        };
        Batch: {
            act: components["schemas"]["BatchAct"] | null;
            /** Format: int64 */
            done: number;
            id: components["schemas"]["BatchId"];
            /** @description The list holds more than are taken. */
            more: boolean;
            refused: components["schemas"]["BatchRefusal"][];
            state: components["schemas"]["BatchState"];
            /**
             * Format: int64
             * @description So many were found so far; of what is taken back, so many were done.
             */
            total: number;
        };
        BatchAct: {
            /** @description For the receiver. */
            comment?: string | null;
            /** @enum {string} */
            kind: "assign";
            to: components["schemas"]["Holder"];
        } | {
            /** @enum {string} */
            kind: "close";
            /** @description For the team: how it ended. */
            note?: string | null;
            reason: components["schemas"]["CloseReason"];
            tag_ids?: components["schemas"]["TagId"][];
        } | {
            /** @enum {string} */
            kind: "snooze";
            /** Format: int64 */
            until: number;
        } | {
            /** @enum {string} */
            kind: "tag";
            tag_id: components["schemas"]["TagId"];
        } | {
            /** @enum {string} */
            kind: "untag";
            tag_id: components["schemas"]["TagId"];
        } | {
            /** @enum {string} */
            kind: "read";
        } | {
            /** @enum {string} */
            kind: "unread";
        } | {
            /** @enum {string} */
            kind: "delete";
        };
        BatchId: `bat_${string}`;
        /** @description Why some were left as they were. */
        BatchRefusal: {
            /** @description Of the refusal. */
            code: string;
            /** Format: int64 */
            conversations: number;
        };
        /** @enum {string} */
        BatchState: "choosing" | "chosen" | "running" | "done" | "taking_back" | "taken_back";
        /** @description How a batch stands, for whoever asked for it. */
        BatchUpdated: {
            batch: components["schemas"]["Batch"];
        };
        BeginBatch: {
            act?: components["schemas"]["BatchAct"] | null;
            of: components["schemas"]["Choice"];
        };
        BeginImport: {
            /** @description An upload of the member: a table whose first row names its columns, at most 200,000 rows. */
            file_id: components["schemas"]["FileId"];
        };
        BeginSignIn: {
            email: string;
            password: string;
        };
        BeginUpload: {
            /** @description The file's name as the sender calls it. */
            name: string;
            /**
             * Format: int64
             * @description Of the whole, in bytes.
             */
            size: number;
        };
        BindConversation: {
            contact_id: components["schemas"]["ContactId"];
        };
        /** @description Why nothing is exchanged with the contact. */
        Block: {
            /**
             * Format: int64
             * @description Milliseconds UTC.
             */
            at: number;
            /** @description The name of the member, as it was. */
            by: string;
            by_id: components["schemas"]["MemberId"] | null;
            /** @description For the team. */
            reason: string | null;
            /**
             * Format: int64
             * @description How many messages were not taken in this conversation.
             */
            refused: number;
            /**
             * Format: int64
             * @description It ends by itself then.
             */
            until: number | null;
        };
        BlockContact: {
            /** @description For the team. */
            reason?: string | null;
            /**
             * Format: int64
             * @description Milliseconds UTC, from one minute to 366 days from now; without it the block ends by hand only.
             */
            until?: number | null;
        };
        /** @description A blocked contact, for whoever may unblock him. */
        BlockedContact: {
            /** @description `refused`: in the conversations in which the member may unblock. */
            block: components["schemas"]["Block"];
            contact: components["schemas"]["Contact"];
            conversation_id: components["schemas"]["ConversationId"] | null;
        };
        BlockedPage: {
            /** @description Those who were blocked last come first. */
            items: components["schemas"]["BlockedContact"][];
            /** @description It may be there before the page is full. */
            next_cursor: string | null;
        };
        Calendar: {
            hours: components["schemas"]["CalendarHours"];
            id: components["schemas"]["CalendarId"];
            /** @description Which inboxes follow it. */
            inbox_ids: components["schemas"]["InboxId"][];
            name: string;
        };
        /** @description When a calendar is open and when not. */
        CalendarHours: {
            /** @description At most 200, in order. */
            closed_days: components["schemas"]["ClosedDay"][];
            /** @description By day and time; none of a day: closed. */
            week: components["schemas"]["OpenSpan"][];
            /** @description Of the IANA database, for example `Asia/Jakarta`. */
            zone: string;
        };
        CalendarId: `cal_${string}`;
        CalendarList: {
            /** @description By name. */
            items: components["schemas"]["Calendar"][];
        };
        /**
         * @description What a member may do with a conversation now. Sent along with it, so that no client repeats the rules.
         * @enum {string}
         */
        Can: "reply" | "assign_self" | "assign_any" | "close" | "reopen" | "note" | "edit" | "redact" | "snooze" | "block" | "unblock" | "tag" | "delete" | "export" | "look_back";
        Card: {
            kind: components["schemas"]["CardKind"];
            picture: components["schemas"]["FileId"] | null;
            /** @description Of offers, as people write it, such as `Rp 250.000`; at most 40 characters. */
            price: string | null;
            /** @description At most 500 characters. */
            text: string | null;
            /** @description At most 120 characters. */
            title: string;
            /** @description Where it leads: `http` or `https`, at most 2,000 characters. */
            url: string;
        };
        /** @enum {string} */
        CardKind: "link" | "offer";
        /** @description What is absent stays as it is. */
        ChangeEmail: {
            /** @description At most 1,000 characters. */
            signature: string | null;
        };
        /** @description What is absent stays as it is. */
        ChangeInbox: {
            api?: components["schemas"]["Api"] | null;
            /**
             * Format: int64
             * @description Minutes, 0 for never.
             */
            close_after_minutes?: number | null;
            /**
             * Format: int64
             * @description 0 for never, or 5 to 43,200.
             */
            close_queued_after_minutes?: number | null;
            close_waiting?: boolean | null;
            closing_needs_note?: boolean | null;
            /** @description Whether members must put a tag on what they close. */
            closing_needs_tag?: boolean | null;
            email?: components["schemas"]["ChangeEmail"] | null;
            enabled?: boolean | null;
            /** @description Whether whoever had a conversation may still look at it, by its link, when somebody else has it. */
            formers_read?: boolean | null;
            /** @description Whether its conversations are shown in the record of their contact. */
            in_record?: boolean | null;
            member_ids?: components["schemas"]["MemberId"][] | null;
            name?: string | null;
            routing?: components["schemas"]["Routing"] | null;
            /** @description The teams that its conversations may be given to. */
            team_ids?: components["schemas"]["TeamId"][] | null;
            time_limit?: components["schemas"]["InboxTimeLimit"] | null;
            website?: components["schemas"]["Website"] | null;
        };
        /** @description What is absent stays as it is. */
        ChangeMe: {
            locale?: components["schemas"]["Locale"] | null;
            name?: string | null;
            /** @description At most 1,000 characters. */
            signature?: string | null;
        };
        /** @description What is absent stays as it is. */
        ChangeMember: {
            disabled?: boolean | null;
            /**
             * Format: int64
             * @description How many open conversations he can take before he is busy, 0 to 500; 0: as many as the workspace says.
             */
            open_limit?: number | null;
            role?: components["schemas"]["Role"] | null;
            /** @description What he knows about: at most 20 words of at most 40 characters, without case. */
            skills?: string[] | null;
        };
        ChangePassword: {
            current: string;
            /** @description Also ends one's tokens; without it programs go on. */
            end_tokens?: boolean;
            new: string;
        };
        /** @description What is absent stays as it is; so do the lists that are not named. */
        ChangePreferences: {
            hidden?: components["schemas"]["Occasion"][] | null;
            lists?: {
                [key: string]: string;
            } | null;
            notification_text?: boolean | null;
            quiet?: components["schemas"]["Quiet"] | null;
            silent?: components["schemas"]["Occasion"][] | null;
            single_keys?: boolean | null;
            /** Format: int32 */
            undo_seconds?: number | null;
        };
        /** @description What is absent stays as it is. */
        ChangeQuickReply: {
            /** @description What goes along from now on: its files that stay, and uploads of the member. */
            file_ids?: components["schemas"]["FileId"][] | null;
            /** @description Empty takes it out of its group. */
            group?: string | null;
            scope?: components["schemas"]["QuickReplyScope"] | null;
            shortcut?: string | null;
            text?: string | null;
            title?: string | null;
        };
        /** @description What is absent stays as it is. */
        ChangeRole: {
            /** @description At most 300 characters; none when it is empty. */
            description?: string | null;
            /** @description One line of at most 40 characters. */
            name?: string | null;
            /** @description All of them, `area:action:scope`; what is not named is not held. */
            rights?: string[] | null;
        };
        /** @description What is absent stays as it is. */
        ChangeTag: {
            /** @description Archived ones stay where they are and are put on nothing more. */
            archived?: boolean | null;
            color?: components["schemas"]["TagColor"] | null;
            /** @description One line of at most 40 characters. */
            name?: string | null;
            /** @description Lists show pinned ones beneath the name. */
            pinned?: boolean | null;
        };
        /** @description What is absent stays as it is. */
        ChangeTeam: {
            /** @description One line of at most 40 characters. */
            name?: string | null;
            /** @description Who is in it from now on, or whether he leads it. */
            put?: components["schemas"]["TeamMember"][];
            /** @description Who is in it no more. */
            remove?: components["schemas"]["MemberId"][];
        };
        /** @description What is absent stays as it is. */
        ChangeWorkspace: {
            away_reasons?: components["schemas"]["AwayReason"][] | null;
            /**
             * Format: int64
             * @description 0 to 365; what was deleted before keeps its days.
             */
            erase_after_days?: number | null;
            locale?: components["schemas"]["Locale"] | null;
            /** @description How long the team's messages may be, 200 to 10,000 Unicode code points. */
            message_characters?: number | null;
            name?: string | null;
            /**
             * Format: int64
             * @description 0 to 500.
             */
            open_limit?: number | null;
        };
        /** @enum {string} */
        Channel: "website" | "api" | "email" | "telegram" | "whatsapp" | "messenger" | "instagram";
        /** @description What a message may be on a provider's channel, beside what the workspace says. */
        ChannelLimits: {
            delete: boolean;
            /** @description Whether what was sent can be corrected, and taken back. */
            edit: boolean;
            /** @description The largest files of each kind, and of any other. */
            file_bytes: components["schemas"]["FileBytes"];
            /** @description As which types any other file goes; empty: any. */
            file_types: string[];
            /**
             * Format: int64
             * @description So many hours longer than `answer_until` says may a person answer.
             */
            late_hours: number;
            /** @description With which signs one may react to a customer's message. */
            reactions: string[];
            /** @description Whether there are templates, which leave when nothing else does. */
            templates: boolean;
            text_length: number;
            text_unit: components["schemas"]["TextUnit"];
        };
        /** @description What the provider itself says. */
        CheckedConnection: {
            last_error: string | null;
            /**
             * Format: int64
             * @description What it last said of our address.
             */
            last_error_at: number | null;
            name: string;
            /**
             * Format: int64
             * @description Updates that wait at the provider.
             */
            pending_updates: number;
            /** @description Whether updates come by the way that is set. */
            right_way: boolean;
            username: string;
        };
        /** @description What it is about. */
        Choice: {
            ids: components["schemas"]["ConversationId"][];
            /** @enum {string} */
            kind: "conversations";
        } | {
            /** @enum {string} */
            kind: "list";
            list: string;
        };
        ChoosePassword: {
            password: string;
            token: string;
        };
        ChoosePresence: {
            chosen: components["schemas"]["Chosen"];
            /** @description With `away`: the id of one of the workspace's reasons, or `idle` when the desk saw nobody for a while. */
            reason?: string | null;
        };
        /**
         * @description What a member says of himself.
         * @enum {string}
         */
        Chosen: "online" | "away" | "offline";
        /**
         * @description When somebody has a conversation that waits.
         * @enum {string}
         */
        Claim: "on_reply" | "on_open" | "on_start" | "automatic";
        Close: {
            /** @description For the team: how it ended. */
            note?: string | null;
            reason: components["schemas"]["CloseReason"];
            /** @description Put on it with the closing, beside those that it has. */
            tag_ids?: components["schemas"]["TagId"][];
        };
        /** @enum {string} */
        CloseReason: "solved" | "no_reply" | "spam" | "merged" | "other";
        /** @description A day on which nobody answers. */
        ClosedDay: {
            /** @description For example `2026-12-25`. */
            day: string;
            /** @description Why, for example `Christmas`: at most 60 characters, or none. */
            name: string;
            /** @description Also in all other years. */
            yearly: boolean;
        };
        /** @description A comment that a rule fitted. */
        CommentAnswer: {
            /**
             * Format: int64
             * @description Which of the rule's cases it was, from 0.
             */
            answer: number;
            /** Format: int64 */
            at: number;
            /** @description The provider's name for the comment, and the account's before it. */
            comment: string;
            contact_id: components["schemas"]["ContactId"];
            conversation_id: components["schemas"]["ConversationId"] | null;
            /** @description As he was called then. */
            person: string | null;
            private: components["schemas"]["CommentSent"] | null;
            public: components["schemas"]["CommentSent"] | null;
            /** @description Why nothing of the rule was sent: `blocked`, `too_old`, `not_listed` or `answered_before`. */
            skipped: string | null;
            /** @description At most 500 characters of what he wrote. */
            text: string | null;
        };
        CommentAnswerPage: {
            /** @description Newest first. */
            items: components["schemas"]["CommentAnswer"][];
            /** @description For the page after; `null`: this is the last one. */
            next_cursor: string | null;
        };
        /** @description One way to answer. The first one of a rule that fits is taken. */
        CommentCase: {
            /**
             * @description It fits a comment that has one of these, as whole words, whatever their case and accents; none: any comment. At
             *     most 30 of 60 characters.
             */
            keywords: string[];
            /**
             * @description Said to its author alone; `null`: nothing. Both may hold `{{contact.first_name|there}}`, `{{contact.name}}` and
             *     `{{inbox.name}}`.
             */
            private: string | null;
            /** @description One of these is said below the comment; none: nothing. At most 10. */
            public: string[];
        };
        /** @description How comments are answered by themselves. */
        CommentRule: {
            cases: components["schemas"]["CommentCase"][];
            enabled: boolean;
            id: components["schemas"]["CommentRuleId"];
            name: string;
            /** @description As it was typed: an address or the provider's name; `null`: all posts. */
            post: string | null;
        };
        CommentRuleId: `cru_${string}`;
        CommentRuleList: {
            /** @description The first one that fits a comment answers it. */
            items: components["schemas"]["CommentRule"][];
        };
        /** @description An answer, as it stands in the thread. */
        CommentSent: {
            delivery: components["schemas"]["Delivery"] | null;
            /** @description Why it failed, a code. */
            failure: string | null;
            text: string | null;
        };
        ConnectedAccount: {
            address: string;
            /**
             * Format: int64
             * @description Since when nothing leaves, because the account must be mended.
             */
            broken_at: number | null;
            /** @description What people give to the provider, where it does not take it from us: this server's address for it … */
            callback: string | null;
            /** @description What the channel needs beside it, apart from secrets. */
            fields: {
                [key: string]: string;
            };
            /** @description A word such as `connection`, `late`, `token`, `conflict`, or what the provider said. */
            last_error: string | null;
            /** Format: int64 */
            last_error_at: number | null;
            /**
             * Format: int64
             * @description When the provider last told something, and when we last said something.
             */
            last_in_at: number | null;
            /** Format: int64 */
            last_sent_at: number | null;
            /** @description What the provider says of the account, by its own words. */
            notes: {
                [key: string]: components["schemas"]["AccountNote"];
            };
            /** @description Which secrets are set. They are shown to nobody. */
            secrets: string[];
            /**
             * Format: int64
             * @description Since when it tells nothing, which is longer than usual.
             */
            silent_at: number | null;
            /**
             * Format: int64
             * @description Templates that can be sent, and when they were last asked for.
             */
            templates: number;
            /** Format: int64 */
            templates_at: number | null;
            /**
             * Format: int64
             * @description When the token ends, if it does.
             */
            token_ends_at: number | null;
            /** @description Whether this server can open it: one that has not the key cannot. */
            token_opens: boolean;
            /**
             * Format: int64
             * @description When the token was set. It is shown to nobody.
             */
            token_set_at: number;
            /**
             * Format: int64
             * @description Since when the provider does not tell everything, and could not be made to.
             */
            unheard_at: number | null;
            /** @description … and the word that it shows when it looks there. */
            verify_token: string | null;
            /**
             * Format: int64
             * @description When both were last looked at.
             */
            watched_at: number | null;
            way: components["schemas"]["UpdateWay"];
        };
        ConnectedMailbox: {
            address: string;
            /**
             * Format: int64
             * @description Mails that went in circles, or that a machine wrote to nobody.
             */
            dropped: number;
            /** @description Where a server pushes mail, and what it signs it with. */
            hook_path: string;
            hook_secret: string | null;
            imap: components["schemas"]["MailServer"] | null;
            /** @description A word such as `connection`, `late`, `login`, `certificate`, or what the server said. */
            last_error: string | null;
            /** Format: int64 */
            last_error_at: number | null;
            /**
             * Format: int64
             * @description When something last came, and left.
             */
            last_in_at: number | null;
            /** Format: int64 */
            last_sent_at: number | null;
            /** @description Whether this server can open it: one that has not the key cannot. */
            password_opens: boolean;
            /**
             * Format: int64
             * @description When the password was set. It is shown to nobody.
             */
            password_set_at: number;
            plus_addressing: boolean;
            smtp: components["schemas"]["MailServer"];
            username: string;
        };
        Connection: {
            account: components["schemas"]["ConnectedAccount"] | null;
            /**
             * Format: int64
             * @description Items that were not understood.
             */
            failed_updates: number;
            /** @description Whether updates can be pushed here: the server has a public address with `https`. */
            webhook_possible: boolean;
        };
        ConsentList: {
            /** @description Newest first. */
            items: components["schemas"]["GivenConsent"][];
        };
        Contact: {
            /**
             * Format: int32
             * @description The colour of the avatar, 0 to 9: the same for the same contact everywhere.
             */
            color: number;
            email: string | null;
            id: components["schemas"]["ContactId"];
            /** @description `null` while nobody knows it; clients show a word for "visitor". */
            name: string | null;
            phone: string | null;
            verified: components["schemas"]["Verified"] | null;
        };
        ContactAttributeUpdated: {
            attribute: components["schemas"]["Attribute"];
        };
        ContactChange: {
            /** Format: int64 */
            at: number;
            /** @description His name at that time. */
            by: string;
            changes: components["schemas"]["FieldChange"][];
            member_id: components["schemas"]["MemberId"] | null;
            /**
             * Format: int64
             * @description The version that it led to.
             */
            number: number;
        };
        ContactColumns: {
            /** @description In their order: fields of the profile, ids of attributes, `tags` and `created_at`. */
            columns: string[];
        };
        ContactConversations: {
            /** @description Newest activity first; of those with whoever was merged into him too. */
            items: components["schemas"]["ConversationItem"][];
            /**
             * Format: int64
             * @description Follow the stream from here.
             */
            position: number;
        };
        /** @description What would go with a person. */
        ContactErasure: {
            /**
             * Format: int64
             * @description Ways by which he is reached.
             */
            identities: number;
            notes: number;
            said: components["schemas"]["Said"];
        };
        /**
         * @description What the team can write about a contact.
         * @enum {string}
         */
        ContactField: "display_name" | "first_name" | "last_name" | "email" | "phone" | "country" | "city" | "address" | "language" | "company";
        /** @enum {string} */
        ContactHas: "with" | "without";
        ContactHistory: {
            /** @description Newest first. */
            items: components["schemas"]["ContactChange"][];
            next_cursor: string | null;
        };
        ContactId: `con_${string}`;
        /** @description By which way a contact is reached. */
        ContactIdentity: {
            channel: components["schemas"]["Channel"];
            /** @description How he is called there: a number, an address, a name; none on a website that signs nothing. */
            external_id: string | null;
            inbox_id: components["schemas"]["InboxId"];
            /**
             * Format: int64
             * @description Since when he is known there.
             */
            since: number;
        };
        /** @description An import and its figures. Until it runs they are those of its trial. */
        ContactImport: {
            /** Format: int64 */
            begun_at: number;
            /** @description Who brought it, by his name at that time. */
            by: string;
            /** Format: int64 */
            changed: number;
            /** Format: int64 */
            ended_at: number | null;
            /** @description It stopped because of a fault of ours. */
            failed: boolean;
            id: components["schemas"]["ContactImportId"];
            /**
             * Format: int64
             * @description … and those that changed since, or have talked with the team.
             */
            kept: number;
            /** @description Its file is still here: it may be taken back, and what was refused may be downloaded. */
            kept_file: boolean;
            /** Format: int64 */
            made: number;
            member_id: components["schemas"]["MemberId"];
            /** @description Of the file. */
            name: string;
            /**
             * Format: int64
             * @description So far it came; of what is taken back, the row that is next was before it.
             */
            reached: number;
            /** Format: int64 */
            refused: number;
            /**
             * Format: int64
             * @description Of the trial: rows about somebody whom a row before names too.
             */
            repeated: number;
            state: components["schemas"]["ImportState"];
            /**
             * Format: int64
             * @description Rows of which nothing is left …
             */
            taken_back: number;
            /**
             * Format: int64
             * @description Rows below the first.
             */
            total: number;
            /**
             * Format: int64
             * @description When it last came further.
             */
            touched_at: number;
            /**
             * Format: int64
             * @description Those that say nothing new, or whom it leaves as they are.
             */
            unchanged: number;
        };
        ContactImportId: `cim_${string}`;
        /** @description Somebody who was merged into a contact. */
        ContactMerge: {
            /** Format: int64 */
            at: number;
            /** @description The name of the member who did it. */
            by: string;
            /** @description As he was shown before. */
            contact: components["schemas"]["Contact"];
            /**
             * Format: int64
             * @description He can be parted again until then.
             */
            undo_until: number;
        };
        ContactNote: {
            /** Format: int64 */
            at: number;
            /** @description The author's name at that time. */
            by: string;
            /** Format: int64 */
            edited_at: number | null;
            id: components["schemas"]["ContactNoteId"];
            member_id: components["schemas"]["MemberId"];
            text: string;
        };
        ContactNoteId: `cno_${string}`;
        ContactNotes: {
            /** @description Newest first. */
            items: components["schemas"]["ContactNote"][];
        };
        ContactPage: {
            /** @description What the asking member wants to see beside names. */
            columns: string[];
            items: components["schemas"]["ContactRow"][];
            /** @description It may be there before the page is full. */
            next_cursor: string | null;
        };
        ContactProfile: {
            /** @description By what the workspace wants to know, as text. */
            attributes: {
                [key: string]: string;
            };
            /** @description The asking member may change it. */
            can_edit: boolean;
            /** @description As he is shown everywhere. */
            contact: components["schemas"]["Contact"];
            /** Format: int64 */
            created_at: number;
            /** @description What the team wrote, by field. What it did not write is absent. */
            fields: {
                [key: string]: string;
            };
            identities: components["schemas"]["ContactIdentity"][];
            /** @description Who was merged into him and can be parted again, newest first. */
            merges: components["schemas"]["ContactMerge"][];
            /** @description Newest first. */
            notes: components["schemas"]["ContactNote"][];
            source: components["schemas"]["ContactSource"] | null;
            tag_ids: components["schemas"]["TagId"][];
            /** @description What his channels or his page tell of him, beside what the team wrote. */
            told: components["schemas"]["ToldProfile"];
            /**
             * Format: int64
             * @description Grows with each change of what the team wrote.
             */
            version: number;
        };
        /** @description What happened to which contact. */
        ContactRecord: {
            at: components["schemas"]["i64"];
            /** @description The member's name at that time. */
            by: string | null;
            contact_id: components["schemas"]["ContactId"];
            id: components["schemas"]["ContactRecordId"];
            inbox_id: components["schemas"]["InboxId"] | null;
            kind: components["schemas"]["RecordKind"];
            member_id: components["schemas"]["MemberId"] | null;
            other_id: components["schemas"]["ContactId"] | null;
            source: components["schemas"]["RecordSource"];
        };
        ContactRecordId: `crd_${string}`;
        ContactRow: {
            attributes: {
                [key: string]: string;
            };
            blocked: boolean;
            contact: components["schemas"]["Contact"];
            /** Format: int64 */
            created_at: number;
            /** @description What the team wrote, by field. */
            fields: {
                [key: string]: string;
            };
            tag_ids: components["schemas"]["TagId"][];
        };
        /** @enum {string} */
        ContactSort: "newest" | "oldest" | "name";
        ContactSource: {
            at: components["schemas"]["i64"];
            kind: components["schemas"]["SourceKind"];
            /** @description The first page of the site that is known. */
            landing: string | null;
            /** @description Who led him here, such as `Google`, `blog.example` or the title of an advertisement; `null`: nobody told. */
            name: string | null;
            /** @description The page that led him to the site, without what it was asked. */
            referrer: string | null;
            /** @description What the link says of its campaign: `source`, `medium`, `campaign`, `term`, `content` and `id`. */
            utm: {
                [key: string]: string;
            };
        };
        ContactTimeline: {
            /** @description Where the next one begins; `null`: there is nothing newer yet. */
            after: string | null;
            /** @description Where the page before this one ends; `null`: there is nothing older. */
            before: string | null;
            /** @description Those of the person, whatever is shown of them here. */
            conversations: components["schemas"]["ConversationItem"][];
            /** @description Oldest first. */
            items: components["schemas"]["TimelineEntry"][];
            /**
             * Format: int64
             * @description What happens after this position comes through the stream.
             */
            position: number;
        };
        ContactUpdated: {
            contact_id: components["schemas"]["ContactId"];
            /**
             * Format: int64
             * @description Of what the team wrote.
             */
            version: number;
        };
        Conversation: {
            /**
             * Format: int64
             * @description Until when the contact can be answered on his channel; after that with a template only. `null`: always.
             */
            answer_until: number | null;
            block: components["schemas"]["Block"] | null;
            /** @description Of its inbox. */
            channel: components["schemas"]["Channel"];
            close_reason: components["schemas"]["CloseReason"] | null;
            contact: components["schemas"]["Contact"];
            counts: components["schemas"]["EntryCounts"];
            holder: components["schemas"]["Holder"];
            id: components["schemas"]["ConversationId"];
            /**
             * Format: int64
             * @description The contact's messages so far; unread for a member is this minus what he has seen.
             */
            inbound_count: number;
            inbox_id: components["schemas"]["InboxId"];
            /**
             * Format: int64
             * @description Milliseconds UTC, like all times.
             */
            last_activity_at: number;
            /**
             * Format: int64
             * @description The position of its newest entry.
             */
            last_position: number;
            /** Format: int64 */
            late_at: number | null;
            /** Format: int64 */
            opened_at: number;
            /** @description What the page with the widget says of the contact. Nobody proved it. */
            page_data: components["schemas"]["BTreeMap"];
            preview: components["schemas"]["Preview"] | null;
            priority: components["schemas"]["Priority"];
            /**
             * Format: int64
             * @description Grows with each change; an older one never overwrites a newer one.
             */
            revision: number;
            /**
             * Format: int64
             * @description When the next message that a member wrote ahead is sent.
             */
            scheduled_at: number | null;
            /**
             * Format: int64
             * @description Put aside until then.
             */
            snoozed_until: number | null;
            /**
             * Format: int64
             * @description Up to here some member has read.
             */
            staff_read_position: number;
            status: components["schemas"]["Status"];
            /** @description In the order in which they were put on; they stay when a new session begins. */
            tag_ids: components["schemas"]["TagId"][];
            /** @description What its newest session is about. */
            title: string | null;
            visit: components["schemas"]["Visit"] | null;
            /**
             * Format: int64
             * @description The first unanswered message of the contact in this session.
             */
            waiting_since: number | null;
            /**
             * Format: int64
             * @description When his waiting is marked yellow and red, where a time limit holds.
             */
            warning_at: number | null;
        };
        ConversationGone: {
            /** @description The name of the member who has it now. */
            by: string | null;
            conversation_id: components["schemas"]["ConversationId"];
            /** @description It was taken away from everybody. */
            deleted: boolean;
            joined: components["schemas"]["ConversationId"] | null;
            /**
             * Format: int64
             * @description What is known up to this revision is gone; anything newer is seen again.
             */
            revision: number;
        };
        ConversationHits: {
            /** @description Newest first, at most 500. */
            hits: components["schemas"]["Hit"][];
            /** @description There are more than these. */
            more: boolean;
        };
        ConversationId: `cnv_${string}`;
        /** @description A conversation with what is the viewer's own. */
        ConversationItem: {
            can: components["schemas"]["Can"][];
            conversation: components["schemas"]["Conversation"];
            /**
             * Format: int64
             * @description The contact's messages that the viewer has seen.
             */
            inbound_seen: number;
            /**
             * Format: int64
             * @description Of the viewer's mark: grows with each change.
             */
            mark: number;
            /** @description He has not read that yet. */
            mentioned: boolean;
            /**
             * Format: int64
             * @description When the viewer was mentioned in it last.
             */
            mentioned_at: number | null;
            /** @description The viewer wants no sound, no notification and no number of it. */
            muted: boolean;
            /** @description The viewer marked it unread by hand. */
            unread: boolean;
        };
        ConversationMentioned: {
            /** @description The name of the member who wrote the note. */
            by: string;
            conversation_id: components["schemas"]["ConversationId"];
            entry_id: components["schemas"]["EntryId"];
            /** @description The name of the team that was mentioned, when it was not the listener himself. */
            team: string | null;
        };
        ConversationPage: {
            items: components["schemas"]["ConversationItem"][];
            /**
             * @description Where the next page begins. It may be there before this one is full: a page looks at a few hundred
             *     conversations at most.
             */
            next_cursor: string | null;
            /**
             * Format: int64
             * @description Follow the stream from here.
             */
            position: number;
            reached: components["schemas"]["Place"] | null;
        };
        ConversationReadMark: {
            conversation_id: components["schemas"]["ConversationId"];
            /** Format: int64 */
            inbound_seen: number;
            /**
             * Format: int64
             * @description Grows with each change; the flag of an older mark never overwrites a newer one.
             */
            mark: number;
            /** @description He has not read that yet. */
            mentioned: boolean;
            /**
             * Format: int64
             * @description When the member was mentioned in it last.
             */
            mentioned_at: number | null;
            muted: boolean;
            /**
             * Format: int64
             * @description Up to which entry the member has read.
             */
            position: number;
            /** @description Marked unread by hand. */
            unread: boolean;
        };
        ConversationRecord: {
            /** @description It belongs to this conversation, and not only to its contact. */
            bound: boolean;
            record: components["schemas"]["Record"];
        };
        ConversationRecords: {
            /** @description The member may make records here, and say which belong to the conversation. */
            can_edit: boolean;
            /** @description Newest first, at most 50. */
            items: components["schemas"]["ConversationRecord"][];
            /** @description There are others. */
            more: boolean;
        };
        ConversationSession: {
            came_by: components["schemas"]["ContactSource"] | null;
            close_reason: components["schemas"]["CloseReason"] | null;
            /**
             * Format: int64
             * @description `null` while it lasts.
             */
            closed_at: number | null;
            /**
             * Format: int64
             * @description 1, 2, 3 … in its conversation.
             */
            number: number;
            /** Format: int64 */
            opened_at: number;
            title: string | null;
        };
        ConversationThread: {
            /** @description The newest ones, oldest of them first. */
            entries: components["schemas"]["Entry"][];
            item: components["schemas"]["ConversationItem"];
            /**
             * Format: int64
             * @description Follow the stream from here.
             */
            position: number;
        };
        ConversationUpdated: {
            conversation: components["schemas"]["Conversation"];
            delivery: components["schemas"]["DeliveryMove"] | null;
            /** @description Replace by id when the revision is higher. */
            entries: components["schemas"]["Entry"][];
        };
        Corrected: {
            /**
             * Format: int64
             * @description When it last changed.
             */
            edited_at: number | null;
            id: components["schemas"]["EntryId"];
            text: string | null;
        };
        Counters: {
            inbox_id: components["schemas"]["InboxId"];
            /** Format: int64 */
            open: number;
            /**
             * Format: int64
             * @description Open, and nobody is in charge.
             */
            queued: number;
        };
        /** @enum {string} */
        CountsFrom: "first_unanswered" | "last_message" | "first_of_session";
        CreateContact: {
            /** @description By the id of an attribute. The required ones are there. */
            attributes?: {
                [key: string]: string | null;
            };
            /** @description By field; at least one of them says something. */
            fields: {
                [key: string]: string | null;
            };
            id?: components["schemas"]["ContactId"] | null;
        };
        CreateInbox: {
            api?: components["schemas"]["Api"] | null;
            /**
             * Format: int64
             * @description Minutes without an answer of the contact after which a conversation is closed by itself: 0 for never, or 5 to
             *     43,200; usually a day.
             */
            close_after_minutes?: number;
            /**
             * Format: int64
             * @description The same for what nobody is in charge of, whoever wrote last: 0 for never, or 5 to 43,200.
             */
            close_queued_after_minutes?: number;
            /** @description Whether what its contact waits in is closed as well. */
            close_waiting?: boolean;
            /** @description Whether members must say how it ended. */
            closing_needs_note?: boolean;
            /** @description Whether members must put a tag on what they close. */
            closing_needs_tag?: boolean;
            email?: components["schemas"]["NewEmail"] | null;
            id?: components["schemas"]["InboxId"] | null;
            member_ids?: components["schemas"]["MemberId"][];
            messenger?: components["schemas"]["NewMessenger"] | null;
            name: string;
            website?: components["schemas"]["Website"] | null;
        };
        CreateMemberToken: {
            /**
             * Format: int64
             * @description At most 366 days from now.
             */
            expires_at: number;
            /** @description One line of at most 60 characters. */
            name: string;
            /**
             * @description `area:action`, at least one, of those that the member holds; never `member:manage`. With nothing but
             *     `conversation:view` and `audit:view` the token only reads.
             */
            rights: string[];
        };
        CreateQuickReply: {
            /** @description Uploads of the member, to go along. */
            file_ids?: components["schemas"]["FileId"][];
            group?: string | null;
            id?: components["schemas"]["QuickReplyId"] | null;
            scope: components["schemas"]["QuickReplyScope"];
            shortcut: string;
            text: string;
            title: string;
        };
        CreateRecord: {
            /** @description One line of at most 60 characters; without it the next number of its type. */
            number?: string | null;
            state_id?: components["schemas"]["RecordStateId"] | null;
            /** @description One line of at most 120 characters. */
            title?: string | null;
            type_id: components["schemas"]["RecordTypeId"];
            /** @description By the id of a field. */
            values?: {
                [key: string]: string;
            };
        };
        CreateRole: {
            /** @description At most 300 characters. */
            description?: string;
            id?: components["schemas"]["RoleId"] | null;
            /** @description One line of at most 40 characters. */
            name: string;
            /** @description `area:action:scope`; what is not named is not held. */
            rights: string[];
        };
        CreateTag: {
            color: components["schemas"]["TagColor"];
            id?: components["schemas"]["TagId"] | null;
            /** @description One line of at most 40 characters. */
            name: string;
            pinned?: boolean;
        };
        CreateTeam: {
            id?: components["schemas"]["TeamId"] | null;
            members?: components["schemas"]["TeamMember"][];
            /** @description One line of at most 40 characters. */
            name: string;
        };
        CreateVisitor: {
            /** @description To what the inbox asks before the first message. */
            answers?: components["schemas"]["Answers"];
            inbox_id: components["schemas"]["InboxId"];
            /** @description The browser's language. */
            locale: string;
            /** @description Of the page that carries the widget, for example `https://shop.example`. */
            origin: string;
        };
        CreatedApiToken: {
            id: components["schemas"]["ApiTokenId"];
            /** @description Shown this once. */
            token: string;
        };
        CreatedMemberToken: {
            member_token: components["schemas"]["MemberToken"];
            /** @description Shown this once. */
            token: string;
        };
        CreatedVisitor: {
            /** @description Shown this once; the widget keeps it. */
            token: string;
            visitor_id: components["schemas"]["VisitorId"];
        };
        /** @description What is absent stays as it was. */
        Customer: {
            /** @description Kept; at most 50, with names of at most 64 and values of at most 1,000 characters. */
            attributes: {
                [key: string]: string;
            } | null;
            /** @description Kept; at most 500 characters. */
            avatar_url: string | null;
            /** @description At most 320 characters. A claim, as far as we know. */
            email: string | null;
            /** @description The other system's own name for him, 1 to 200 characters: the same is the same contact. */
            external_id: string;
            /** @description At most 200 characters. */
            name: string | null;
            /** @description At most 50 characters. */
            phone: string | null;
        };
        DataField: {
            id: components["schemas"]["DataFieldId"];
            kind: components["schemas"]["DataKind"];
            /** @description As the team reads it. */
            label: string;
            /** @description As the page calls it; capitals count. */
            name: string;
            shown: boolean;
        };
        DataFieldId: `dfd_${string}`;
        DataFieldList: {
            /** @description In the order in which they were made, which is that in which they are shown. */
            items: components["schemas"]["DataField"][];
        };
        /** @description Whoever shows it asks again. */
        DataFieldsChanged: Record<string, never>;
        /** @enum {string} */
        DataKind: "text" | "number" | "date" | "flag" | "link" | "money";
        DefaultTimeLimit: {
            limit?: components["schemas"]["TimeLimit"] | null;
        };
        Deleted: {
            conversation_id: components["schemas"]["ConversationId"];
            /**
             * Format: int64
             * @description It can be put back until then, in milliseconds UTC.
             */
            erase_at: number;
        };
        /** @description A conversation that was deleted, for whoever may put it back. */
        Deletion: {
            /** @description The name of the member who deleted it. */
            by: string;
            channel: components["schemas"]["Channel"];
            contact: components["schemas"]["Contact"];
            conversation_id: components["schemas"]["ConversationId"];
            /** Format: int64 */
            deleted_at: number;
            /**
             * Format: int64
             * @description It can be put back until then.
             */
            erase_at: number;
            inbox_id: components["schemas"]["InboxId"];
            /** Format: int64 */
            last_activity_at: number;
            /**
             * Format: int64
             * @description From either side.
             */
            messages: number;
        };
        DeletionPage: {
            /** @description Those that were deleted last come first. */
            items: components["schemas"]["Deletion"][];
            /** @description It may be there before the page is full. */
            next_cursor: string | null;
        };
        /**
         * @description How far a member's message has come. The order is meant: it only moves forward.
         * @enum {string}
         */
        Delivery: "queued" | "sent" | "delivered" | "read" | "uncertain" | "failed";
        /** @description All members' messages up to a position moved forward to a state. */
        DeliveryMove: {
            state: components["schemas"]["Delivery"];
            /** Format: int64 */
            up_to: number;
        };
        DeliveryState: {
            id: components["schemas"]["EntryId"];
            /** @description Where it stands now: an older word than the last changes nothing. */
            status: components["schemas"]["Delivery"];
        };
        Desk: {
            counters: components["schemas"]["Counters"][];
            /** @description What the member has begun to write, the newest first. */
            drafts: components["schemas"]["Draft"][];
            inboxes: components["schemas"]["Inbox"][];
            me: components["schemas"]["Me"];
            members: components["schemas"]["Member"][];
            /** @description Of the newest 100 conversations in which I was mentioned, those in which I have not read that. */
            mentioned_in: components["schemas"]["ConversationId"][];
            page: components["schemas"]["ConversationPage"];
            /** @description Who takes nothing from which inbox for now: my own, and of inboxes that I see. */
            pauses: components["schemas"]["Pause"][];
            /**
             * Format: int64
             * @description Follow the stream from here: it was taken before anything else was read.
             */
            position: number;
            /** @description Whether they are there. */
            presences: components["schemas"]["Presence"][];
            /** @description Of the workspace, by name. */
            tags: components["schemas"]["Tag"][];
            /** @description Of the teams whose queues I see, where something waits. */
            team_queues: components["schemas"]["TeamQueue"][];
            /** @description Of the workspace, by name. */
            teams: components["schemas"]["Team"][];
            /**
             * @description How many of the newest 1,000 conversations that I hold have something unread, or were marked so, and how much, in
             *     each inbox where any has.
             */
            unread_mine: components["schemas"]["UnreadMine"][];
            /** @description The newest 100 alerts for me or a team of mine that I have not seen. */
            unseen_alerts: components["schemas"]["UnseenAlert"][];
        };
        DeskEvent: {
            data: components["schemas"]["MemberUpdated"];
            /** @enum {string} */
            kind: "member.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["WorkspaceUpdated"];
            /** @enum {string} */
            kind: "workspace.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["RoleUpdated"];
            /** @enum {string} */
            kind: "role.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["TeamUpdated"];
            /** @enum {string} */
            kind: "team.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["PresenceUpdated"];
            /** @enum {string} */
            kind: "presence.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["Pause"];
            /** @enum {string} */
            kind: "pause.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["TeamGone"];
            /** @enum {string} */
            kind: "team.gone";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["InboxUpdated"];
            /** @enum {string} */
            kind: "inbox.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["Counters"];
            /** @enum {string} */
            kind: "inbox.counters";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["TeamQueue"];
            /** @enum {string} */
            kind: "inbox.team_queue";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["TagUpdated"];
            /** @enum {string} */
            kind: "tag.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            can: components["schemas"]["Can"][];
            data: components["schemas"]["ConversationUpdated"];
            /** @enum {string} */
            kind: "conversation.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["ConversationGone"];
            /** @enum {string} */
            kind: "conversation.gone";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["ConversationReadMark"];
            /** @enum {string} */
            kind: "conversation.read_mark";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["ConversationMentioned"];
            /** @enum {string} */
            kind: "conversation.mentioned";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["DraftSaved"];
            /** @enum {string} */
            kind: "draft.saved";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["ScheduleFailed"];
            /** @enum {string} */
            kind: "schedule.failed";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["LimitReached"];
            /** @enum {string} */
            kind: "conversation.limit_reached";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["BatchUpdated"];
            /** @enum {string} */
            kind: "batch.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["SavedViewUpdated"];
            /** @enum {string} */
            kind: "saved_view.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["SavedViewGone"];
            /** @enum {string} */
            kind: "saved_view.gone";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["AlertAdded"];
            /** @enum {string} */
            kind: "alert.added";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["ActivitySeen"];
            /** @enum {string} */
            kind: "activity.seen";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["ContactUpdated"];
            /** @enum {string} */
            kind: "contact.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["ContactAttributeUpdated"];
            /** @enum {string} */
            kind: "contact_attribute.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["DataFieldsChanged"];
            /** @enum {string} */
            kind: "data_fields.changed";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["RecordUpdated"];
            /** @enum {string} */
            kind: "record.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["RecordTypesChanged"];
            /** @enum {string} */
            kind: "record_types.changed";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            can: components["schemas"]["QuickReplyCan"][];
            data: components["schemas"]["QuickReplyUpdated"];
            /** @enum {string} */
            kind: "quick_reply.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["QuickReplyGone"];
            /** @enum {string} */
            kind: "quick_reply.gone";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            can: components["schemas"]["QuickReplyCan"][];
            data: components["schemas"]["QuickReplyUsed"];
            /** @enum {string} */
            kind: "quick_reply.used";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        };
        /** @enum {string} */
        Device: "computer" | "phone" | "tablet";
        Draft: {
            conversation_id: components["schemas"]["ConversationId"];
            note: components["schemas"]["NoteDraft"] | null;
            reply: components["schemas"]["ReplyDraft"] | null;
            /**
             * Format: int64
             * @description Milliseconds UTC; grows with each version.
             */
            saved_at: number;
        };
        DraftPage: {
            /** @description Those conversations of these drafts that the member still sees. */
            conversations: components["schemas"]["ConversationItem"][];
            items: components["schemas"]["Draft"][];
            next_cursor: string | null;
        };
        /** @description The words themselves are asked for: events are kept longer than drafts. */
        DraftSaved: {
            conversation_id: components["schemas"]["ConversationId"];
            /**
             * Format: int64
             * @description The version, in milliseconds UTC.
             */
            saved_at: number;
        };
        Duplicate: {
            contact: components["schemas"]["Contact"];
            /** Format: int64 */
            created_at: number;
            /** @description What both have, the surest first. */
            same: components["schemas"]["Likeness"][];
        };
        Duplicates: {
            /** @description The likeliest first. */
            items: components["schemas"]["Duplicate"][];
        };
        /** @description What an entry said before it was corrected. Members see it, contacts do not. */
        Earlier: {
            /**
             * Format: int64
             * @description Since when it said so.
             */
            at: number;
            /**
             * Format: int32
             * @description Of ratings.
             */
            score: number;
            text: string | null;
        };
        EditContact: {
            /** @description By the id of an attribute, in the same way. */
            attributes?: {
                [key: string]: string | null;
            };
            /** @description By field; `null` or blanks take away what the team wrote. What is absent stays as it is. */
            fields?: {
                [key: string]: string | null;
            };
            /**
             * Format: int64
             * @description The version that the writer looked at.
             */
            version: number;
        };
        EditEntry: {
            /** @description May be empty when the message has files or a card. */
            text: string;
        };
        EditRecord: {
            /** @description What is absent stays as it is. */
            number?: string | null;
            state_id?: components["schemas"]["RecordStateId"] | null;
            /** @description Blanks take it away. */
            title?: string | null;
            /** @description By the id of a field; `null` or blanks take away what it says. */
            values?: {
                [key: string]: string | null;
            };
            /**
             * Format: int64
             * @description The version that the writer looked at.
             */
            version: number;
        };
        /**
         * @description What a right comes to.
         * @enum {string}
         */
        Effect: "held" | "lacking" | "no_place" | "no_team" | "no_reply" | "disabled";
        Email: {
            /** @description Where customers write to; nobody is reached before there is one. */
            address: string | null;
            /** @description What its mails end with, with marks; `{{me.name}}` and `{{inbox.name}}` are filled in. */
            signature: string;
        };
        /** @enum {string} */
        Encryption: "tls" | "starttls" | "none";
        Entry: {
            about: components["schemas"]["About"] | null;
            assignment: components["schemas"]["Assignment"] | null;
            /** Format: int64 */
            at: number;
            author: components["schemas"]["Author"];
            card: components["schemas"]["Card"] | null;
            /**
             * Format: int64
             * @description Of cards: when the contact first opened the link.
             */
            clicked_at: number | null;
            conversation_id: components["schemas"]["ConversationId"];
            delivery: components["schemas"]["Delivery"] | null;
            /** @description Oldest first. */
            earlier: components["schemas"]["Earlier"][];
            /**
             * Format: int64
             * @description When the text last changed.
             */
            edited_at: number | null;
            /**
             * @description Why the delivery failed, a code: `refused`, `webhook_…` or `channel_…`, or `uncertain`. Of what was not sent: the
             *     code of the refusal.
             */
            failure: string | null;
            /** @description What the other side said about it. */
            failure_detail: string | null;
            files: components["schemas"]["File"][];
            id: components["schemas"]["EntryId"];
            kind: components["schemas"]["EntryKind"];
            mail: components["schemas"]["Mail"] | null;
            /** @description Of notes. */
            mentions: components["schemas"]["Mention"][];
            page: components["schemas"]["Page"] | null;
            /**
             * Format: int64
             * @description 1, 2, 3 … in its conversation.
             */
            position: number;
            quote: components["schemas"]["Quote"] | null;
            /** @description Of messages: who reacted to it, and how. One of the contact, and one of the team. */
            reactions: components["schemas"]["Reaction"][];
            reason: components["schemas"]["CloseReason"] | null;
            record: components["schemas"]["RecordNews"] | null;
            removed: components["schemas"]["Removed"] | null;
            /**
             * Format: int64
             * @description The conversation's revision at its last change.
             */
            revision: number;
            /**
             * Format: int32
             * @description Of ratings: 1 to 5, the best.
             */
            score: number | null;
            tag_id: components["schemas"]["TagId"] | null;
            text: string | null;
            /** @description Of a contact's message that cannot be shown here: what his channel calls it. */
            unsupported: string | null;
            /**
             * Format: int64
             * @description Of snoozes and blocks: when they end.
             */
            until: number | null;
            /**
             * Format: int64
             * @description When it was written, by what another system says; `at` is when it arrived.
             */
            written_at: number | null;
        };
        /**
         * @description How many entries of these kinds there are; positions are 1..n, so that with the contact's messages they tell how many
         *     of the others there are too.
         */
        EntryCounts: {
            /**
             * Format: int64
             * @description Of the messages of members, those with a card or files: what was done, and not only said.
             */
            acts: number;
            /** Format: int64 */
            notes: number;
            /**
             * Format: int64
             * @description Pages that the contact looked at.
             */
            pages: number;
            /** Format: int64 */
            ratings: number;
            /**
             * Format: int64
             * @description Messages of members.
             */
            sent: number;
        };
        EntryId: `ent_${string}`;
        /** @enum {string} */
        EntryKind: "message" | "note" | "opened" | "closed" | "reopened" | "assigned" | "snoozed" | "woken" | "blocked" | "unblocked" | "titled" | "tagged" | "untagged" | "prioritized" | "unpinned" | "bound" | "rating" | "navigation" | "greeted" | "card_clicked" | "not_sent" | "restored" | "record";
        EntryPage: {
            /** @description Oldest first. */
            entries: components["schemas"]["Entry"][];
        };
        ExplainedRight: {
            effect: components["schemas"]["Effect"];
            /** @description `area:action`. */
            right: string;
            /** @description The roles that have it, the shipped ones first. */
            roles: components["schemas"]["Role"][];
            /** @description As his role says. */
            scope: components["schemas"]["Scope"];
        };
        /** @enum {string} */
        ExportFormat: "csv" | "xlsx";
        FailedMail: {
            /** Format: int64 */
            at: number;
            failure: string;
            /** @description As its headers say, if they can be read. */
            from: string | null;
            id: components["schemas"]["UpdateId"];
            /**
             * Format: int64
             * @description Bytes; 0: it was never fetched, and cannot be read again.
             */
            size: number;
            subject: string | null;
        };
        FailedMailPage: {
            /** @description The newest first. */
            items: components["schemas"]["FailedMail"][];
            next_cursor: components["schemas"]["UpdateId"] | null;
        };
        /** @description Something that a provider told and that was not understood. */
        FailedUpdate: {
            /** Format: int64 */
            at: number;
            /** @description Why, for people who know the channel. */
            failure: string;
            id: components["schemas"]["UpdateId"];
            /** @description As it came; at most 4,000 characters of it. */
            raw: string;
        };
        FailedUpdateList: {
            /** @description Newest first; at most 100. */
            items: components["schemas"]["FailedUpdate"][];
        };
        /** @description One field, from what to what. */
        FieldChange: {
            after: string | null;
            /** @description `null`: there was nothing. */
            before: string | null;
            /** @description A field of the profile, such as `email`; `tag`; or the id of an attribute. */
            field: string;
        };
        File: {
            absent: components["schemas"]["Absent"] | null;
            /** Format: int64 */
            height: number | null;
            id: components["schemas"]["FileId"];
            kind: components["schemas"]["FileKind"];
            /** @description Told by the content. */
            media_type: string;
            name: string;
            preview: components["schemas"]["FilePreview"];
            /**
             * Format: int64
             * @description In bytes.
             */
            size: number;
            /**
             * Format: int64
             * @description Of pictures, in pixels.
             */
            width: number | null;
        };
        /** @description What is larger may go as any other file, if its type is one of those. */
        FileBytes: {
            /** Format: int64 */
            audio: number;
            /** Format: int64 */
            image: number;
            /** Format: int64 */
            other: number;
            /** Format: int64 */
            video: number;
        };
        FileId: `fil_${string}`;
        /** @enum {string} */
        FileKind: "image" | "audio" | "video" | "file";
        /**
         * @description Whether there is a picture to show.
         * @enum {string}
         */
        FilePreview: "none" | "pending" | "ready" | "failed";
        /** @description Something that another system has of a contact. Its own word. */
        FoundOutside: {
            number: string;
            state: string | null;
            title: string | null;
            /** @description `https://`, where it shows it. */
            url: string | null;
        };
        GivenConsent: {
            at: components["schemas"]["i64"];
            link: string;
            /** @description As it was then. */
            text: string;
            /**
             * Format: int64
             * @description Of the inbox's text.
             */
            version: number;
        };
        Glance: {
            /**
             * Format: int64
             * @description At most 99.
             */
            conversations: number;
            /** @description There may be more. */
            more: boolean;
        };
        Greeting: {
            /**
             * Format: int64
             * @description How long the visitor is on the page before, 1 to 600.
             */
            after_seconds: number;
            /** @description Not while the inbox is closed. */
            only_open: boolean;
            /** @description Only on pages whose address contains this, in capitals or not; empty: on all. */
            page: string;
            /** @description At most 300 characters. */
            text: string;
            /** @description For those who read another language. */
            text_in: components["schemas"]["BTreeMap"];
        };
        HeardHere: {
            /**
             * Format: int64
             * @description When to tell it again; 0: he is not listed, and need not tell it.
             */
            again_ms: number;
            invitation: components["schemas"]["VisitorInvitation"] | null;
        };
        /** @description A message or note in which something was found. */
        Hit: {
            /** Format: int64 */
            at: number;
            author: components["schemas"]["Author"];
            contact: components["schemas"]["Contact"];
            conversation_id: components["schemas"]["ConversationId"];
            entry_id: components["schemas"]["EntryId"];
            /** @description The snippet is the name of a file. */
            in_file: boolean;
            inbox_id: components["schemas"]["InboxId"];
            kind: components["schemas"]["EntryKind"];
            /** Format: int64 */
            position: number;
            /** @description Of its text, or of the name of the file that was found. */
            snippet: components["schemas"]["Snippet"];
        };
        /** @description Who is in charge. */
        Holder: {
            /** @enum {string} */
            kind: "queue";
        } | {
            id: components["schemas"]["MemberId"];
            /** @enum {string} */
            kind: "member";
        } | {
            id: components["schemas"]["TeamId"];
            /** @enum {string} */
            kind: "team";
        };
        Hours: {
            /** @default null */
            calendar_id: components["schemas"]["CalendarId"] | null;
            /**
             * @description Closed all day, for example `2026-12-25`, or `--12-25` in each year; in order, at most 200.
             * @default []
             */
            closed_days: string[];
            /**
             * @description Off: nothing is said about hours.
             * @default false
             */
            enabled: boolean;
            /**
             * @description By day and time; none of a day: closed.
             * @default []
             */
            week: components["schemas"]["OpenSpan"][];
            /**
             * @description Of the IANA database, for example `Asia/Jakarta`.
             * @default UTC
             */
            zone: string;
        };
        Identified: {
            /** @description Instead of the one before, which opens nothing more; `null` when that one goes on. */
            token: string | null;
        };
        Identify: {
            /** @description The token that the website signed. */
            identity: string;
            /** @description The page and its browser, and what is asked of somebody who is new here. What is signed answers it too. */
            visitor: components["schemas"]["CreateVisitor"];
        };
        IdentityKey: {
            /** @description Its characters are the key, as they are. `null`: there is none, and nobody proves who he is. */
            key: string | null;
            /**
             * Format: int64
             * @description The one before counts along until then.
             */
            old_key_until: number | null;
        };
        ImportColumn: {
            /** @description What it may be, in the words of a plan. */
            guess: string | null;
            /** @description As the first row calls it. */
            name: string;
            /** @description Of the first rows that say something there, shortened. */
            samples: string[];
        };
        /**
         * @description How days are written that do not begin with their year.
         * @enum {string}
         */
        ImportDates: "day_first" | "month_first";
        /**
         * @description What becomes of whoever is known already.
         * @enum {string}
         */
        ImportExisting: "skip" | "fill" | "overwrite";
        /**
         * @description By what somebody is known already.
         * @enum {string}
         */
        ImportFindBy: "email" | "phone" | "external_id";
        ImportList: {
            /** @description Newest first. */
            items: components["schemas"]["ContactImport"][];
            next_cursor: string | null;
        };
        ImportPlan: {
            /**
             * @description For each column of the file: a field of the profile, the id of an attribute, `tags`, `note`, `external_id`, or
             *     `null`, which leaves it out. Each once.
             */
            columns: (string | null)[];
            /** @description What the table calls countries, in small letters, and their codes. */
            countries?: {
                [key: string]: string;
            };
            dates?: components["schemas"]["ImportDates"];
            existing: components["schemas"]["ImportExisting"];
            find_by?: components["schemas"]["ImportFindBy"] | null;
            inbox_id?: components["schemas"]["InboxId"] | null;
            /** @description The same of languages. */
            languages?: {
                [key: string]: string;
            };
            /** @description Put on everybody who comes in or is changed; at most 10. */
            tag_ids?: components["schemas"]["TagId"][];
        };
        ImportProblem: {
            /** @description The code of the problem, and the values of its sentence. */
            code: string;
            /**
             * Format: int64
             * @description As a spreadsheet or an editor counts: the first line of the file is 1.
             */
            line: number;
            params: {
                [key: string]: unknown;
            };
        };
        ImportProblems: {
            items: components["schemas"]["ImportProblem"][];
            next_cursor: string | null;
        };
        ImportResult: {
            changed: number;
            made: number;
            refused: components["schemas"]["RefusedLine"][];
            /** @description Those that were the same already. */
            unchanged: number;
        };
        /** @enum {string} */
        ImportState: "read" | "checking" | "checked" | "running" | "stopped" | "done" | "taking_back" | "taken_back";
        Inbox: {
            api: components["schemas"]["ApiInbox"] | null;
            channel: components["schemas"]["Channel"];
            /**
             * Format: int64
             * @description Minutes without an answer of the contact after which a conversation is closed by itself; 0: never.
             */
            close_after_minutes: number;
            /**
             * Format: int64
             * @description The same for what nobody is in charge of, whoever wrote last; 0: never.
             */
            close_queued_after_minutes: number;
            /** @description Whether what its contact waits in is closed as well. */
            close_waiting: boolean;
            /** @description Whether members must say how it ended. */
            closing_needs_note: boolean;
            /** @description Whether members must put a tag on what they close. */
            closing_needs_tag: boolean;
            email: components["schemas"]["Email"] | null;
            enabled: boolean;
            /** @description Whether whoever had a conversation may still look at it, by its link, when somebody else has it. */
            formers_read: boolean;
            id: components["schemas"]["InboxId"];
            /** @description Whether its conversations are shown in the record of their contact also to whoever has nothing in hand of them. */
            in_record: boolean;
            limits: components["schemas"]["ChannelLimits"] | null;
            /** @description What its channel draws of a text's marks; the others stay as they are written. */
            marks: components["schemas"]["Mark"][];
            /** @description Who works in it. */
            member_ids: components["schemas"]["MemberId"][];
            messenger: components["schemas"]["Messenger"] | null;
            name: string;
            /** @description Whether that is a limit of its own, whatever the workspace's is. */
            own_time_limit: boolean;
            /** @description Who gets its conversations. */
            routing: components["schemas"]["Routing"];
            /** @description What a website's owner copies into his pages. */
            snippet: string | null;
            /** @description With whom its members can begin a session. */
            starting: components["schemas"]["Starting"];
            /** @description The teams that its conversations may be given to. */
            team_ids: components["schemas"]["TeamId"][];
            time_limit: components["schemas"]["TimeLimit"] | null;
            website: components["schemas"]["Website"] | null;
        };
        InboxAttended: {
            /** @description Whether somebody of the team is there. */
            attended: boolean;
        };
        InboxId: `inb_${string}`;
        InboxList: {
            items: components["schemas"]["Inbox"][];
        };
        /** @description What an inbox does about the limit. */
        InboxTimeLimit: {
            /** @enum {string} */
            kind: "workspace";
        } | {
            /** @enum {string} */
            kind: "off";
        } | {
            /** @enum {string} */
            kind: "own";
            limit: components["schemas"]["TimeLimit"];
        };
        InboxUpdated: {
            inbox: components["schemas"]["Inbox"];
        };
        Invitation: {
            /** Format: int64 */
            created_at: number;
            email: string;
            /** Format: int64 */
            expires_at: number;
            id: components["schemas"]["InvitationId"];
            /** @description The name of the member who invites. */
            invited_by: string;
            /** @description Only in the answer that makes it; nobody can read it again. */
            link: string | null;
            role: components["schemas"]["Role"];
        };
        /**
         * @description What became of an invitation. The order is meant: it only moves forward.
         * @enum {string}
         */
        InvitationFate: "sent" | "shown" | "dismissed" | "answered";
        InvitationId: `inv_${string}`;
        InvitationList: {
            items: components["schemas"]["Invitation"][];
        };
        InvitationLook: {
            email: string;
            invited_by: string;
            role: components["schemas"]["Role"];
            /** @description Of a role that the workspace made. */
            role_name: string | null;
            workspace_name: string;
        };
        Invite: {
            email: string;
            /** @description Where the new member will work. */
            inbox_ids: components["schemas"]["InboxId"][];
            role: components["schemas"]["Role"];
        };
        InviteSiteVisitor: {
            /** @description At most 300 characters. */
            text: string;
        };
        /**
         * @description Who wrote last.
         * @enum {string}
         */
        LastBy: "contact" | "member";
        /** @enum {string} */
        Likeness: "email" | "phone" | "name";
        /** @description Nothing of what the conversation holds: whoever is to hear of it may have lost it before he does. */
        LimitReached: {
            conversation_id: components["schemas"]["ConversationId"];
            /** @description Whether the time is over, and not only the warning's. */
            late: boolean;
            /** Format: int64 */
            waiting_since: number;
        };
        /** @description What one message may carry, as clients are told before they send it. */
        Limits: {
            /** Format: int64 */
            file_bytes: number;
            /** @description A ceiling beside it: a code point has up to four bytes. */
            message_bytes: number;
            /** @description Unicode code points after trimming. */
            message_characters: number;
            message_files: number;
        };
        /** @description An address with the message that holds it. */
        Link: {
            /** Format: int64 */
            at: number;
            author: components["schemas"]["Author"];
            entry_id: components["schemas"]["EntryId"];
            /** Format: int64 */
            position: number;
            url: string;
        };
        LinkPage: {
            links: components["schemas"]["Link"][];
            /** @description Goes on from here; a page may be empty and still have one. */
            next_cursor: string | null;
        };
        /** @enum {string} */
        ListSort: "processing" | "activity" | "oldest";
        /** @enum {string} */
        ListStatus: "open" | "snoozed" | "closed";
        /** @enum {string} */
        ListView: "mine" | "queue" | "all" | "snoozed" | "closed" | "mentions";
        ListedRecord: {
            contact: components["schemas"]["Contact"] | null;
            record: components["schemas"]["Record"];
        };
        /** @enum {string} */
        Locale: "en" | "id";
        /** @enum {string} */
        LogKind: "message" | "note" | "opened" | "closed" | "reopened" | "assigned" | "snoozed" | "woken" | "blocked" | "unblocked" | "titled" | "tagged" | "untagged" | "prioritized" | "unpinned" | "bound" | "rating" | "navigation" | "greeted" | "card_clicked" | "not_sent" | "restored" | "record" | "corrected" | "removed";
        LogLine: {
            actor: components["schemas"]["Author"];
            assignment: components["schemas"]["Assignment"] | null;
            /** Format: int64 */
            at: number;
            /** @description Of corrections: what it said before. */
            before: string | null;
            card: components["schemas"]["Card"] | null;
            /** @description What it is about. */
            entry_id: components["schemas"]["EntryId"];
            entry_kind: components["schemas"]["EntryKind"];
            /** @description The names of the files that came with it. */
            files: string[];
            kind: components["schemas"]["LogKind"];
            /** Format: int64 */
            position: number;
            reason: components["schemas"]["CloseReason"] | null;
            record: components["schemas"]["RecordNews"] | null;
            /**
             * Format: int32
             * @description Of ratings, and of their corrections: 1 to 5.
             */
            score: number | null;
            /**
             * Format: int32
             * @description Of corrections: what it was before.
             */
            score_before: number | null;
            /** @description What was said at that time; `null` when it is not kept, or nothing was said. Of navigations: the address. */
            text: string | null;
            /**
             * Format: int64
             * @description Of snoozes and blocks: when they end.
             */
            until: number | null;
        };
        LogPage: {
            /** @description Newest first. */
            lines: components["schemas"]["LogLine"][];
            next_cursor: string | null;
        };
        /** @description In the body, not in the address: addresses end up in logs. */
        LookAtInvitation: {
            token: string;
        };
        /** @description In the body, not in the address: addresses end up in logs. */
        LookAtPasswordLink: {
            token: string;
        };
        LookUpRecords: {
            /** @description Also when an answer is kept. */
            again?: boolean;
        };
        /**
         * @description Why nothing is known.
         * @enum {string}
         */
        LookupFailure: "late" | "unreachable" | "private" | "refused" | "malformed" | "too_large";
        /** @description A message that came, or goes, as e-mail. */
        Mail: {
            /** @description A machine wrote it. */
            automatic: boolean;
            cc: components["schemas"]["MailAddress"][];
            /** @description There is more to see than its text. */
            formatted: boolean;
            from: components["schemas"]["MailAddress"] | null;
            /** @description Which of the files it shows inside. */
            inline: components["schemas"]["FileId"][];
            /** @description It quotes earlier ones, which its text leaves out. */
            quoted: boolean;
            /** @description It shows pictures that are elsewhere. */
            remote: boolean;
            /** @description Where the sender wants answers, if not where he wrote from. */
            reply_to: components["schemas"]["MailAddress"][];
            /** @description What stands below one of ours, with marks. */
            signature: string | null;
            /** @description It came from an address that had no part in the conversation. */
            stranger: boolean;
            subject: string | null;
            to: components["schemas"]["MailAddress"][];
        };
        MailAddress: {
            address: string;
            name: string | null;
        };
        MailServer: {
            encryption: components["schemas"]["Encryption"];
            host: string;
            /** Format: int32 */
            port: number;
        };
        /** @description What an answer is as mail, when its writer says so. */
        MailTo: {
            cc: string[];
            /** @description Without one: what the last mail says. */
            subject: string | null;
            /** @description Addresses; one at least. Without them, and without `cc`: whom the last mail says. */
            to: string[] | null;
            /** @description Without the signatures of the inbox and of the writer. */
            unsigned: boolean;
        };
        MailboxOfInbox: {
            /**
             * Format: int64
             * @description Mails that were not understood.
             */
            failed_mails: number;
            mailbox: components["schemas"]["ConnectedMailbox"] | null;
            /** @description Whether servers may be spoken to without encryption: the operator allows private networks. */
            plain_possible: boolean;
        };
        /**
         * @description As messengers write them.
         * @enum {string}
         */
        Mark: "bold" | "italic" | "strike" | "code" | "code_block" | "list" | "quote" | "link";
        Me: {
            locale: components["schemas"]["Locale"];
            member: components["schemas"]["Member"];
            preferences: components["schemas"]["Preferences"] | null;
            /** @description `area:action:scope`, for example `conversation:reply:own`; of a program, what its token leaves of them. */
            rights: string[];
            sign_in_id: components["schemas"]["SignInId"] | null;
            /** @description What his mails end with, with marks; `{{me.name}}` and `{{inbox.name}}` are filled in. */
            signature: string;
            workspace: components["schemas"]["Workspace"];
        };
        Member: {
            disabled: boolean;
            email: string;
            id: components["schemas"]["MemberId"];
            /** Format: int64 */
            joined_at: number;
            name: string;
            role: components["schemas"]["Role"];
            /** @description How far he sees conversations, by his role. */
            sees: components["schemas"]["Scope"];
            /** @description What he knows about, folded words in the order of the alphabet. */
            skills: string[];
        };
        MemberId: `mem_${string}`;
        MemberList: {
            items: components["schemas"]["Member"][];
        };
        MemberRights: {
            /**
             * Format: int64
             * @description How many others his teams have.
             */
            colleagues: number;
            inbox_ids: components["schemas"]["InboxId"][];
            items: components["schemas"]["ExplainedRight"][];
            member: components["schemas"]["Member"];
            /** @description Of his role when the workspace made it. */
            role_name: string | null;
            team_ids: components["schemas"]["TeamId"][];
        };
        MemberToken: {
            /** Format: int64 */
            created_at: number;
            /** Format: int64 */
            expires_at: number;
            /** @description How it begins: `sapa_` and four characters. */
            hint: string;
            id: components["schemas"]["MemberTokenId"];
            /**
             * Format: int64
             * @description Kept to within five minutes.
             */
            last_used_at: number | null;
            /** @description The network address of that use. */
            last_used_from: string | null;
            /** @description In whose name it opens something. */
            member_id: components["schemas"]["MemberId"];
            name: string;
            /** @description `area:action`, for example `conversation:reply`; each as far as the member holds it. */
            rights: string[];
        };
        MemberTokenId: `mtk_${string}`;
        MemberTokenList: {
            /** @description Newest first. */
            items: components["schemas"]["MemberToken"][];
        };
        MemberUpdated: {
            member: components["schemas"]["Member"];
        };
        /** @description A member or a team that is named in a note and hears of it. */
        Mention: {
            id: components["schemas"]["MentionId"];
            /** @description As it was at the time; the text says `@` and this. */
            name: string;
        };
        /** @description Who can be named in a note; the prefix of the id tells which. */
        MentionId: components["schemas"]["MemberId"] | components["schemas"]["TeamId"];
        MergeContacts: {
            /** Format: int64 */
            other_version: number;
            /**
             * @description Fields, or ids of attributes, of which the other's value wins. Otherwise that of the kept one does, where there is
             *     one.
             */
            take?: string[];
            /**
             * Format: int64
             * @description The versions that the writer looked at.
             */
            version: number;
        };
        /** @description What two contacts say of the same thing, where at least one says anything. */
        MergeField: {
            /** @description A field of the profile, `display_name` for how he is called; or the id of an attribute. */
            field: string;
            kept: string | null;
            other: string | null;
            /** @description Of which the other's is proposed: it says more. */
            take: boolean;
        };
        MergePreview: {
            fields: components["schemas"]["MergeField"][];
            kept: components["schemas"]["ContactProfile"];
            /** @description Those that the asking member may not see are counted too. */
            kept_conversations: number;
            other: components["schemas"]["ContactProfile"];
            other_conversations: number;
            /**
             * Format: int64
             * @description Until when they could be parted again, in milliseconds UTC.
             */
            undo_until: number;
        };
        /** @description Words that the provider has agreed to. */
        MessageTemplate: {
            body: string;
            buttons: string[];
            /** @description As the provider spells it. */
            category: string;
            footer: string | null;
            /** @description What is filled in: `header:name`, `body:name`, or of a button's link `button:number`. */
            gaps: string[];
            /** @description Gaps stand in the words as `{{name}}`. */
            header: string | null;
            language: string;
            name: string;
            /** @description What of it cannot be filled in here, such as a picture above it: it cannot be sent. */
            unsupported: string | null;
        };
        MessageTemplateList: {
            /** @description Those that can be sent now, by name and language. */
            items: components["schemas"]["MessageTemplate"][];
        };
        /** @enum {string} */
        MessageType: "text";
        /** @description The settings of an inbox whose channel is a provider's: the account behind it, such as a bot. */
        Messenger: {
            account: components["schemas"]["MessengerAccount"] | null;
        };
        MessengerAccount: {
            name: string;
            /** @description As people look for it, such as `@kopi_bot`. */
            username: string;
        };
        /** @description An inbox of an address. It is connected with its mailbox afterwards. */
        NewEmail: Record<string, never>;
        /** @description An inbox of a provider's channel. It is connected with an account afterwards. */
        NewMessenger: {
            channel: components["schemas"]["Channel"];
        };
        Next: {
            item: components["schemas"]["ConversationItem"] | null;
        };
        /** @description Words for the team. */
        NoteDraft: {
            mentions: components["schemas"]["Mention"][];
            text: string;
        };
        /**
         * @description What a member is told of.
         * @enum {string}
         */
        Occasion: "mine" | "queue" | "given" | "mention" | "waiting";
        OpenSpan: {
            /**
             * Format: int32
             * @description 1 is Monday, 7 is Sunday.
             */
            day: number;
            /**
             * Format: int64
             * @description Minutes after midnight, 0 to 1,439.
             */
            from: number;
            /**
             * Format: int64
             * @description Minutes after midnight, more than `from`; 1,440 is midnight.
             */
            until: number;
        };
        /** @description Whether somebody answers now. */
        Opening: {
            changes_at: components["schemas"]["i64"] | null;
            open: boolean;
        };
        Page: {
            /** @description May be empty. */
            title: string;
            url: string;
        };
        PasswordLink: {
            /** Format: int64 */
            expires_at: number;
            /** @description Works once, and nobody can read it again. */
            link: string;
        };
        PasswordLinkLook: {
            email: string;
            name: string;
            workspace_name: string;
        };
        Pause: {
            inbox_id: components["schemas"]["InboxId"];
            member_id: components["schemas"]["MemberId"];
            /** @description Whether he takes nothing from it for now. */
            paused: boolean;
        };
        /** @description Where a conversation stands in a run. */
        Place: {
            /** Format: int64 */
            at: number;
            id: components["schemas"]["ConversationId"];
            /** @description Among those who wait: `at` is since when, and the longest wait is the first. Otherwise it is the last activity. */
            waiting: boolean;
        };
        /**
         * @description What the desk knows how to fill. Its own list has the type of this one, so that neither can grow alone.
         * @enum {string}
         */
        Placeholder: "contact.name" | "contact.first_name" | "contact.email" | "me.name" | "inbox.name";
        PostMessage: {
            contact: components["schemas"]["Customer"];
            /** @description The other system's own name for the conversation, at most 200 characters. It comes back with each webhook. */
            conversation_ref?: string | null;
            message: components["schemas"]["PostedMessage"];
        };
        /** @description The message is stored durably. A repeat is answered with the same. */
        Posted: {
            /**
             * Format: int64
             * @description When it arrived, in milliseconds UTC.
             */
            at: number;
            contact_id: components["schemas"]["ContactId"];
            conversation_id: components["schemas"]["ConversationId"];
            external_id: string;
            id: components["schemas"]["EntryId"];
            /**
             * Format: int64
             * @description Its place in the conversation.
             */
            position: number;
        };
        PostedMessage: {
            attachments: components["schemas"]["Attachment"][];
            created_at: components["schemas"]["WrittenAt"] | null;
            /** @description 1 to 200 characters; the same twice is one message. */
            external_id: string;
            /** @description A message of the conversation that this one answers: our id, or the other system's own. */
            reply_to: string | null;
            /** @description May be missing when there are attachments. */
            text: string | null;
            type: components["schemas"]["MessageType"];
        };
        PreChat: {
            /**
             * @description Where it is explained: an address that begins with `https://`, or empty.
             * @default
             */
            consent_link: string;
            /**
             * @description What the visitor agrees to before anything about him is stored, at most 1,000 characters; empty: he is not
             *     asked.
             * @default
             */
            consent_text: string;
            /**
             * @description For those who read another language.
             * @default {}
             */
            consent_text_in: components["schemas"]["BTreeMap"];
            /**
             * Format: int64
             * @description Grows with each change of text or link, in any language. Read only.
             * @default 0
             */
            consent_version: number;
            /** @default off */
            email: components["schemas"]["Asked"];
            /** @default off */
            name: components["schemas"]["Asked"];
            /** @default off */
            phone: components["schemas"]["Asked"];
        };
        Preferences: {
            /**
             * @description What no desktop notification tells of.
             * @default []
             */
            hidden: components["schemas"]["Occasion"][];
            /**
             * @description The query of each list's address as the member left it, by view.
             * @default {}
             */
            lists: {
                [key: string]: string;
            };
            /**
             * @description Whether a notification shows what the customer wrote.
             * @default true
             */
            notification_text: boolean;
            /**
             * @default {
             *       "from": "22:00",
             *       "on": false,
             *       "until": "07:00"
             *     }
             */
            quiet: components["schemas"]["Quiet"];
            /**
             * @description What is not heard.
             * @default []
             */
            silent: components["schemas"]["Occasion"][];
            /** @default true */
            single_keys: boolean;
            /**
             * Format: int32
             * @description How long an answer waits, so that it can be taken back: 0, 5, 10 or 30.
             * @default 0
             */
            undo_seconds: number;
        };
        Presence: {
            chosen: components["schemas"]["Chosen"];
            member_id: components["schemas"]["MemberId"];
            /**
             * Format: int64
             * @description Open conversations that he holds and that are not put aside; with an event, as of it.
             */
            open: number;
            /**
             * Format: int64
             * @description His own limit of them; 0: the workspace's.
             */
            open_limit: number;
            /** @description Of who chose to be away: the id of one of the workspace's reasons, or `idle`; `null` without one. */
            reason: string | null;
            /**
             * Format: int64
             * @description Since when he chose so.
             */
            since: number;
            state: components["schemas"]["PresenceState"];
        };
        PresenceList: {
            /** @description Of all members, by their ids. */
            items: components["schemas"]["Presence"][];
        };
        /**
         * @description What others see of him.
         * @enum {string}
         */
        PresenceState: "online" | "busy" | "away" | "offline";
        PresenceUpdated: {
            presence: components["schemas"]["Presence"];
        };
        /** @description What a list shows of the newest message. */
        Preview: {
            author: components["schemas"]["AuthorKind"];
            /** @description How many files came with it. */
            files: number;
            kind: components["schemas"]["EntryKind"];
            /** @description One line of at most 140 characters; of a card without a text its title, for files alone the name of the first. */
            text: string;
            /** @description It cannot be shown here. */
            unsupported: boolean;
        };
        /**
         * @description The order is meant, and stored as its number.
         * @enum {string}
         */
        Priority: "urgent" | "high" | "normal" | "low";
        /** @description How the form looks on the wire. */
        Problem: {
            /** @description Stable; clients translate it. */
            code: string;
            /** @description The values of the translated sentence. */
            params: {
                [key: string]: unknown;
            };
            /** Format: int32 */
            status: number;
            /** @description The status in English, for people who read raw answers. */
            title: string;
            /** @description Always `about:blank`: the code says what the problem is. */
            type: string;
        };
        /** @description As it is from now on. */
        PutAttribute: {
            archived?: boolean;
            /** @description Of kind choice: 1 to 50, each at most 60 characters. What was chosen before stays. */
            choices?: string[];
            /** @description Never changes. */
            kind: components["schemas"]["AttributeKind"];
            /** @description One line of at most 60 characters. */
            name: string;
            read_only?: boolean;
            required?: boolean;
        };
        PutConnection: {
            /** @description Of a server of one's own, or another version; usually the provider's. */
            address?: string | null;
            /**
             * @description What the channel needs beside a token; of WhatsApp `number_id`, `business_id`, `app_secret` and
             *     `second_app_secret`. A secret that is absent stays as it was set before.
             */
            fields?: {
                [key: string]: string;
            };
            /** @description As the provider gave it. Absent: the one that was set before. */
            token?: string | null;
            way: components["schemas"]["UpdateWay"];
        };
        PutContactNote: {
            /** @description At most 2,000 characters. */
            text: string;
        };
        /** @description As it is from now on. */
        PutDataField: {
            kind: components["schemas"]["DataKind"];
            /** @description One line of at most 60 characters; empty: the name. */
            label?: string;
            /** @description At most 40 characters. */
            name: string;
            shown: boolean;
        };
        PutInvitation: {
            fate: components["schemas"]["SeenFate"];
        };
        PutMailbox: {
            address: string;
            imap?: components["schemas"]["MailServer"] | null;
            /** @description Absent: the one that was set before. */
            password?: string | null;
            /** @description Whether the server takes `name+anything@…` for `name@…`: answers come there, which no mail program can lose. */
            plus_addressing?: boolean;
            smtp: components["schemas"]["MailServer"];
            /** @description Empty: the server that sends asks for none. */
            username: string;
        };
        PutPage: {
            /** @description The first 200 characters are kept. */
            title?: string;
            /** @description `http` or `https`; without a query at most 1,000 characters. */
            url: string;
        };
        PutPageData: {
            /** @description At most 20; names of at most 40 characters, values of at most 200. */
            data: components["schemas"]["BTreeMap"];
        };
        PutReceipt: {
            /**
             * Format: int64
             * @description The position of the newest message received.
             */
            delivered: number;
            /**
             * Format: int64
             * @description The position of the newest message seen.
             */
            read: number;
        };
        PutRecordLookupAddress: {
            /** @description `https://`; empty: nobody is asked. */
            url: string;
        };
        /** @description As it is from now on. */
        PutRecordType: {
            archived?: boolean;
            color: components["schemas"]["TagColor"];
            /** @description At most 40, each of them with its own id; what is left out is archived. */
            fields?: components["schemas"]["Attribute"][];
            icon: components["schemas"]["RecordIcon"];
            inbox_ids?: components["schemas"]["InboxId"][];
            /** @description One line of at most 40 characters. */
            name: string;
            /** @description 1 to 20, each of them with its own id. */
            states: components["schemas"]["RecordState"][];
            /** @description `https://`; empty: none. */
            url?: string;
        };
        PutStatus: {
            /** @description Why it failed, for the team; of what is longer than 300 characters the beginning is kept. */
            error?: string | null;
            status: components["schemas"]["StatusWord"];
        };
        PutZone: {
            /** @description A name such as `Asia/Jakarta`; one that nobody knows is not kept. */
            zone: string;
        };
        QuickReply: {
            /** @description They go along as copies. A preview may have been made since. */
            files: components["schemas"]["File"][];
            /** @description Under which it is listed. */
            group: string | null;
            id: components["schemas"]["QuickReplyId"];
            /** Format: int64 */
            last_used_at: number | null;
            scope: components["schemas"]["QuickReplyScope"];
            /** @description The word that is typed behind a slash; lower case, one of its kind within the scope. */
            shortcut: string;
            /** @description May hold placeholders, such as `{{contact.first_name|there}}`. */
            text: string;
            title: string;
            /** Format: int64 */
            uses: number;
        };
        /**
         * @description What a member may do with a quick reply that he sees. Sent along with it, so that no client repeats the rules.
         * @enum {string}
         */
        QuickReplyCan: "manage";
        /** @description Uploads of the member by now, in the order of the quick reply. */
        QuickReplyCopies: {
            items: components["schemas"]["File"][];
        };
        /** @description It is deleted, or no longer the listener's to use. */
        QuickReplyGone: {
            quick_reply_id: components["schemas"]["QuickReplyId"];
        };
        QuickReplyId: `qrp_${string}`;
        QuickReplyItem: {
            can: components["schemas"]["QuickReplyCan"][];
            quick_reply: components["schemas"]["QuickReply"];
        };
        QuickReplyList: {
            items: components["schemas"]["QuickReplyItem"][];
            /**
             * Format: int64
             * @description What happens after this comes through the stream: it was taken before anything else was read.
             */
            position: number;
        };
        /** @description Who may use a quick reply. */
        QuickReplyScope: {
            /** @enum {string} */
            kind: "personal";
            member_id: components["schemas"]["MemberId"];
        } | {
            inbox_id: components["schemas"]["InboxId"];
            /** @enum {string} */
            kind: "inbox";
        } | {
            /** @enum {string} */
            kind: "team";
            team_id: components["schemas"]["TeamId"];
        } | {
            /** @enum {string} */
            kind: "workspace";
        };
        QuickReplyUpdated: {
            quick_reply: components["schemas"]["QuickReply"];
        };
        QuickReplyUseId: `qru_${string}`;
        /** @description How often it was inserted until now. Small, because it is told often. */
        QuickReplyUsed: {
            /** Format: int64 */
            last_used_at: number;
            quick_reply_id: components["schemas"]["QuickReplyId"];
            /** Format: int64 */
            uses: number;
        };
        /** @description Hours without sounds and notifications, in the zone of the screen; they may reach over midnight. */
        Quiet: {
            /** @description `22:00`. */
            from: string;
            on: boolean;
            /** @description The same as `from`: the whole day. */
            until: string;
        };
        /** @description The message that a message answers, as it was when it was quoted. */
        Quote: {
            author: components["schemas"]["Author"];
            /** @description How many files came with it. */
            files: number;
            id: components["schemas"]["EntryId"];
            /** Format: int64 */
            position: number;
            /** @description At most 200 characters of it. */
            text: string | null;
        };
        Rate: {
            /** @description At most 1,000 characters. */
            comment?: string | null;
            /** @description Made by the widget (UUIDv7), anew for each change; the same id twice is one rating. */
            id: components["schemas"]["EntryId"];
            /**
             * Format: int32
             * @description 1 to 5, the best.
             */
            score: number;
        };
        ReactToEntry: {
            /** @description One of those that the inbox's channel knows; `null`: none any more. */
            emoji?: string | null;
        };
        Reaction: {
            /**
             * Format: int64
             * @description Since when, by what his channel says.
             */
            at: number;
            by: components["schemas"]["Author"];
            /** @description What he reacts with; empty when he took it back. */
            emoji: string[];
        };
        Read: {
            /**
             * Format: int64
             * @description Up to which entry.
             */
            position: number;
        };
        Record: {
            /** @description It was made by itself when a session began. */
            automatic: boolean;
            /** @description The name of who made it; `null`: it was made by itself. */
            by: string | null;
            /** Format: int64 */
            changed_at: number;
            contact_id: components["schemas"]["ContactId"];
            /** Format: int64 */
            created_at: number;
            id: components["schemas"]["RecordId"];
            /** @description One in its type. */
            number: string;
            source: components["schemas"]["ContactSource"] | null;
            state_id: components["schemas"]["RecordStateId"];
            title: string | null;
            type_id: components["schemas"]["RecordTypeId"];
            /** @description Where another system shows it; `null`: nowhere, or something of the address is not known. */
            url: string | null;
            /** @description By the id of a field, as text. */
            values: {
                [key: string]: string;
            };
            /**
             * Format: int64
             * @description Grows with each change.
             */
            version: number;
        };
        /** @enum {string} */
        RecordAct: "created" | "bound" | "unbound" | "moved" | "edited";
        RecordChange: {
            /** Format: int64 */
            at: number;
            /** @description His name at that time; `null`: it was made by itself. */
            by: string | null;
            /** @description Fields are `number`, `title`, `state` with the names of states, `conversation` with an id, or ids of fields. */
            changes: components["schemas"]["FieldChange"][];
            member_id: components["schemas"]["MemberId"] | null;
            /**
             * Format: int64
             * @description The version that it led to.
             */
            number: number;
        };
        /** @description In the asked time, counted up to 10,000. */
        RecordCounts: {
            /** Format: int64 */
            added: number;
            /** Format: int64 */
            erased: number;
            /** Format: int64 */
            merged: number;
            /** Format: int64 */
            parted: number;
        };
        RecordDetail: {
            can_edit: boolean;
            contact: components["schemas"]["Contact"] | null;
            /** @description Newest activity first. */
            conversations: components["schemas"]["ConversationItem"][];
            record: components["schemas"]["Record"];
        };
        RecordHistory: {
            /** @description Newest first. */
            items: components["schemas"]["RecordChange"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        RecordIcon: "order" | "claim" | "lead" | "booking" | "invoice" | "delivery" | "record";
        RecordId: `rec_${string}`;
        RecordItem: {
            contact: components["schemas"]["Contact"] | null;
            record: components["schemas"]["ContactRecord"];
        };
        /** @enum {string} */
        RecordKind: "added" | "merged" | "parted" | "erased";
        RecordList: {
            items: components["schemas"]["ListedRecord"][];
            /** @description It may be there before this page is full. */
            next_cursor: string | null;
        };
        RecordLookup: {
            /** Format: int64 */
            asked_at: number;
            failure: components["schemas"]["LookupFailure"] | null;
            /** @description At most 20; `null` when it failed. */
            found: components["schemas"]["FoundOutside"][] | null;
        };
        RecordLookupAddress: {
            /** @description `whsec_` and base64; `null` until there was an address. */
            secret: string | null;
            /** @description `null`: nobody is asked. */
            url: string | null;
        };
        /** @description What was done with a record, in the words of that time. */
        RecordNews: {
            act: components["schemas"]["RecordAct"];
            after: string | null;
            /** @description The name of the state. */
            before: string | null;
            number: string;
            record_id: components["schemas"]["RecordId"];
            /** @description The name of its type. */
            type_name: string;
        };
        RecordPage: {
            counts: components["schemas"]["RecordCounts"] | null;
            /** @description Newest first. */
            items: components["schemas"]["RecordItem"][];
            next_cursor: string | null;
        };
        /** @enum {string} */
        RecordSource: "member" | "program" | "import" | "channel";
        RecordState: {
            /** @description Nothing more is to be done. */
            done: boolean;
            id: components["schemas"]["RecordStateId"];
            /** @description One line of at most 40 characters. */
            name: string;
        };
        RecordStateId: `rst_${string}`;
        RecordType: {
            /** @description It keeps its records and no new ones are made. */
            archived: boolean;
            /** @description As tags have them. */
            color: components["schemas"]["TagColor"];
            /** @description In their order; archived ones too. */
            fields: components["schemas"]["Attribute"][];
            icon: components["schemas"]["RecordIcon"];
            id: components["schemas"]["RecordTypeId"];
            /** @description Inboxes in which a new session begins with one; none for whoever may not declare it. */
            inbox_ids: components["schemas"]["InboxId"][];
            /** @description Another system is asked for what it has of a contact. */
            looks_up: boolean;
            name: string;
            /** @description In their order: a record begins in the first. */
            states: components["schemas"]["RecordState"][];
            /** @description Where another system shows a record: `{number}` and `{name of a field}` stand for what it says. */
            url: string | null;
        };
        RecordTypeId: `rty_${string}`;
        RecordTypeList: {
            /** @description In the order in which they were made; archived ones too. */
            items: components["schemas"]["RecordType"][];
        };
        /** @description Whoever shows them asks again. */
        RecordTypesChanged: Record<string, never>;
        RecordUpdated: {
            /** @description Its contact, under each id by which he may be on screen. */
            contact_ids: components["schemas"]["ContactId"][];
            record_id: components["schemas"]["RecordId"];
            /** Format: int64 */
            version: number;
        };
        RefusedLine: {
            /** @description The code of the problem, and the values of its sentence. */
            code: string;
            /**
             * Format: int64
             * @description As a spreadsheet or an editor counts: the first line of the file is 1.
             */
            line: number;
            params: {
                [key: string]: unknown;
            };
        };
        /** @description A file that is fetched after the message was kept. */
        RemoteFile: {
            /**
             * @description What it is called, at most 200 characters; without one, by the end of its address when that is a file's name,
             *     such as `invoice.pdf`, which everybody then sees.
             */
            name: string | null;
            /** @description `https://…`, public, at most 2,000 characters. */
            url: string;
        };
        /** @description By whom and when the words of an entry were removed. */
        Removed: {
            /** Format: int64 */
            at: number;
            by: components["schemas"]["Author"];
        };
        /**
         * @description Who has a closed conversation when its contact writes again.
         * @enum {string}
         */
        Reopening: "keep" | "queue";
        /** @description An answer to the contact. */
        ReplyDraft: {
            card: components["schemas"]["Card"] | null;
            /** @description Uploaded, and to be sent with it. */
            files: components["schemas"]["File"][];
            mail: components["schemas"]["MailTo"] | null;
            quote: components["schemas"]["Quote"] | null;
            text: string;
        };
        Reschedule: {
            /**
             * Format: int64
             * @description How long from now, in milliseconds; 0 sends it at once.
             */
            delay_ms: number;
        };
        /** @description A right that a role can hold. */
        RightItem: {
            /** @description How far the asking member holds it himself, and so may give it. */
            mine: components["schemas"]["Scope"];
            /** @description `area:action`. */
            right: string;
            /** @description How far it can be held, from the narrowest. */
            scopes: components["schemas"]["Scope"][];
            /** @description It is held no further than conversations are seen. */
            seen: boolean;
        };
        /** @description A shipped one, or one of the workspace's own. */
        Role: ("administrator" | "chat_administrator" | "supervisor" | "agent" | "reader") | `rol_${string}`;
        RoleId: `rol_${string}`;
        /** @description A role as somebody sees it, shipped or made. */
        RoleItem: {
            /** @description The asking member may give it to others, and change it when it is not a shipped one. */
            can_give: boolean;
            description: string | null;
            /**
             * Format: int64
             * @description Who has it, disabled ones too.
             */
            members: number;
            /** @description `null`: a shipped one, which each language names. */
            name: string | null;
            /** @description `area:action:scope`, for example `conversation:reply:own`. */
            rights: string[];
            role: components["schemas"]["Role"];
        };
        RoleList: {
            /** @description The shipped ones, then by name. */
            items: components["schemas"]["RoleItem"][];
            rights: components["schemas"]["RightItem"][];
        };
        /** @description What it is now is asked: it looks different to each member. */
        RoleUpdated: {
            role_id: components["schemas"]["RoleId"];
        };
        Routing: {
            /** @default keep */
            absence: components["schemas"]["Absence"];
            /** @default on_reply */
            claim: components["schemas"]["Claim"];
            /**
             * @description Whoever had it before comes first, when he is free.
             * @default false
             */
            last_handler_first: boolean;
            /**
             * Format: int64
             * @description Open conversations of this inbox that the routing gives to one member, 0 to 500; 0: any number.
             * @default 0
             */
            open_limit: number;
            /** @default in_turn */
            order: components["schemas"]["RoutingOrder"];
            /** @default keep */
            reopening: components["schemas"]["Reopening"];
            /**
             * @description Whoever has most of its tags among his skills comes first.
             * @default false
             */
            skills: boolean;
        };
        /**
         * @description To whom the routing gives the next, among those who are online and can take one more.
         * @enum {string}
         */
        RoutingOrder: "in_turn" | "fewest_open" | "longest_free";
        /** @description How much was said, in conversations that are deleted too. */
        Said: {
            /**
             * Format: int64
             * @description Of all files.
             */
            bytes: number;
            /** Format: int64 */
            conversations: number;
            /** Format: int64 */
            files: number;
            /**
             * Format: int64
             * @description From either side.
             */
            messages: number;
        };
        SaveCalendar: {
            hours: components["schemas"]["CalendarHours"];
            /** @description One line of at most 60 characters. */
            name: string;
        };
        /** @description As somebody sets it. */
        SaveCommentRule: {
            /** @description One, or two where the first is for the right answers of a quiz and the second for the wrong ones. */
            cases: components["schemas"]["CommentCase"][];
            enabled: boolean;
            /** @description At most 60 characters. */
            name: string;
            /** @description Its place among the rules, from 0; `null`: where it is, and a new one last. */
            place?: number | null;
            /** @description The address of a post, or the provider's name for it; `null`: all posts. */
            post?: string | null;
        };
        SaveDraft: {
            /**
             * Format: int64
             * @description The version that was changed; 0 where none was known.
             */
            base: number;
            note?: components["schemas"]["NoteDraft"] | null;
            reply?: components["schemas"]["ReplyDraft"] | null;
        };
        SaveView: {
            /** @description What stands behind the question mark where the list is asked for. */
            list: string;
            name: string;
            scope: components["schemas"]["SavedViewScope"];
        };
        SavedDraft: {
            /**
             * Format: int64
             * @description The new version.
             */
            saved_at: number;
        };
        SavedView: {
            id: components["schemas"]["SavedViewId"];
            /** @description What stands behind the question mark where the list is asked for. */
            list: string;
            name: string;
            scope: components["schemas"]["SavedViewScope"];
        };
        /** @description It is removed, or no longer among the listener's. */
        SavedViewGone: {
            saved_view_id: components["schemas"]["SavedViewId"];
        };
        SavedViewId: `svw_${string}`;
        SavedViewItem: {
            count: components["schemas"]["Glance"] | null;
            /** @description The caller may change and remove it. */
            managed: boolean;
            saved_view: components["schemas"]["SavedView"];
        };
        SavedViewList: {
            /** @description By name: at most 50 of one's own, of each of one's teams, and of the workspace. */
            items: components["schemas"]["SavedViewItem"][];
        };
        /** @description Who has it among his lists. */
        SavedViewScope: {
            /** @enum {string} */
            kind: "personal";
            member_id: components["schemas"]["MemberId"];
        } | {
            /** @enum {string} */
            kind: "team";
            team_id: components["schemas"]["TeamId"];
        } | {
            /** @enum {string} */
            kind: "workspace";
        };
        SavedViewUpdated: {
            saved_view: components["schemas"]["SavedView"];
        };
        ScheduleFailed: {
            /** @description The name of the member who has the conversation. */
            by: string | null;
            /** @description Of the refusal. */
            code: string;
            conversation_id: components["schemas"]["ConversationId"];
        };
        ScheduleMessage: {
            card?: components["schemas"]["Card"] | null;
            /**
             * Format: int64
             * @description How long from now, in milliseconds; at most 366 days. Not a time, so that clocks which differ do no harm.
             */
            delay_ms: number;
            /**
             * Format: int64
             * @description The version of the draft that this was: it is a draft no more.
             */
            draft?: number | null;
            file_ids?: components["schemas"]["FileId"][];
            /** @description Who was in charge when the writer looked. */
            holder: components["schemas"]["Holder"];
            /** @description Made by the client (UUIDv7); the same id twice is one message. */
            id: components["schemas"]["EntryId"];
            mail?: components["schemas"]["MailTo"] | null;
            quote?: components["schemas"]["EntryId"] | null;
            /** @description May be empty when files or a card are sent. */
            text: string;
        };
        Scheduled: {
            author: components["schemas"]["Author"];
            card: components["schemas"]["Card"] | null;
            /** Format: int64 */
            due_at: number;
            files: components["schemas"]["File"][];
            id: components["schemas"]["EntryId"];
            quote: components["schemas"]["Quote"] | null;
            text: string | null;
        };
        ScheduledList: {
            /** @description The next one first. */
            items: components["schemas"]["Scheduled"][];
        };
        /** @description The message is kept durably. */
        Scheduling: {
            /**
             * Format: int64
             * @description `null` when it has left already.
             */
            due_at: number | null;
            id: components["schemas"]["EntryId"];
        };
        /**
         * @description How far a right reaches. The order is meant: a wider scope includes the narrower ones.
         * @enum {string}
         */
        Scope: "none" | "own" | "team" | "inbox" | "all";
        SearchPage: {
            /** @description Newest first. */
            hits: components["schemas"]["Hit"][];
            /** @description Conversations by their contact's name, e-mail or phone; on the first page only. */
            names: components["schemas"]["ConversationItem"][];
            /** @description Goes on from here; a page may be short and still have one. */
            next_cursor: string | null;
        };
        /** @enum {string} */
        SearchPart: "names" | "all";
        SeeActivity: {
            /** @description When the newest alert came that he has before him. */
            seen_at: components["schemas"]["i64"];
        };
        /**
         * @description What became of it.
         * @enum {string}
         */
        SeenFate: "shown" | "dismissed";
        SendMessage: {
            card?: components["schemas"]["Card"] | null;
            /**
             * Format: int64
             * @description The version of the draft that this was: it is a draft no more.
             */
            draft?: number | null;
            file_ids?: components["schemas"]["FileId"][];
            /** @description Who was in charge when the writer looked. */
            holder: components["schemas"]["Holder"];
            /** @description Made by the client (UUIDv7); the same id twice is one message. */
            id: components["schemas"]["EntryId"];
            mail?: components["schemas"]["MailTo"] | null;
            quote?: components["schemas"]["EntryId"] | null;
            /** @description May be empty when files or a card are sent. */
            text: string;
        };
        SendTemplate: {
            /** @description Who was in charge when the writer looked. */
            holder: components["schemas"]["Holder"];
            /** @description Made by the client (UUIDv7); the same id twice is one message. */
            id: components["schemas"]["EntryId"];
            language: string;
            name: string;
            /** @description What stands in each gap. */
            values?: {
                [key: string]: string;
            };
        };
        SendVisitorMessage: {
            file_ids?: components["schemas"]["FileId"][];
            /** @description Made by the widget (UUIDv7); the same id twice is one message. */
            id: components["schemas"]["EntryId"];
            quote?: components["schemas"]["EntryId"] | null;
            /** @description May be empty when files are sent. */
            text: string;
            trail?: components["schemas"]["SentTrail"] | null;
        };
        /** @description The pages before a message. */
        SentTrail: {
            /** @description The greeting of the inbox that the visitor answers. */
            greeted: string | null;
            invitation: components["schemas"]["SiteVisitorId"] | null;
            /** @description Oldest first; the newest 20 are kept. */
            pages: components["schemas"]["TrailPage"][];
            /** @description The page that led to the site. */
            source: string | null;
        };
        SessionPage: {
            /** @description Newest first. */
            items: components["schemas"]["ConversationSession"][];
            next_cursor: string | null;
        };
        SetPause: {
            paused: boolean;
        };
        SetPriority: {
            priority: components["schemas"]["Priority"];
        };
        SetTitle: {
            /** @description One line of at most 100 characters; without it, or with blanks only, the title is taken away. */
            title?: string | null;
        };
        SetUp: {
            email: string;
            locale: components["schemas"]["Locale"];
            name: string;
            password: string;
            /** @description From the server's log. */
            token: string;
            workspace_name: string;
        };
        Setup: {
            needed: boolean;
        };
        /** @description An import with what is in its file. */
        ShownImport: {
            columns: components["schemas"]["ImportColumn"][];
            encoding: string;
            import: components["schemas"]["ContactImport"];
            plan: components["schemas"]["ImportPlan"] | null;
            /** @description `,`, `;` or a tab. */
            separator: string;
        };
        SignIn: {
            address: string;
            /** Format: int64 */
            created_at: number;
            /** @description Whether it is the one that asks. */
            current: boolean;
            id: components["schemas"]["SignInId"];
            /**
             * Format: int64
             * @description Kept to within five minutes.
             */
            last_seen_at: number;
            user_agent: string;
        };
        SignInId: `sgn_${string}`;
        SignInList: {
            items: components["schemas"]["SignIn"][];
        };
        SiteInvitation: {
            at: components["schemas"]["i64"];
            /** @description The member's name, as the visitor reads it. */
            by: string;
            by_id: components["schemas"]["MemberId"];
            fate: components["schemas"]["InvitationFate"];
            text: string;
        };
        SiteVisitorId: `svs_${string}`;
        SiteVisitorItem: {
            /**
             * Format: int64
             * @description Since when he is on the site.
             */
            began_at: number;
            came_by: components["schemas"]["ContactSource"] | null;
            /** @description The member may invite him, unless somebody did or he is in a chat. */
            can_invite: boolean;
            contact: components["schemas"]["Contact"] | null;
            conversation_id: components["schemas"]["ConversationId"] | null;
            /** @description The name of the member or the team that has it; `null`: it waits in the queue, or there is none. */
            holder: string | null;
            id: components["schemas"]["SiteVisitorId"];
            /** @description He has an open conversation in this inbox. */
            in_chat: boolean;
            inbox_id: components["schemas"]["InboxId"];
            invitation: components["schemas"]["SiteInvitation"] | null;
            page: components["schemas"]["Page"];
            /**
             * Format: int64
             * @description Since when he looks at it.
             */
            page_at: number;
            profile: components["schemas"]["VisitorProfile"] | null;
            /**
             * Format: int64
             * @description How often he came, as his browser says; 1: for the first time.
             */
            visits: number;
        };
        SiteVisitorPage: {
            /**
             * Format: int64
             * @description How many there are in all, up to 1,000.
             */
            count: number;
            /** @description Who came last comes first. */
            items: components["schemas"]["SiteVisitorItem"][];
            next_cursor: string | null;
        };
        Snippet: {
            /** @description Begin and end of each match in UTF-16 units of `text`. */
            ranges: number[][];
            /** @description One line; `…` stands for what was left out. */
            text: string;
        };
        Snooze: {
            /**
             * Format: int64
             * @description Milliseconds UTC: from one minute to 366 days from now.
             */
            until: number;
        };
        /** @enum {string} */
        SourceKind: "direct" | "search" | "social" | "ad" | "email" | "campaign" | "link" | "referral";
        StartSession: {
            file_ids?: components["schemas"]["FileId"][];
            /** @description Of the first message. Made by the client (UUIDv7); the same id twice is one session. */
            id: components["schemas"]["EntryId"];
            text: string;
            with: components["schemas"]["Whom"];
        };
        /**
         * @description With whom its members can begin a session: whom its channel reaches.
         * @enum {string}
         */
        Starting: "nobody" | "known" | "anybody";
        /** @enum {string} */
        Status: "open" | "closed";
        /** @enum {string} */
        StatusWord: "sent" | "delivered" | "read" | "failed";
        /** @enum {string} */
        StopReason: "gone" | "failing";
        Tag: {
            /** @description It stays where it is and is put on nothing more. */
            archived: boolean;
            color: components["schemas"]["TagColor"];
            id: components["schemas"]["TagId"];
            /** @description One line of at most 40 characters. */
            name: string;
            /** @description Lists show it beneath the name. */
            pinned: boolean;
        };
        /**
         * @description One of twelve; each screen has its pair of a soft and a strong one for it.
         * @enum {string}
         */
        TagColor: "gray" | "red" | "orange" | "yellow" | "olive" | "green" | "teal" | "cyan" | "blue" | "indigo" | "violet" | "pink";
        TagCount: {
            /**
             * Format: int64
             * @description Open and closed ones that the caller may see.
             */
            conversations: number;
            tag_id: components["schemas"]["TagId"];
        };
        TagCounts: {
            /** @description What is not named is on none of them. */
            items: components["schemas"]["TagCount"][];
        };
        TagId: `tag_${string}`;
        TagItem: {
            /**
             * Format: int64
             * @description How many have it, in all inboxes: for whoever may change tags.
             */
            conversations: number | null;
            tag: components["schemas"]["Tag"];
        };
        TagList: {
            /** @description By name. */
            items: components["schemas"]["TagItem"][];
        };
        TagUpdated: {
            tag: components["schemas"]["Tag"];
        };
        Team: {
            id: components["schemas"]["TeamId"];
            /** @description In the order of their ids, disabled ones too. */
            members: components["schemas"]["TeamMember"][];
            /** @description One line of at most 40 characters. */
            name: string;
        };
        TeamGone: {
            team_id: components["schemas"]["TeamId"];
        };
        TeamId: `tea_${string}`;
        TeamList: {
            /** @description By name. */
            items: components["schemas"]["Team"][];
        };
        TeamMember: {
            /** @description Looks after what the team shares. */
            leads: boolean;
            member_id: components["schemas"]["MemberId"];
        };
        /** @description What waits in an inbox for one of its teams. */
        TeamQueue: {
            inbox_id: components["schemas"]["InboxId"];
            /**
             * Format: int64
             * @description Open, and nobody of the team has it yet.
             */
            queued: number;
            team_id: components["schemas"]["TeamId"];
        };
        TeamUpdated: {
            team: components["schemas"]["Team"];
        };
        TellHere: {
            /**
             * Format: int64
             * @description How long ago this visit began, in milliseconds; at most a day counts.
             */
            began_ago_ms: number;
            /** @description The first page of this visit, and what led to it. */
            landing?: string | null;
            /** @description Whether the page is in front. */
            looks: boolean;
            /** @description Of the page that carries the widget. */
            origin: string;
            source?: string | null;
            /** @description The first 200 characters are kept. */
            title?: string;
            url: string;
            /**
             * Format: int64
             * @description How many visits this browser knows of, with this one.
             */
            visits: number;
        };
        TellRead: {
            /** @description The customer's `external_id`. */
            contact: string;
            /** @description Up to this message, included: our id, or the other system's own. Without it, up to the newest one. */
            message?: string | null;
        };
        TellTyping: {
            /** @description The customer's `external_id`. */
            contact: string;
            /** @description Ends by itself after 8 seconds; whoever types on repeats it. */
            on: boolean;
        };
        /**
         * @description In what the length of a text is counted.
         * @enum {string}
         */
        TextUnit: "characters" | "utf16" | "bytes";
        /**
         * @description What the visitor has is no longer so: it is loaded anew, unless the chat is not offered to him now. Why, nobody tells
         *     him.
         */
        ThreadGone: {
            conversation_id: components["schemas"]["ConversationId"];
        };
        ThreadUpdated: {
            conversation: components["schemas"]["VisitorConversation"];
            entries: components["schemas"]["VisitorEntry"][];
        };
        /** @description After how long a waiting contact's conversation is marked, and who hears of it. */
        TimeLimit: {
            counts_from: components["schemas"]["CountsFrom"];
            /** @description Whether only the time in the inbox's hours counts, where it has hours. */
            in_hours: boolean;
            /** @description Who hears that the time is over. */
            late: components["schemas"]["Told"];
            /**
             * Format: int64
             * @description Until the mark turns red, in seconds: a multiple of 10, up to thirty days.
             */
            processing_seconds: number;
            /** @description Who is reminded at the warning. */
            warned: components["schemas"]["Told"];
            /**
             * Format: int64
             * @description Until the mark turns yellow, in seconds: a multiple of 10 below `processing_seconds`; absent: it does not.
             */
            warning_seconds: number | null;
        };
        TimelineEntry: {
            entry: components["schemas"]["Entry"];
            /**
             * Format: int64
             * @description Of its conversation: 1, 2, 3 …
             */
            session: number;
            /** @description What that session is about. */
            session_title: string | null;
        };
        /** @description Only those of them who can see the conversation. */
        Told: {
            /**
             * @description Who is in charge; of a conversation in the queue everybody who can take it.
             * @default false
             */
            in_charge: boolean;
            /** @default [] */
            member_ids: components["schemas"]["MemberId"][];
            /**
             * @description Who may give the inbox's conversations to others.
             * @default false
             */
            supervisors: boolean;
        };
        ToldProfile: {
            email: string | null;
            name: string | null;
            phone: string | null;
        };
        TrailPage: {
            /**
             * Format: int64
             * @description How long ago it was, in milliseconds; clocks of browsers may be wrong.
             */
            ago_ms: number;
            title: string;
            url: string;
        };
        /** @description How the visitor can have his conversation, beside saving what he sees. */
        TranscriptWays: {
            /** @description Whether a mailbox is connected that it could leave through. */
            mail: boolean;
        };
        UnreadMine: {
            /** Format: int64 */
            conversations: number;
            inbox_id: components["schemas"]["InboxId"];
            /**
             * Format: int64
             * @description Unread messages in them; one that was only marked unread, or mentions me, counts as one.
             */
            messages: number;
        };
        /** @description One that is for the member or a team of his and that he has not seen. */
        UnseenAlert: {
            at: components["schemas"]["i64"];
            conversation_id: components["schemas"]["ConversationId"];
            id: components["schemas"]["AlertId"];
            kind: components["schemas"]["AlertKind"];
            /** @description The member muted the conversation: it counts only if it mentions him. */
            muted: boolean;
            /**
             * Format: int64
             * @description Whoever read the conversation up to there has seen it.
             */
            position: number;
        };
        UpdateId: `upd_${string}`;
        /**
         * @description By which way updates come.
         * @enum {string}
         */
        UpdateWay: "webhook" | "polling";
        /** @description A file on its way. It ends a day after its last part. */
        Upload: {
            file: components["schemas"]["File"] | null;
            id: components["schemas"]["UploadId"];
            /**
             * Format: int64
             * @description So many bytes are here for good: the next part begins behind them.
             */
            offset: number;
            /**
             * Format: int64
             * @description Of the whole, in bytes.
             */
            size: number;
        };
        UploadId: `upl_${string}`;
        UploadedFile: {
            /** @description Of a file that was uploaded before. */
            upload_id: components["schemas"]["FileId"];
        };
        UseQuickReply: {
            /** @description Made by the client (UUIDv7); the same id twice is one use. */
            id: components["schemas"]["QuickReplyUseId"];
        };
        /** @description What a website's own server signed of somebody. What is not signed is his own word. */
        Verified: {
            /** @description What else it says of him, by name. */
            data: {
                [key: string]: string;
            };
            email: boolean;
            /** @description How the website itself calls him. */
            external_id: string;
            name: boolean;
            phone: boolean;
        };
        /** @description What is known of the contact's way through the site in the newest session. */
        Visit: {
            /** @description Since when. */
            at: components["schemas"]["i64"];
            began_at: components["schemas"]["i64"] | null;
            came_by: components["schemas"]["ContactSource"] | null;
            left_at: components["schemas"]["i64"] | null;
            page: components["schemas"]["Page"] | null;
            /**
             * Format: int32
             * @description Entries so far.
             */
            pages: number;
            profile: components["schemas"]["VisitorProfile"] | null;
            /** @description The page that led him to the site; `null`: he came by himself, or nobody told. */
            source: string | null;
            /**
             * Format: int32
             * @description How many visits are known, of those during which he wrote or had an open conversation.
             */
            visits: number;
        };
        VisitorAgent: {
            name: string;
        };
        VisitorAuthor: {
            kind: components["schemas"]["VisitorAuthorKind"];
            name: string | null;
        };
        /** @enum {string} */
        VisitorAuthorKind: "visitor" | "agent" | "system";
        /** @description The conversation as its contact may see it. */
        VisitorConversation: {
            agent: components["schemas"]["VisitorAgent"] | null;
            id: components["schemas"]["ConversationId"];
            /** Format: int64 */
            revision: number;
            /** Format: int64 */
            staff_read_position: number;
            status: components["schemas"]["Status"];
        };
        VisitorEntry: {
            /** Format: int64 */
            at: number;
            author: components["schemas"]["VisitorAuthor"];
            card: components["schemas"]["Card"] | null;
            /** @description Its text changed after it was sent. */
            edited: boolean;
            files: components["schemas"]["File"][];
            id: components["schemas"]["EntryId"];
            kind: components["schemas"]["VisitorEntryKind"];
            /** Format: int64 */
            position: number;
            quote: components["schemas"]["VisitorQuote"] | null;
            /** @description Of closings: the session may be rated until the next one begins, where the inbox asks for it. */
            ratable: boolean;
            /** @description Its words are gone. */
            removed: boolean;
            /** Format: int64 */
            revision: number;
            /**
             * Format: int32
             * @description Of ratings: 1 to 5.
             */
            score: number | null;
            text: string | null;
        };
        /** @enum {string} */
        VisitorEntryKind: "message" | "closed" | "reopened" | "assigned" | "rating";
        VisitorEvent: {
            data: components["schemas"]["ThreadUpdated"];
            /** @enum {string} */
            kind: "thread.updated";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["ThreadGone"];
            /** @enum {string} */
            kind: "thread.gone";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        } | {
            data: components["schemas"]["InboxAttended"];
            /** @enum {string} */
            kind: "inbox.attended";
            /** Format: int64 */
            position: number;
            /** @enum {string} */
            type: "event";
        };
        VisitorId: `vis_${string}`;
        /** @description What a member says to him. */
        VisitorInvitation: {
            /** @description The name of the member. */
            by: string;
            text: string;
        };
        /** @description With what somebody looks at the site. What the browser does not tell is absent. */
        VisitorProfile: {
            /** @description With its version, such as `Firefox 133`. */
            browser: string | null;
            /** @description By the address from which he asks: two letters of ISO 3166. */
            country: string | null;
            device: components["schemas"]["Device"] | null;
            /** @description That he prefers, as a tag such as `id-ID`. */
            language: string | null;
            /** @description Such as `Android 14`; without a version where browsers hide it. */
            system: string | null;
            /** @description Where his clock is: a name such as `Asia/Jakarta`. */
            zone: string | null;
        };
        /** @description The message that a message answers. */
        VisitorQuote: {
            author: components["schemas"]["VisitorAuthor"];
            files: number;
            id: components["schemas"]["EntryId"];
            text: string | null;
        };
        VisitorThread: {
            conversation: components["schemas"]["VisitorConversation"] | null;
            /** @description Oldest first. */
            entries: components["schemas"]["VisitorEntry"][];
            has_more: boolean;
            /**
             * Format: int64
             * @description Follow the stream from here.
             */
            position: number;
            /**
             * Format: int64
             * @description Up to where the visitor has read, here or elsewhere.
             */
            read_position: number;
        };
        Waiting: {
            /**
             * Format: int64
             * @description Of those, where the time limit for an answer is over.
             */
            late: number;
            /** @description There are more than that. */
            more: boolean;
            /**
             * Format: int64
             * @description Open conversations with a message that nobody answered, up to 2,000.
             */
            waiting: number;
        };
        Webhook: {
            /** @description The status of the answer, for example `500`, or `private`, `name`, `late`, `connection`. */
            last_failure: string | null;
            /** Format: int64 */
            last_failure_at: number | null;
            /**
             * Format: int64
             * @description When the other system last took something.
             */
            last_ok_at: number | null;
            /**
             * Format: int64
             * @description The one before signs along until then.
             */
            old_secret_until: number | null;
            /** @description `whsec_` and base64. */
            secret: string;
        };
        WebhookCard: {
            /** @description What was written beside it: the message's text without the card's title and link. */
            beside: string | null;
            kind: components["schemas"]["CardKind"];
            picture: components["schemas"]["FileId"] | null;
            /** @description As people write it. */
            price: string | null;
            text: string | null;
            title: string;
            url: string;
        };
        WebhookContact: {
            external_id: string;
            id: components["schemas"]["ContactId"];
        };
        WebhookConversation: {
            id: components["schemas"]["ConversationId"];
            /** @description The other system's own name for it. */
            ref: string | null;
            status: components["schemas"]["Status"];
        };
        WebhookData: {
            contact: components["schemas"]["WebhookContact"];
            conversation: components["schemas"]["WebhookConversation"];
            inbox_id: components["schemas"]["InboxId"];
            message: components["schemas"]["WebhookMessage"] | null;
        };
        WebhookEvent: {
            data: components["schemas"]["WebhookData"];
            /** @description When it happened, as in RFC 3339. */
            timestamp: string;
            /** @description `message.created`, `message.updated`, `message.removed`, `conversation.closed` or `conversation.reopened`. */
            type: string;
        };
        WebhookFile: {
            id: components["schemas"]["FileId"];
            media_type: string;
            name: string;
            /** @description To be fetched from this server with an access token of the inbox. */
            path: string;
            /**
             * Format: int64
             * @description In bytes.
             */
            size: number;
        };
        WebhookMessage: {
            attachments: components["schemas"]["WebhookFile"][];
            /** @description Who wrote it, for people. */
            author: string | null;
            card: components["schemas"]["WebhookCard"] | null;
            /**
             * Format: int64
             * @description In milliseconds UTC.
             */
            created_at: number;
            /** Format: int64 */
            edited_at: number | null;
            /** @description The same at each try, also when a person sends it again: what was taken once need not be taken twice. */
            id: components["schemas"]["EntryId"];
            /** Format: int64 */
            position: number;
            reply_to: components["schemas"]["EntryId"] | null;
            /**
             * @description `null` when there are only files, or when it was removed. The title and the link of a card stand at its end, for
             *     those who show no cards.
             */
            text: string | null;
        };
        WebhookStop: {
            /** Format: int64 */
            at: number;
            reason: components["schemas"]["StopReason"];
        };
        Website: {
            /** @description Sites that may carry the widget, for example `https://shop.example`; empty means any. */
            allowed_origins: string[];
            /** @description `#rrggbb`; the widget keeps its texts readable on it. */
            color: string;
            /** @description Before the first message. */
            greeting: string;
            /** @description For those who read another language. */
            greeting_in: components["schemas"]["BTreeMap"];
            /** @description Said beside the launcher to visitors who do not write; at most 10. */
            greetings: components["schemas"]["Greeting"][];
            hours: components["schemas"]["Hours"];
            /**
             * @description Whether what does not reach a visitor because he left the site is shown as not sent until he is back, and not as
             *     waiting. It is kept for his next visit either way.
             */
            left_is_failure: boolean;
            /** @description Whether the pages that a visitor looks at are kept with his conversation. */
            page_visits: boolean;
            pre_chat: components["schemas"]["PreChat"];
            /** @description Whether the widget asks for a rating when a member closed the conversation. */
            rating: boolean;
            /** @description In the widget's header. */
            title: string;
            /** @description Whether the team sees who is on the site now, also of those who never wrote. It follows `page_visits`. */
            visitors_now: boolean;
        };
        /** @description With whom. */
        Whom: {
            id: components["schemas"]["ContactId"];
            /** @enum {string} */
            kind: "contact";
        } | {
            external_id: string;
            /** @enum {string} */
            kind: "address";
            /** @description What he is called, if nobody knows that yet. */
            name?: string | null;
        };
        /**
         * @description Why a conversation was given, or given back, automatically.
         * @enum {string}
         */
        Why: "in_turn" | "fewest_open" | "longest_free" | "last_handler" | "skills" | "absent" | "reopened" | "left";
        WidgetConfig: {
            /** @description Whether somebody of the team is there; an event tells what changes. */
            attended: boolean;
            /** @description `#rrggbb`. */
            color: string;
            enabled: boolean;
            greeting: string;
            /** @description Said beside the launcher to visitors who do not write. */
            greetings: components["schemas"]["Greeting"][];
            inbox_id: components["schemas"]["InboxId"];
            limits: components["schemas"]["Limits"];
            /** @description For visitors whose own language nobody speaks here. */
            locale: components["schemas"]["Locale"];
            opening: components["schemas"]["Opening"] | null;
            /** @description Whether the pages that the visitor looks at are kept; never of a browser that asks not to be followed. */
            page_visits: boolean;
            pre_chat: components["schemas"]["PreChat"] | null;
            /** @description Whether a session that a member closed may be rated. */
            rating: boolean;
            title: string;
            /** @description Whether the team sees who is on the site now; never of a browser that asks not to be followed. */
            visitors_now: boolean;
        };
        Workspace: {
            /** @description Why members are away, in the order of the menu. */
            away_reasons: components["schemas"]["AwayReason"][];
            /**
             * Format: int64
             * @description How many days deleted conversations can be put back; 0: they are erased at once.
             */
            erase_after_days: number;
            id: components["schemas"]["WorkspaceId"];
            limits: components["schemas"]["Limits"];
            /** @description In which its widgets speak to browsers of other languages. */
            locale: components["schemas"]["Locale"];
            name: string;
            /**
             * Format: int64
             * @description How many open conversations a member can take before he is busy; 0: any number.
             */
            open_limit: number;
        };
        WorkspaceId: `wsp_${string}`;
        WorkspaceUpdated: {
            workspace: components["schemas"]["Workspace"];
        };
        WrittenAt: number | string;
        /** Format: int64 */
        i64: number;
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_activity: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 30. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivityPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    see_activity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SeeActivity"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_audit: {
        parameters: {
            query?: {
                /** @description Not before this time … */
                from?: number;
                /** @description … and not after this one. */
                until?: number;
                /** @description Only what this member did. */
                member?: components["schemas"]["MemberId"];
                /** @description Only what was done to things of this kind. */
                area?: string;
                /** @description `next_before` of the page before. */
                before?: number;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description unauthenticated, forbidden, invalid_body, cursor_invalid */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_audit: {
        parameters: {
            query?: {
                /** @description Not before this time … */
                from?: number;
                /** @description … and not after this one. */
                until?: number;
                /** @description Only what this member did. */
                member?: components["schemas"]["MemberId"];
                /** @description Only what was done to things of this kind. */
                area?: string;
                /** @description `next_before` of the page before. */
                before?: number;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description unauthenticated, forbidden, invalid_body */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: components["schemas"]["BatchId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: components["schemas"]["BatchId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginBatch"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_batch_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: components["schemas"]["BatchId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    act_on_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                batch: components["schemas"]["BatchId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchAct"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Batch"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_blocks: {
        parameters: {
            query?: {
                /** @description A part of the name, the email address or the phone number. */
                q?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BlockedPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_block: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_calendars: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarList"];
                };
            };
            /** @description unauthenticated, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar: components["schemas"]["CalendarId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveCalendar"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Calendar"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, calendar_name_invalid, calendar_name_taken, closed_day_invalid, hours_invalid, hours_zone_unknown, too_many_calendars */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_calendar: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                calendar: components["schemas"]["CalendarId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found, calendar_used */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_contact_attributes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttributeList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_contact_attribute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                attribute: components["schemas"]["AttributeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutAttribute"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Attribute"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_contact_columns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContactColumns"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactColumns"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_contacts: {
        parameters: {
            query?: {
                /** @description Which contacts, in which order: what stands behind the question mark where the table is asked for. */
                list?: string;
                /**
                 * @description In their order, with commas between: `name`, fields of the profile, `tags`, `created_at` and ids of attributes;
                 *     usually all.
                 */
                columns?: string;
                format?: components["schemas"]["ExportFormat"];
                /** @description In which the times are written, such as `Asia/Jakarta`; usually UTC. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": number[];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_contact_imports: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 30. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_contact_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_import: components["schemas"]["ContactImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownImport"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_contact_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_import: components["schemas"]["ContactImportId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginImport"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownImport"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_contact_import_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_import: components["schemas"]["ContactImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactImport"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    plan_contact_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_import: components["schemas"]["ContactImportId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImportPlan"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownImport"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_import_problems: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path: {
                contact_import: components["schemas"]["ContactImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportProblems"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_import_problems: {
        parameters: {
            query?: {
                /** @description In which the reasons are written; usually English. */
                locale?: components["schemas"]["Locale"];
            };
            header?: never;
            path: {
                contact_import: components["schemas"]["ContactImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    run_contact_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_import: components["schemas"]["ContactImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownImport"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    stop_contact_import: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact_import: components["schemas"]["ContactImportId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShownImport"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_contact_records: {
        parameters: {
            query?: {
                kind?: components["schemas"]["RecordKind"];
                /** @description Since then, in milliseconds … */
                from?: number;
                /** @description … and before then. */
                until?: number;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_contact_records: {
        parameters: {
            query?: {
                kind?: components["schemas"]["RecordKind"];
                from?: number;
                until?: number;
                /** @description In which the times are written, such as `Asia/Jakarta`; usually UTC. */
                zone?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_contacts: {
        parameters: {
            query?: {
                /** @description Beginnings of words of a name, an address, or digits of a number. It brings its own order. */
                q?: string;
                sort?: components["schemas"]["ContactSort"];
                tag?: components["schemas"]["TagId"];
                /** @description Of a conversation of his: `website`, `email`, `whatsapp` … */
                channel?: string;
                email?: components["schemas"]["ContactHas"];
                phone?: components["schemas"]["ContactHas"];
                /** @description Known since then, in milliseconds … */
                since?: number;
                /** @description … and before then. */
                until?: number;
                /** @description With `value`: whose value of this attribute that is, whatever its case. */
                attribute?: components["schemas"]["AttributeId"];
                value?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_contact: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateContact"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactProfile"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactProfile"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditContact"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactProfile"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_contact_conversations: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactConversations"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_duplicates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Duplicates"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_contact_erasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactErasure"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erase_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": number[];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_contact_changes: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 30. */
                limit?: number;
            };
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactHistory"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_contact_merge: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                other: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MergePreview"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    merge_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                other: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MergeContacts"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactProfile"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    part_contacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                other: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactProfile"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_contact_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                contact_note: components["schemas"]["ContactNoteId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutContactNote"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactNotes"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_contact_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                contact_note: components["schemas"]["ContactNoteId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactNotes"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tell_contacts_apart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                other: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forget_contacts_apart: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                other: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tag_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                tag: components["schemas"]["TagId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactProfile"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    untag_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
                tag: components["schemas"]["TagId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactProfile"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_contact_timeline: {
        parameters: {
            query?: {
                /** @description Only what happened in this inbox. */
                inbox_id?: components["schemas"]["InboxId"];
                /** @description `before` of another page: what happened before it. Without this and `after`: the newest. */
                before?: string;
                /** @description `after` of another page, or `start`: the oldest. */
                after?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path: {
                contact: components["schemas"]["ContactId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContactTimeline"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_conversations: {
        parameters: {
            query?: {
                view?: components["schemas"]["ListView"];
                sort?: components["schemas"]["ListSort"];
                /** @description Instead of the view's own. */
                status?: components["schemas"]["ListStatus"];
                /** @description Only of this inbox. */
                inbox?: components["schemas"]["InboxId"];
                channel?: components["schemas"]["Channel"];
                /** @description The id of the member or the team in charge, or `nobody`. */
                holder?: string;
                /** @description Who wrote last. */
                last_by?: components["schemas"]["LastBy"];
                /** @description Ids of tags with commas between them, or `none`: without any. */
                tags?: string;
                /** @description One of the tags is enough; otherwise all of them. */
                any_tag?: boolean;
                /** @description With a pinned tag. */
                pinned?: boolean;
                /** @description With something that I have not read, or marked so. */
                unread?: boolean;
                /** @description Whoever waits for an answer. */
                waiting?: boolean;
                /** @description Closed, and not as spam. */
                solved?: boolean;
                /** @description Closed for this reason. */
                reason?: components["schemas"]["CloseReason"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_tags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagCounts"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    count_waiting: {
        parameters: {
            query?: {
                /** @description Only of this inbox. */
                inbox?: components["schemas"]["InboxId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Waiting"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationThread"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    assign_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Assign"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_attachments: {
        parameters: {
            query?: {
                part?: components["schemas"]["AttachmentPart"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AttachmentPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    block_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BlockContact"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unblock_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    close_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Close"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reopen_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_consents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsentList"];
                };
            };
            /** @description unauthenticated, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bind_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BindConversation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unpin_contact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deleted"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveDraft"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedDraft"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_entries: {
        parameters: {
            query?: {
                /** @description Entries before this position … */
                before?: number;
                /** @description … or after this one … */
                after?: number;
                /** @description … or as many before as after this entry, and itself; none where it is not. */
                around?: components["schemas"]["EntryId"];
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EntryPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                entry: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                entry: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditEntry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    react_to_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                entry: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReactToEntry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retry_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                entry: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entry"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    erase_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_links: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Messages, 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LinkPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_log: {
        parameters: {
            query?: {
                /** @description Not before this time … */
                from?: number;
                /** @description … and not after this one. */
                until?: number;
                /** @description Only what one side did. */
                actor?: components["schemas"]["AuthorKind"];
                /** @description Only what this member did. */
                member?: components["schemas"]["MemberId"];
                /** @description Without it: all but navigations. */
                kind?: components["schemas"]["LogKind"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_log: {
        parameters: {
            query?: {
                from?: number;
                until?: number;
                actor?: components["schemas"]["AuthorKind"];
                /** @description Only what this member did. */
                member?: components["schemas"]["MemberId"];
                kind?: components["schemas"]["LogKind"];
                /** @description In which the times are written, such as `Asia/Jakarta`; usually UTC. */
                zone?: string;
            };
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_mail: {
        parameters: {
            query?: {
                /** @description Which message of the conversation. */
                entry?: components["schemas"]["EntryId"];
                /** @description With what it quotes. */
                quoted?: boolean;
                /** @description With pictures from elsewhere, whose servers learn that somebody looks. */
                remote?: boolean;
            };
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessage"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ack"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mute_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unmute_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddNote"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ack"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_priority: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPriority"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    read_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Read"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    look_up_records: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                record_type: components["schemas"]["RecordTypeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookUpRecords"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordLookup"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_conversation_records: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationRecords"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                record: components["schemas"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRecord"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_scheduled: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduledList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    schedule_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScheduleMessage"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scheduling"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reschedule_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                entry: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reschedule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scheduling"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_message_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                entry: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_conversation: {
        parameters: {
            query?: {
                /** @description As everywhere; `in:` and `tag:` say nothing here. */
                q?: string;
                /** @description The viewer's time zone for days, such as `Asia/Jakarta`; usually UTC. */
                zone?: string;
            };
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationHits"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sessions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 20. */
                limit?: number;
            };
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    snooze_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Snooze"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wake_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tag_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                tag: components["schemas"]["TagId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    untag_conversation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
                tag: components["schemas"]["TagId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendTemplate"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ack"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_title: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetTitle"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    flag_unread: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_data_fields: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataFieldList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_data_field: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                data_field: components["schemas"]["DataFieldId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutDataField"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DataField"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_data_field: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                data_field: components["schemas"]["DataFieldId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_deletions: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletionPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    desk: {
        parameters: {
            query?: {
                view?: components["schemas"]["ListView"];
                sort?: components["schemas"]["ListSort"];
                /** @description Instead of the view's own. */
                status?: components["schemas"]["ListStatus"];
                /** @description Only of this inbox. */
                inbox?: components["schemas"]["InboxId"];
                channel?: components["schemas"]["Channel"];
                /** @description The id of the member or the team in charge, or `nobody`. */
                holder?: string;
                /** @description Who wrote last. */
                last_by?: components["schemas"]["LastBy"];
                /** @description Ids of tags with commas between them, or `none`: without any. */
                tags?: string;
                /** @description One of the tags is enough; otherwise all of them. */
                any_tag?: boolean;
                /** @description With a pinned tag. */
                pinned?: boolean;
                /** @description With something that I have not read, or marked so. */
                unread?: boolean;
                /** @description Whoever waits for an answer. */
                waiting?: boolean;
                /** @description Closed, and not as spam. */
                solved?: boolean;
                /** @description Closed for this reason. */
                reason?: components["schemas"]["CloseReason"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Desk"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_drafts: {
        parameters: {
            query?: {
                /** @description Of this conversation only. */
                conversation?: components["schemas"]["ConversationId"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discard_draft: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_file: {
        parameters: {
            query: {
                /** @description The file's name as the sender calls it. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: components["schemas"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copy_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: components["schemas"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: components["schemas"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": number[];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_inboxes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InboxList"];
                };
            };
            /** @description unauthenticated */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_inbox: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInbox"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, id_reused, inbox_name_invalid, website_title_invalid, website_greeting_invalid, website_color_invalid, website_origin_invalid, webhook_url_invalid, webhook_url_private, own_place, member_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_inbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description unauthenticated, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_inbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeInbox"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            /** @description unauthenticated, wrong_origin, not_found, forbidden, invalid_body, inbox_name_invalid, website_title_invalid, website_greeting_invalid, website_color_invalid, website_origin_invalid, webhook_url_invalid, webhook_url_private, signature_invalid, own_place, member_unknown, team_unknown, routing_invalid, calendar_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_automation_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_automation_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AutomationList"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AutomationList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_comment_rules: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentRuleList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_comment_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                rule: components["schemas"]["CommentRuleId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveCommentRule"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentRuleList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_comment_rule: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                rule: components["schemas"]["CommentRuleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_comment_answers: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                rule: components["schemas"]["CommentRuleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentAnswerPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutConnection"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Connection"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedConnection"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_failed_mails: {
        parameters: {
            query?: {
                /** @description Where an earlier answer ended. */
                cursor?: components["schemas"]["UpdateId"];
            };
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailedMailPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_failed_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                mail: components["schemas"]["UpdateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "message/rfc822": string;
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_mail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                mail: components["schemas"]["UpdateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_failed_updates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailedUpdateList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replay_update: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                update: components["schemas"]["UpdateId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_inbox_file: {
        parameters: {
            query: {
                /** @description The file's name as the sender calls it. */
                name: string;
            };
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_inbox_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                file: components["schemas"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_identity_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityKey"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_identity_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityKey"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_identity_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_mailbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailboxOfInbox"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_mailbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutMailbox"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailboxOfInbox"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_mailbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    check_mailbox: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PostMessage"];
            };
        };
        responses: {
            /** @description It was here before. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Posted"];
                };
            };
            /** @description It is new. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Posted"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_posted_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                /** @description Our id, or the other system's own. */
                message: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_posted_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                /** @description Our id, or the other system's own. */
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditEntry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Corrected"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_status: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                /** @description Our id. */
                message: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutStatus"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryState"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tell_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TellRead"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartSession"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_templates: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessageTemplateList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiTokenList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiToken"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                token: components["schemas"]["ApiTokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tell_typing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TellTyping"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replace_webhook_secret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    start_webhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inbox"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_invitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            /** @description unauthenticated, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Invite"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Invitation"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, email_invalid, email_taken, role_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    accept_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The sign-in */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description invitation_invalid, email_taken, wrong_origin, invalid_body, name_invalid, password_too_short, password_too_long, password_common, too_many_requests */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    look_at_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookAtInvitation"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationLook"];
                };
            };
            /** @description invitation_invalid, wrong_origin, invalid_body, too_many_requests */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                invitation: components["schemas"]["InvitationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description unauthenticated */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMe"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, name_invalid, signature_invalid */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePassword"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, wrong_password, password_too_short, password_too_long, password_common, too_many_requests */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_pause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPause"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pause"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found, invalid_body */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangePreferences"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Preferences"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, preferences_invalid */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    choose_presence: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChoosePresence"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presence"];
                };
            };
            /** @description unauthenticated, wrong_origin, invalid_body, away_reason_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_sign_ins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInList"];
                };
            };
            /** @description unauthenticated, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_other_sign_ins: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sign_in: components["schemas"]["SignInId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_member_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberTokenList"];
                };
            };
            /** @description unauthenticated, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_member_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateMemberToken"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedMemberToken"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, member_token_name_invalid, member_token_right_invalid, member_token_expiry_invalid, too_many_member_tokens */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_member_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member_token: components["schemas"]["MemberTokenId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_members: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            /** @description unauthenticated */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: components["schemas"]["MemberId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeMember"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found, invalid_body, last_administrator, open_limit_invalid, role_unknown, skills_invalid */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_password_link: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: components["schemas"]["MemberId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLink"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_member_rights: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                member: components["schemas"]["MemberId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberRights"];
                };
            };
            /** @description unauthenticated, forbidden, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    look_at_password_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LookAtPasswordLink"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLinkLook"];
                };
            };
            /** @description password_link_invalid, wrong_origin, invalid_body, too_many_requests */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    use_password_link: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChoosePassword"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The sign-in */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description password_link_invalid, wrong_origin, invalid_body, password_too_short, password_too_long, password_common, too_many_requests */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_presences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresenceList"];
                };
            };
            /** @description unauthenticated */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    take_next: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Next"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_quick_replies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReplyList"];
                };
            };
            /** @description unauthenticated, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_quick_reply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateQuickReply"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReplyItem"];
                };
            };
            /** @description unauthenticated, wrong_origin, not_found, forbidden, invalid_body, id_reused, shortcut_invalid, shortcut_taken, quick_reply_title_invalid, quick_reply_group_invalid, quick_reply_text_invalid, placeholder_unknown, too_many_quick_replies, too_many_files, file_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    export_quick_replies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description unauthenticated, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_quick_replies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description the columns shortcut, title, group, scope, inbox, team, text; files stay as they are */
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportResult"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, body_too_large, csv_invalid, csv_column_missing, csv_too_long */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_quick_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                quick_reply: components["schemas"]["QuickReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, not_found, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_quick_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                quick_reply: components["schemas"]["QuickReplyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeQuickReply"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReplyItem"];
                };
            };
            /** @description unauthenticated, wrong_origin, not_found, forbidden, invalid_body, shortcut_invalid, shortcut_taken, quick_reply_title_invalid, quick_reply_group_invalid, quick_reply_text_invalid, placeholder_unknown, too_many_quick_replies, too_many_files, file_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copy_quick_reply_files: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                quick_reply: components["schemas"]["QuickReplyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuickReplyCopies"];
                };
            };
            /** @description unauthenticated, wrong_origin, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_quick_reply_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                quick_reply: components["schemas"]["QuickReplyId"];
                file: components["schemas"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": number[];
                };
            };
            /** @description unauthenticated, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    use_quick_reply: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                quick_reply: components["schemas"]["QuickReplyId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UseQuickReply"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, not_found, invalid_body */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_record_types: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordTypeList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_record_type: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                record_type: components["schemas"]["RecordTypeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutRecordType"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordType"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_record_lookup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                record_type: components["schemas"]["RecordTypeId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordLookupAddress"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_record_lookup: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                record_type: components["schemas"]["RecordTypeId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutRecordLookupAddress"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordLookupAddress"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_records: {
        parameters: {
            query?: {
                type_id?: components["schemas"]["RecordTypeId"];
                state_id?: components["schemas"]["RecordStateId"];
                /** @description With which the number begins, in any case: they come in the order of their numbers then. */
                number?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                record: components["schemas"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordDetail"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                record: components["schemas"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditRecord"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bind_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                record: components["schemas"]["RecordId"];
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unbind_record: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                record: components["schemas"]["RecordId"];
                conversation: components["schemas"]["ConversationId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Record"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_record_changes: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 30. */
                limit?: number;
            };
            header?: never;
            path: {
                record: components["schemas"]["RecordId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordHistory"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleList"];
                };
            };
            /** @description unauthenticated */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_role: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateRole"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleItem"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, role_name_invalid, role_name_taken, role_description_invalid, role_right_unknown, role_right_unseen, too_many_roles */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_role: {
        parameters: {
            query?: {
                /** @description What those who have it have from now on. */
                replacement?: components["schemas"]["Role"];
            };
            header?: never;
            path: {
                role: components["schemas"]["RoleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found, invalid_body, role_held, role_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                role: components["schemas"]["RoleId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRole"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleItem"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found, invalid_body, role_name_invalid, role_name_taken, role_description_invalid, role_right_unknown, role_right_unseen */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_saved_views: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    save_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                saved_view: components["schemas"]["SavedViewId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveView"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedViewItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_saved_view: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                saved_view: components["schemas"]["SavedViewId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_everywhere: {
        parameters: {
            query?: {
                /** @description Words, “phrases”, and the filters `from:`, `in:`, `tag:`, `before:`, `after:`, `has:file`; of several `tag:` all. */
                q?: string;
                /** @description The viewer's time zone for days, such as `Asia/Jakarta`; usually UTC. */
                zone?: string;
                part?: components["schemas"]["SearchPart"];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 50, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Setup"];
                };
            };
            /** @description unavailable */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetUp"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The sign-in */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description setup_done, setup_token_wrong, wrong_origin, invalid_body, name_invalid, email_invalid, password_too_short, password_too_long, password_common */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginSignIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The sign-in */
                    "set-cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description wrong_credentials, wrong_origin, invalid_body, too_many_requests */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    end_sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_site_visitors: {
        parameters: {
            query?: {
                /** @description Only of this inbox. */
                inbox_id?: components["schemas"]["InboxId"];
                /** @description Only who came so; `unknown`: of whom nobody told. */
                came?: "direct" | "search" | "social" | "ad" | "email" | "campaign" | "link" | "referral" | "unknown";
                /** @description A part of the address or the title of the page; the first 200 characters count. */
                page?: string;
                /** @description Only who was here before, or only who was not. */
                returning?: boolean;
                /** @description Only who has an open conversation, or only who has none. */
                in_chat?: boolean;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description 1 to 100, usually 50. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteVisitorPage"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    invite_site_visitor: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                site_visitor: components["schemas"]["SiteVisitorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteSiteVisitor"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SiteVisitorItem"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tags: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagList"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_tag: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTag"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_tag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                tag: components["schemas"]["TagId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTag"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tag"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_teams: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeamList"];
                };
            };
            /** @description unauthenticated */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_team: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTeam"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, team_name_invalid, team_name_taken, too_many_teams, too_many_team_members, own_place, member_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team: components["schemas"]["TeamId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_team: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                team: components["schemas"]["TeamId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeTeam"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Team"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, not_found, invalid_body, team_name_invalid, team_name_taken, too_many_team_members, own_place, member_unknown */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_time_limit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefaultTimeLimit"];
                };
            };
            /** @description unauthenticated, forbidden */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_time_limit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DefaultTimeLimit"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DefaultTimeLimit"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, time_limit_invalid */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload: components["schemas"]["UploadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginUpload"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    append_upload: {
        parameters: {
            query?: {
                /** @description Where the part belongs; 0 unless it is told. */
                offset?: number;
            };
            header?: never;
            path: {
                upload: components["schemas"]["UploadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_workspace: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeWorkspace"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workspace"];
                };
            };
            /** @description unauthenticated, wrong_origin, forbidden, invalid_body, name_invalid, message_length_invalid, open_limit_invalid, away_reason_invalid, erase_after_invalid */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_page_data: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutPageData"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body, page_data_invalid */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upload_visitor_file: {
        parameters: {
            query: {
                /** @description The file's name as the sender calls it. */
                name: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_visitor_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: components["schemas"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": number[];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    preview_visitor_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: components["schemas"]["FileId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/jpeg": number[];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    identify_visitor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Identify"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identified"];
                };
            };
            /** @description not_found, inbox_disabled, origin_not_allowed, too_many_requests, invalid_body, identity_key_missing, identity_invalid, identity_expired, identity_too_long, pre_chat_incomplete, consent_outdated */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forget_visitor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    widget_config: {
        parameters: {
            query?: {
                /** @description The browser's language, such as `id-ID`: what people wrote for visitors comes in it, where they wrote it. */
                language?: string;
            };
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetConfig"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_here: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                site_visitor: components["schemas"]["SiteVisitorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TellHere"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HeardHere"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    leave_here: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                site_visitor: components["schemas"]["SiteVisitorId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_invitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inbox: components["schemas"]["InboxId"];
                site_visitor: components["schemas"]["SiteVisitorId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutInvitation"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    send_visitor_message: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendVisitorMessage"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ack"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    remove_visitor_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorEntry"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    edit_visitor_message: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditEntry"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorEntry"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    click_card: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                message: components["schemas"]["EntryId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_page: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutPage"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body, page_invalid */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_rating: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Rate"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorEntry"];
                };
            };
            /** @description unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body, score_invalid, text_too_long, rating_not_asked, id_reused */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_receipt: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutReceipt"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    visitor_thread: {
        parameters: {
            query?: {
                /** @description Entries before this position. */
                before?: number;
                /** @description 1 to 100, usually 30. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VisitorThread"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    show_transcript_ways: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TranscriptWays"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    ask_transcript: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskTranscript"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    begin_visitor_upload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                upload: components["schemas"]["UploadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BeginUpload"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    append_visitor_upload: {
        parameters: {
            query?: {
                /** @description Where the part belongs; 0 unless it is told. */
                offset?: number;
            };
            header?: never;
            path: {
                upload: components["schemas"]["UploadId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": number[];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_visitor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateVisitor"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedVisitor"];
                };
            };
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    put_zone: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PutZone"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description unauthenticated, inbox_disabled, too_many_requests, not_found, invalid_body */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
