-- SPDX-License-Identifier: GPL-3.0-or-later
-- What was sent in the last hour, for check_smspartner_status -b -
--     psql -X --csv -v ON_ERROR_STOP=1 -f postgresql.sql DATABASE
-- sent_at is a timestamptz here; of a timestamp without time zone say which zone it is in:
--     extract(epoch FROM sent_at AT TIME ZONE 'Europe/Paris')
SELECT phone, message_id, extract(epoch FROM sent_at) AS sent_at
FROM sms
WHERE sent_at > now() - interval '1 hour'
  AND message_id IS NOT NULL; -- without an id it was never sent: that is another alarm
