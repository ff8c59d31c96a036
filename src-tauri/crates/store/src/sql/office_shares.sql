SELECT 1, complaint.uuid, withdrawn, recovered_fen FROM complaint
JOIN office_number ON office_number.id = complaint.office
WHERE office_number.uuid = ?1 AND complaint.uuid NOT IN (SELECT complaint FROM transfer)
UNION ALL
SELECT 0, consultation.uuid, withdrawn, 0 FROM consultation
JOIN office_number ON office_number.id = consultation.office
WHERE office_number.uuid = ?1
