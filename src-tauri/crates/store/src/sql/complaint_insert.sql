INSERT INTO complaint (
    id, uuid, office, number, status, next, nature, class, channel, consumer_name, respondent_name, goods_name,
    dispute_fen, recovered_fen, due, estimated, accepted, closed, result, conflicts, withdrawn, counted, phone
) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
