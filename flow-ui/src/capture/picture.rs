//! A photograph: cut from the video or read from a file, as a JPEG that can be sent.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement, ImageBitmap, Window};

use super::js;
use super::sight::Reading;
use super::viewport::{Rect, Size, fit};

/// The longest side of what is sent, in pixels. A page of print is read well at half of it.
pub const LONGEST: u32 = 2560;

/// JPEG quality: above it files grow and nothing is gained for reading.
const QUALITY: f64 = 0.92;

/// A photograph, ready to be sent.
#[derive(Clone)]
pub struct Picture {
    /// A JPEG.
    pub blob: Blob,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// What was read of the document in it.
    pub reading: Option<Reading>,
}

/// Why a file gave no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFailure {
    /// The browser cannot read it as a picture: a PDF, a torn file, HEIC in most browsers.
    Unreadable,
    /// It can be read, but not be drawn or written: too little memory.
    NoMemory,
}

/// The size of a video's frame, or `None` before the first one.
pub fn frame(video: &HtmlVideoElement) -> Option<Size> {
    has_frame(video).then(|| Size { width: video.video_width().into(), height: video.video_height().into() })
}

/// Whether a video has a picture to show.
pub(super) fn has_frame(video: &HtmlVideoElement) -> bool {
    const HAVE_CURRENT_DATA: u16 = 2;
    video.ready_state() >= HAVE_CURRENT_DATA && video.video_width() > 0 && video.video_height() > 0
}

/// Takes the part `crop` (in the video's pixels, see [`super::viewport::Viewport::crop`]) of the
/// frame that is shown now, its longer side at most `longest` pixels, never scaled up and never
/// mirrored. `None` when there is no frame, or no memory for it: trying again may help.
pub async fn grab(video: &HtmlVideoElement, crop: Rect, longest: u32) -> Option<Picture> {
    if !has_frame(video) {
        return None;
    }
    let (width, height) = fit(crop.width as u32, crop.height as u32, longest);
    let canvas = Canvas::new(width, height)?;
    let drawn = canvas.context.draw_image_with_html_video_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        video,
        crop.x,
        crop.y,
        crop.width,
        crop.height,
        0.0,
        0.0,
        width.into(),
        height.into(),
    );
    drawn.ok()?;
    canvas.jpeg().await
}

/// Reads a file as a picture, upright as its EXIF says, its longer side at most `longest` pixels,
/// and writes it anew as a JPEG: so a HEIC is sent as something that everybody reads, and what
/// else the file held (where it was taken, by whom) stays behind. How large a file may be is the
/// caller's to ask.
///
/// # Errors
/// [`FileFailure`].
pub async fn from_file(file: &Blob, longest: u32) -> Result<Picture, FileFailure> {
    let bitmap = Bitmap::of(file).await.ok_or(FileFailure::Unreadable)?;
    let (width, height) = fit(bitmap.0.width(), bitmap.0.height(), longest);
    let canvas = Canvas::new(width, height).ok_or(FileFailure::NoMemory)?;
    bitmap.draw(&canvas.context, width, height).ok_or(FileFailure::NoMemory)?;
    // Before the second large piece of memory is asked for.
    drop(bitmap);
    canvas.jpeg().await.ok_or(FileFailure::NoMemory)
}

impl Picture {
    /// Shows it in `canvas`, whose size becomes the picture's own, but for a longer side of at
    /// most `longest` pixels. (An `<img>` would need `blob:` in the page's policy.)
    ///
    /// # Errors
    /// [`FileFailure`].
    pub async fn preview(&self, canvas: &HtmlCanvasElement, longest: u32) -> Result<(), FileFailure> {
        let bitmap = Bitmap::of(&self.blob).await.ok_or(FileFailure::Unreadable)?;
        let (width, height) = fit(self.width, self.height, longest);
        canvas.set_width(width);
        canvas.set_height(height);
        let context = context(canvas).ok_or(FileFailure::NoMemory)?;
        bitmap.draw(&context, width, height).ok_or(FileFailure::NoMemory)
    }
}

/// A decoded picture; closed when dropped, as the collector does not see how large it is.
struct Bitmap(ImageBitmap);

impl Bitmap {
    async fn of(blob: &Blob) -> Option<Self> {
        let window = web_sys::window()?;
        let upright = js::object(&[("imageOrientation", "from-image".into())]);
        let bitmap = match Self::decode(&window, &[blob.into(), upright]).await {
            Some(bitmap) => bitmap,
            // Browsers that do not know the option turn pictures upright without it.
            None => Self::decode(&window, &[blob.into()]).await?,
        };
        (bitmap.0.width() > 0 && bitmap.0.height() > 0).then_some(bitmap)
    }

    async fn decode(window: &Window, arguments: &[JsValue]) -> Option<Self> {
        let promise: Promise = js::call(window, "createImageBitmap", arguments)?.dyn_into().ok()?;
        let mut decoding = Decoding(Some(promise.clone()));
        let outcome = JsFuture::from(promise).await;
        decoding.0 = None;
        Some(Self(outcome.ok()?.unchecked_into()))
    }

    /// On white, where the picture is transparent: a JPEG would make it black.
    fn draw(&self, context: &CanvasRenderingContext2d, width: u32, height: u32) -> Option<()> {
        let (width, height) = (width.into(), height.into());
        context.set_fill_style_str("#fff");
        context.fill_rect(0.0, 0.0, width, height);
        context.draw_image_with_image_bitmap_and_dw_and_dh(&self.0, 0.0, 0.0, width, height).ok()
    }
}

impl Drop for Bitmap {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// A picture that is being decoded; closed as it arrives when nobody waits for it any more.
struct Decoding(Option<Promise>);

impl Drop for Decoding {
    fn drop(&mut self) {
        if let Some(promise) = self.0.take() {
            js::afterwards(promise, |bitmap| drop(Bitmap(bitmap.unchecked_into())));
        }
    }
}

/// A canvas of our own, in no document. Its memory is given back when it is dropped: phones have
/// a small budget for canvases, and collect them late.
struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    fn new(width: u32, height: u32) -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let element: HtmlCanvasElement = document.create_element("canvas").ok()?.unchecked_into();
        element.set_width(width);
        element.set_height(height);
        let context = context(&element)?;
        Some(Self { element, context })
    }

    async fn jpeg(self) -> Option<Picture> {
        let (width, height) = (self.element.width(), self.element.height());
        let promise = Promise::new(&mut |resolve, reject| {
            let quality = QUALITY.into();
            let begun = self.element.to_blob_with_type_and_encoder_options(&resolve, "image/jpeg", &quality);
            if begun.is_err() {
                let _ = reject.call0(&JsValue::UNDEFINED);
            }
        });
        let blob = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
        Some(Picture { blob, width, height, reading: None })
    }
}

impl Drop for Canvas {
    fn drop(&mut self) {
        self.element.set_width(0);
        self.element.set_height(0);
    }
}

fn context(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
