SELECT journal.place, journal.record FROM log AS public
JOIN journal AS said ON said.place BETWEEN public.id << 40 AND (public.id + 1 << 40) - 1
JOIN journal ON journal.record = said.record
JOIN log ON log.id = journal.place >> 40
WHERE public.office = zeroblob(16) AND log.office <> zeroblob(16)
