-- What each role may do, applied by the owner after every migration; one section a room.
-- fazhi_web works, fazhi_public reads what is published, fazhi_sealer gives positions and seals.
-- Start from nothing, so that a right that is taken out here is taken away.
revoke all on schema public from public;
revoke all on all tables in schema public from fazhi_web, fazhi_public, fazhi_sealer;
revoke all on all sequences in schema public from fazhi_web, fazhi_public, fazhi_sealer;
grant usage on schema public to fazhi_web, fazhi_public, fazhi_sealer;

-- site: sessions and what Django keeps of itself
grant select, insert, update, delete on django_session to fazhi_web;
grant select on django_content_type, django_migrations to fazhi_web;
grant select on django_migrations to fazhi_public, fazhi_sealer;

-- ledger: the web role adds lines and bodies on named columns and never changes one; the sealer gives positions
grant select on ledger_page, ledger_matter, ledger_entry, ledger_body, ledger_position, ledger_seal, ledger_epoch, ledger_fault,
    ledger_number, ledger_number_counter, ledger_cursor, ledger_job to fazhi_web;
grant insert on ledger_page to fazhi_web;
grant insert (id, procedure, page, opened, unit, parent, parent_thread, old_number, external_number, key, digest)
    on ledger_matter to fazhi_web;
grant insert (matter, seq, kind, page, day, moment, thread, fields, unit, post, account, face, corrects, strikes, key,
    body, body_key, recorded_at, prev, digest) on ledger_entry to fazhi_web;
grant insert (entry, matter, seq, salt, sealed) on ledger_body to fazhi_web;
grant insert (unit, word, year, seq, text, matter) on ledger_number to fazhi_web;
grant insert (unit, word, year, last), update (last) on ledger_number_counter to fazhi_web;
grant insert, update on ledger_cursor, ledger_job to fazhi_web;
grant select, insert, update, delete on ledger_local_page to fazhi_web;
grant select on ledger_room to fazhi_web;
grant execute on function ledger_erase_body(uuid, integer[]) to fazhi_web;
grant select on ledger_matter, ledger_entry, ledger_position, ledger_seal, ledger_epoch, ledger_fault to fazhi_sealer;
grant insert on ledger_position, ledger_seal, ledger_epoch, ledger_fault to fazhi_sealer;

-- archive: the web role keeps and erases files
grant select, insert on archive_file to fazhi_web;
grant update (key, name, erased_at) on archive_file to fazhi_web;

-- people: who looked and who tried is only added to; a party changes only by being erased
grant select, insert, update on people_account, people_unit, people_unit_place, people_post, people_holding to fazhi_web;
grant select on people_tree to fazhi_web;
grant select, insert on people_party, people_look, people_same, people_deed, people_holder, people_attempt to fazhi_web;
grant update (key, sealed, name_mark, phone_mark, number_mark, name_parts, erased_at) on people_party to fazhi_web;
grant select, insert, update (confirmed, decided_by, decided) on people_nomination to fazhi_web;
grant update (withdrawn) on people_holder to fazhi_web;
grant select, insert, delete on people_use to fazhi_web;
grant select, insert, update (withdrawn) on people_token to fazhi_web;
grant select, insert, update, delete on people_second_factor to fazhi_web;
grant select, insert, delete on people_identity to fazhi_web;
grant select, insert, update, delete on people_unsent to fazhi_web;

-- reach: grants are dated and ended, one that had not begun is taken back
grant select, insert, update, delete on reach_grant, reach_row to fazhi_web;

-- operations: asked for, done, and forgotten with their files
grant select, insert, update, delete on operations_operation to fazhi_web;

-- worklist, search, hotspots: rows of followers
grant select, insert, update, delete on worklist_row, search_row, hotspots_voice to fazhi_web;
grant select, insert, update, delete on hotspots_event, hotspots_warning, hotspots_kept to fazhi_web;

-- tracking, gazette, report: the web role writes, the public role reads
grant select, insert, update, delete on tracking_matter, gazette_item, gazette_course, gazette_comment, report_published
    to fazhi_web;
grant select on gazette_item, gazette_course, gazette_comment, report_published to fazhi_public;
grant select, insert, update on report_count to fazhi_web;

-- indicators: counted rows follow sealed positions
grant select, insert, update, delete on indicators_counted to fazhi_web;

-- dashboard: views are kept and dropped, alerts end, what was raised stays
grant select, insert, update, delete on dashboard_view to fazhi_web;
grant select, insert, update on dashboard_alert to fazhi_web;
grant select, insert on dashboard_raised to fazhi_web;

-- exchange: files and what became of their rows; how a difference was settled is only added to
grant select, insert, update, delete on exchange_link, exchange_number, exchange_duplicate, exchange_statement to
    fazhi_web;
grant select, insert, update on exchange_file, exchange_row to fazhi_web;
grant select, insert on exchange_comparison, exchange_difference, exchange_settlement to fazhi_web;

-- registers: the web role writes both tables, the public role reads the faces alone
grant select, insert, update, delete on registers_line, registers_face to fazhi_web;
grant select on registers_face to fazhi_public;

-- library: public documents; the web role brings and withdraws them, the public role reads
grant select, insert, update, delete on library_version, library_piece to fazhi_web;
grant select on library_version, library_piece to fazhi_public;

-- answers: what was asked, masked, and which passages were quoted; only added to
grant select, insert on answers_given, answers_used to fazhi_web;

-- triage: what people decided of letters is only added to
grant select, insert on triage_choice to fazhi_web;

-- reminders: what is told is queued, sent and seen; steps of a ladder are answered
grant select, insert, update on reminders_step to fazhi_web;
grant select, insert, update, delete on reminders_message, reminders_setting, reminders_call to fazhi_web;
