SELECT consultation.id, consultation.uuid, office_number.uuid, way, asker_name, persons, topic, content, complaint
FROM consultation JOIN office_number ON office_number.id = consultation.office
