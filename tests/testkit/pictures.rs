//! Pictures as telephones and scanners make them, good and bad.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Rgb, RgbImage};

/// A picture that is different for every seed; its left upper quarter is red.
fn pixels(seed: u64, (width, height): (u32, u32)) -> RgbImage {
    let mut noise = blake3::Hasher::new().update(&seed.to_be_bytes()).finalize_xof();
    RgbImage::from_fn(width, height, |x, y| {
        let mut grain = [0];
        noise.fill(&mut grain);
        let grain = grain[0] / 8;
        let red = x < width / 2 && y < height / 2;
        Rgb(if red { [220 + grain, grain, grain] } else { [grain, 100 + grain, 180] })
    })
}

/// A photo as a telephone writes it.
pub fn photo(seed: u64, size: (u32, u32)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
    pixels(seed, size).write_with_encoder(encoder).expect("a picture in memory");
    bytes
}

/// The same picture as PNG or WebP.
pub fn picture_as(format: ImageFormat, seed: u64, size: (u32, u32)) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels(seed, size).write_to(&mut bytes, format).expect("a picture in memory");
    bytes.into_inner()
}

/// A photo with what a telephone notes of it: how it was held, and a text (where, when, with which telephone).
pub fn with_notes(photo: &[u8], held: u8, text: &str) -> Vec<u8> {
    let count = u32::try_from(text.len()).unwrap_or(0);
    let mut notes = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    notes.extend(b"\x0f\x01\x02\0");
    notes.extend(count.to_le_bytes());
    notes.extend(38_u32.to_le_bytes());
    notes.extend(b"\x12\x01\x03\0\x01\0\0\0");
    notes.extend([held, 0, 0, 0]);
    notes.extend([0; 4]);
    notes.extend(text.as_bytes());
    let length = u16::try_from(notes.len() + 2).expect("a short text").to_be_bytes();
    [&photo[..2], b"\xff\xe1", &length, &notes, &photo[2..]].concat()
}

/// A PDF of so many bytes that says nothing.
pub fn document(bytes: usize) -> Vec<u8> {
    let (head, tail) = (b"%PDF-1.4\n%", b"\n%%EOF\n");
    let filled = vec![b'x'; bytes.saturating_sub(head.len() + tail.len())];
    [head.as_slice(), &filled, tail].concat()
}

/// A small PDF that holds these words and nothing else.
pub fn document_of(words: &str) -> Vec<u8> {
    format!("%PDF-1.4\n%{words}\n%%EOF\n").into_bytes()
}

/// A PNG that claims a size and holds nothing of it.
pub fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    bytes.extend(13_u32.to_be_bytes());
    bytes.extend(&header);
    bytes.extend(check_sum(&header).to_be_bytes());
    for chunk in [&b"IDAT\x78\x9c\x03\0\0\0\0\x01"[..], b"IEND"] {
        bytes.extend(u32::try_from(chunk.len() - 4).unwrap_or(0).to_be_bytes());
        bytes.extend(chunk);
        bytes.extend(check_sum(chunk).to_be_bytes());
    }
    bytes
}

/// The check sum of a chunk of a PNG.
fn check_sum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
    })
}
