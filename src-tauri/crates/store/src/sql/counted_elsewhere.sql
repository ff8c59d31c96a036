SELECT 1 FROM log AS theirs
JOIN journal AS one ON one.place BETWEEN theirs.id << 40 AND (theirs.id + 1 << 40) - 1
JOIN journal AS two ON two.record = one.record
JOIN log AS elsewhere ON elsewhere.id = two.place >> 40
WHERE theirs.office = ?1 AND elsewhere.office NOT IN (?1, zeroblob(16)) AND one.record IN (
    SELECT uuid FROM complaint WHERE uuid NOT IN (SELECT complaint FROM transfer)
    UNION ALL SELECT uuid FROM consultation
    UNION ALL SELECT uuid FROM loss WHERE complaint NOT IN (SELECT complaint FROM transfer)
)
LIMIT 1
