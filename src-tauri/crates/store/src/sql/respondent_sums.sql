SELECT count(*),
       count(*) FILTER (WHERE closed IS NULL),
       count(*) FILTER (WHERE closed IS NOT NULL AND result IN ('agreement', 'settled')),
       count(*) FILTER (WHERE closed IS NOT NULL AND result IN ('agreement', 'settled', 'terminated')),
       coalesce(sum(dispute_fen), 0),
       coalesce(sum(recovered_fen), 0)
FROM complaint
WHERE respondent_name IN (SELECT value FROM json_each(?1)) AND counted = 1
