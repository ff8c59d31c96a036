//! One entry of the ledger of recovered losses. It is never edited: a reversal names it. Sums are made in `ledger`.

use uuid::Uuid;

use super::{record, words};
use crate::date::CivilDate;
use crate::money::Fen;

words! {
    /// What the money is.
    pub enum LossKind {
        /// 挽回损失
        Recovered = "recovered",
        /// 惩罚性赔偿
        Punitive = "punitive",
        /// 精神损害赔偿
        Mental = "mental",
        /// 先行赔付
        Advance = "advance",
    }
}

words! {
    /// The way it was recovered.
    pub enum LossRoute {
        /// 和解
        Settlement = "settlement",
        /// 站点调解
        StationMediation = "station_mediation",
        /// 人民调解
        PeopleMediation = "people_mediation",
        /// 行政调解
        Administrative = "administrative",
        /// 司法
        Judicial = "judicial",
    }
}

record! {
    /// 挽回损失
    pub struct Loss {
        complaint: Option<Uuid>,
        kind: Option<LossKind>,
        route: Option<LossRoute>,
        /// Above zero; below zero only in a reversal.
        amount_fen: Option<Fen>,
        on: Option<CivilDate>,
        /// What proves it: receipt, transfer record, in words.
        evidence: String,
        /// The loss this one takes back.
        reverses: Option<Uuid>,
        /// The reversal that it was written with: it stands in the place of what that one takes back.
        replaces: Option<Uuid>,
        /// Why it is taken back.
        reason: String,
    }
}

impl Loss {
    /// The reversal that takes this loss (`id`) back on a day.
    pub fn reversal(&self, id: Uuid, on: CivilDate, reason: &str) -> Loss {
        Loss {
            complaint: self.complaint,
            kind: self.kind,
            route: self.route,
            amount_fen: self.amount_fen.map(Fen::negated),
            on: Some(on),
            reverses: Some(id),
            reason: reason.trim().to_owned(),
            ..Loss::default()
        }
    }
}
