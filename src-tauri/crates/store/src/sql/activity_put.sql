INSERT INTO activity
    (uuid, office, kind, day, title, place, business, business_name, people, materials, firms, units)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
