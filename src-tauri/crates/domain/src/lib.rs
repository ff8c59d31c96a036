//! The rules of the field, pure: records, money, dates, deadlines, codes, procedure, the ledger of recovered losses.
//!
//! This crate must not read a clock, touch a file, draw a random number or give out an id: whatever it needs comes in
//! as an argument, so the same input always gives the same answer.
//!
//! The words, one English word for one Chinese term:
//!
//! | word | 中文 |
//! |---|---|
//! | complaint, consultation | 投诉, 咨询 |
//! | attachment, evidence | 证据材料 |
//! | register, accept, refuse, transfer | 登记, 受理, 不予受理, 转办 |
//! | mediation, agreement, settlement | 调解, 调解协议, 和解 |
//! | withdrawn, terminated, suspended, performed | 撤回, 终止, 中止, 履行 |
//! | visit-back, archived, file | 回访, 归档, 卷宗 |
//! | delegated, effect, court confirmation | 受委托调解, 生效, 司法确认 |
//! | respondent, business | 被投诉人, 经营者 |
//! | recovered loss, reversal | 挽回经济损失, 冲正 |
//! | activity, talk, volunteer | 活动, 约谈, 志愿者 |
//! | office: county, branch, station | 机构: 县消保委, 分会, 联络站 |
//! | nature, class, channel, route | 投诉性质, 商品服务类别, 来源渠道, 途径 |

pub mod agreement;
pub mod calendar;
pub mod case_no;
pub mod checks;
pub mod codes;
pub mod date;
pub mod deadline;
pub mod file;
pub mod initials;
pub mod ledger;
pub mod mask;
pub mod money;
pub mod packs;
pub mod procedure;
pub mod record;
pub mod recovery_code;
pub mod statistics;
pub mod timetable;
pub mod validate;

mod digits;
mod numerals;
mod typed_date;

pub use calendar::Calendar;
pub use case_no::{CaseNo, OfficeCode};
pub use codes::CodeLists;
pub use date::CivilDate;
pub use deadline::{Due, Rules};
pub use money::Fen;
pub use record::Kind;
pub use timetable::Timetable;
pub use validate::{FieldError, Fields, FormCheck};
