INSERT INTO consultation (id, uuid, office, way, asker_name, persons, topic, content, complaint, withdrawn)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
