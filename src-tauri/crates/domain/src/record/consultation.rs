//! A consultation: a question and its answer, counted in persons. It is never counted as a complaint.

use uuid::Uuid;

use super::record;
use crate::date::CivilDate;

record! {
    /// 咨询
    pub struct Consultation {
        asked_on: Option<CivilDate>,
        /// Code of list `consultation_way`.
        way: String,
        asker_name: String,
        asker_phone: String,
        /// 人次; 0 was not given and counts as 1, see [`Consultation::persons_counted`].
        persons: u32,
        /// Code of list `consultation_topic`.
        topic: String,
        content: String,
        answer: String,
        /// The law or rule the answer rests on.
        basis: String,
        /// The complaint it became.
        complaint: Option<Uuid>,
    }
}

impl Consultation {
    /// Persons for statistics, at least one.
    pub fn persons_counted(&self) -> u32 {
        self.persons.max(1)
    }
}
