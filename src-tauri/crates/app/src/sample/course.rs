//! The course one sample complaint takes: how it ends and on which days. It must not write any text.

use redress_domain::CivilDate;

use super::chance::Chance;

/// How a case ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    Refused,
    Transferred,
    Withdrawn,
    Settled,
    Terminated,
    /// Performed on the spot.
    AgreedAtOnce,
    /// To be performed by a day.
    AgreedLater,
    /// Still being mediated when the plan ends.
    Open,
}

/// The days of one case. Days after the plan's last day did not happen yet.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub(super) ending: Ending,
    /// `None`: it ended before anybody had to decide.
    pub(super) accepted: Option<CivilDate>,
    /// Sent to be tested, and back.
    pub(super) tested: Option<(CivilDate, CivilDate)>,
    /// A first meeting that was adjourned.
    pub(super) adjourned: Option<CivilDate>,
    pub(super) ended: CivilDate,
    pub(super) perform_by: Option<CivilDate>,
    pub(super) performed: Option<CivilDate>,
    pub(super) confirmed: Option<CivilDate>,
    pub(super) visited: Option<CivilDate>,
    pub(super) archived: CivilDate,
}

const ENDINGS: [(Ending, u32); 7] = [
    (Ending::AgreedAtOnce, 44),
    (Ending::AgreedLater, 17),
    (Ending::Settled, 19),
    (Ending::Terminated, 9),
    (Ending::Withdrawn, 4),
    (Ending::Transferred, 4),
    (Ending::Refused, 3),
];

impl Course {
    /// A course that ends by chance, or one that is still open.
    pub(super) fn draw(chance: &mut Chance, received: CivilDate, open: bool) -> Course {
        let ending = if open { Ending::Open } else { chance.weighted(&ENDINGS, |e| e.1).0 };
        let decided = received.add_days(chance.between(0, 3));
        let early = match ending {
            Ending::Refused | Ending::Transferred => true,
            Ending::Settled | Ending::Withdrawn => chance.percent(35),
            Ending::Terminated | Ending::AgreedAtOnce | Ending::AgreedLater | Ending::Open => false,
        };
        let tested = (!early && !open && chance.permille(12)).then(|| {
            let sent = decided.add_days(chance.between(1, 4));
            (sent, sent.add_days(chance.between(8, 20)))
        });
        let mediation_from = tested.map_or(decided, |(_, back)| back);
        let adjourned = (!early && (open || chance.percent(14))).then(|| mediation_from.add_days(chance.between(1, 9)));
        let ended = if early { decided } else { Course::end_day(chance, ending, adjourned.unwrap_or(mediation_from)) };
        let later = ending == Ending::AgreedLater;
        let perform_by = later.then(|| ended.add_days(chance.between(10, 45)));
        let performed = perform_by.map(|by| by.add_days(-chance.between(0, 9)));
        let closed = performed.unwrap_or(ended);
        let confirmed = (later && chance.percent(4)).then(|| ended.add_days(chance.between(3, 25)));
        let visits = matches!(ending, Ending::AgreedAtOnce | Ending::AgreedLater | Ending::Settled);
        let visited = (visits && chance.percent(70))
            .then(|| closed.max(confirmed.unwrap_or(closed)).add_days(chance.between(5, 25)));
        let last = visited.or(confirmed).unwrap_or(closed).max(closed);
        let archived = last.add_days(chance.between(1, 15));
        let accepted = (!early).then_some(decided);
        Course { ending, accepted, tested, adjourned, ended, perform_by, performed, confirmed, visited, archived }
    }

    fn end_day(chance: &mut Chance, ending: Ending, from: CivilDate) -> CivilDate {
        match ending {
            Ending::Terminated => from.add_days(chance.between(12, 34)),
            _ if chance.percent(12) => from.add_days(chance.between(15, 32)),
            _ => from.add_days(chance.between(0, 12)),
        }
    }

    /// The day money changes hands, where it does.
    pub(super) fn paid(&self) -> Option<CivilDate> {
        match self.ending {
            Ending::AgreedAtOnce | Ending::Settled => Some(self.ended),
            Ending::AgreedLater => self.performed,
            Ending::Refused | Ending::Transferred | Ending::Withdrawn | Ending::Terminated | Ending::Open => None,
        }
    }
}
