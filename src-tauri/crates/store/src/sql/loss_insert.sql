INSERT INTO loss (complaint, uuid, kind, route, counts, amount_fen, day, office, nature, class)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
