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
