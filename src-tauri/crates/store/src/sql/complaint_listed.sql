SELECT complaint.id, complaint.uuid, office_number.uuid, number, status, next, nature, class, consumer_name,
       respondent_name, goods_name, dispute_fen, recovered_fen, due, estimated, conflicts
FROM complaint JOIN office_number ON office_number.id = complaint.office
