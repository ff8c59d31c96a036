SELECT 1 FROM (SELECT place FROM waiting UNION ALL SELECT place FROM undone UNION ALL SELECT place FROM barred) AS aside
JOIN log ON log.id = aside.place >> 40
WHERE log.office = ?1
LIMIT 1
