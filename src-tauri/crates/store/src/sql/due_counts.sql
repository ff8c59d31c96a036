SELECT (SELECT count(*) FROM complaint WHERE due < ?1 AND due IS NOT NULL AND withdrawn = 0),
       (SELECT count(*) FROM complaint WHERE due BETWEEN ?1 AND ?2 AND due IS NOT NULL AND withdrawn = 0),
       (SELECT count(*) FROM complaint WHERE next IS NOT NULL AND withdrawn = 0)
