//! What a clerk says of a photo or a document. What the file itself is, is found out from its bytes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Attachment;
use crate::codes::CodeLists;
use crate::date::CivilDate;
use crate::validate::{FieldError, Fields, NOTE_MAX, SHORT_TEXT_MAX};

/// The form beside a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttachmentInput {
    /// The complaint's id.
    pub complaint: String,
    /// The name of the file, or a path that ends with it.
    pub name: String,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub taken_on: String,
}

impl AttachmentInput {
    /// The record, as far as people say it, or everything that is wrong.
    pub fn validate(&self, today: CivilDate, lists: &CodeLists) -> Result<Attachment, Vec<FieldError>> {
        let mut fields = Fields::new(today, lists);
        let complaint = fields.id("complaint", &self.complaint);
        let name = shortened(file_name(&self.name));
        let note = fields.text("note", &self.note, NOTE_MAX);
        let taken_on = fields.past_date("taken_on", &self.taken_on);
        fields.finish(Attachment { complaint, name, note, taken_on, ..Attachment::default() })
    }
}

/// The last part of a path of whatever system.
fn file_name(path: &str) -> &str {
    path.trim().rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or_default()
}

/// Nobody chose how long the name is that a telephone gives: it is cut in the middle, and keeps its ending.
fn shortened(name: &str) -> String {
    let letters: Vec<char> = name.chars().filter(|letter| !letter.is_control()).collect();
    if letters.len() <= SHORT_TEXT_MAX {
        return letters.into_iter().collect();
    }
    let half = SHORT_TEXT_MAX / 2 - 1;
    letters[..half].iter().chain(&['…']).chain(&letters[letters.len() - half..]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_path_only_the_name_is_kept_and_a_long_one_is_cut_in_the_middle() {
        for (path, name) in
            [("IMG_1.jpg", "IMG_1.jpg"), ("/sdcard/DCIM/a.jpg", "a.jpg"), ("D:\\照片\\收据.png", "收据.png"), ("", "")]
        {
            assert_eq!(shortened(file_name(path)), name);
        }
        let long = shortened(&format!("{}.jpg", "长".repeat(300)));
        assert!(long.chars().count() <= SHORT_TEXT_MAX && long.ends_with(".jpg") && long.contains('…'), "{long}");
    }
}
