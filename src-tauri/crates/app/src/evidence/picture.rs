//! Photos: decoded within limits, turned upright, scaled, and written anew as JPEG. What is kept holds pixels and nothing else:
//! no place, no time, no name of the telephone.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder, ImageEncoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage, RgbaImage,
};
use redress_domain::record::AttachmentKind;

use super::intake::Intake;
use crate::error::{AppError, Result};

/// The long side of what is kept: a page of paper can be read at it.
pub(super) const LONG_SIDE: u32 = 2048;
/// The long side of what a list shows.
const SMALL_SIDE: u32 = 320;
const QUALITY: u8 = 80;

/// Pixels of a photo that is decoded: the largest camera of a telephone has 108 million, and gets 200 only on wish.
const PIXELS_MAX: u64 = 120_000_000;
/// Memory that decoding may take. The sizes that a file claims are looked at before anything is unpacked.
const MEMORY_BYTES_MAX: u64 = 512 << 20;

/// Takes a photo in.
pub(super) fn read(bytes: &[u8]) -> Result<Intake> {
    let (picture, held) = decoded(bytes)?;
    // Made smaller before it is turned: turning copies every pixel, and there may be a hundred million.
    let mut picture = fitted(picture, LONG_SIDE);
    picture.apply_orientation(held);
    Ok(Intake { kind: AttachmentKind::Photo, media_type: "image/jpeg", bytes: jpeg(&on_white(picture))? })
}

/// A small picture of a photo that is kept.
pub(super) fn small(bytes: &[u8]) -> Result<Vec<u8>> {
    let (picture, held) = decoded(bytes)?;
    let mut small = picture.thumbnail(SMALL_SIDE, SMALL_SIDE);
    small.apply_orientation(held);
    jpeg(&on_white(small))
}

/// The pixels, and how the camera was held.
fn decoded(bytes: &[u8]) -> Result<(DynamicImage, Orientation)> {
    let known = image::guess_format(bytes).ok();
    let Some(format) = known.filter(|f| matches!(f, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP)) else {
        return Err(AppError::new("evidence_not_image"));
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_BYTES_MAX);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS_MAX || decoder.total_bytes() > MEMORY_BYTES_MAX {
        return Err(AppError::new("evidence_pixels").with("width", width).with("height", height));
    }
    let orientation = decoder.orientation().map_err(|error| fault(&error))?;
    Ok((DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?, orientation))
}

/// What is larger is made smaller; never the other way.
fn fitted(picture: DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        return picture;
    }
    // Very large ones are halved roughly first: the finer way costs seconds on an old PC.
    let rough =
        if picture.width().max(picture.height()) > 2 * side { picture.thumbnail(2 * side, 2 * side) } else { picture };
    rough.resize(side, side, FilterType::CatmullRom)
}

/// What one can see through stands on white, as on paper.
fn on_white(picture: DynamicImage) -> RgbImage {
    if picture.color().has_alpha() { laid_on_white(&picture.into_rgba8()) } else { picture.into_rgb8() }
}

fn laid_on_white(picture: &RgbaImage) -> RgbImage {
    let laid = |channel: u8, alpha: u8| {
        let mixed = (u32::from(channel) * u32::from(alpha) + 255 * (255 - u32::from(alpha))) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0;
        Rgb([laid(red, alpha), laid(green, alpha), laid(blue, alpha)])
    })
}

fn jpeg(picture: &RgbImage) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let (width, height) = picture.dimensions();
    JpegEncoder::new_with_quality(&mut bytes, QUALITY)
        .write_image(picture, width, height, image::ExtendedColorType::Rgb8)
        .map_err(AppError::internal)?;
    Ok(bytes)
}

fn fault(error: &ImageError) -> AppError {
    match error {
        ImageError::Limits(_) => AppError::new("evidence_pixels").with("width", "?").with("height", "?"),
        ImageError::Unsupported(_) => AppError::new("evidence_not_image"),
        _ => AppError::new("evidence_damaged"),
    }
}
