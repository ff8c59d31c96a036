SELECT 1 FROM journal
JOIN log ON log.id = journal.place >> 40
WHERE journal.record = ?1 AND log.office = zeroblob(16)
LIMIT 1
