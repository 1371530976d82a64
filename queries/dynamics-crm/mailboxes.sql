-- name: crm-mailboxes
-- title: Mailboxes by state and by how mail is delivered
-- proves: DPIA 5.0 recommendation 4.3.d, checks on e-mail servers before and after go-live
-- key: state_code, status_code, incoming_delivery_method, outgoing_delivery_method
-- codes: state_code, status_code, incoming_delivery_method, outgoing_delivery_method, row_count
--
-- Delivery methods: 0 none, 1 Outlook, 2 server-side synchronisation or the e-mail router, 3 forward mailbox. The
-- addresses are not read.
-- Recommendation 3 has the old mailboxes shut down after go-live, so once that is done the two sides are meant to
-- differ: until then a difference means that a mailbox was lost or that its delivery changed in the upgrade.
SELECT StateCode AS state_code, StatusCode AS status_code,
       IncomingEmailDeliveryMethod AS incoming_delivery_method,
       OutgoingEmailDeliveryMethod AS outgoing_delivery_method,
       COUNT(*) AS row_count
FROM MailboxBase
GROUP BY StateCode, StatusCode, IncomingEmailDeliveryMethod, OutgoingEmailDeliveryMethod
