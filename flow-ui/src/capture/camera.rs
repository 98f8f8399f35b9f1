//! A camera that is on, until it is closed or dropped.
//!
//! ```ignore
//! let camera = Rc::new(Camera::open(Facing::Rear).await?);
//! camera.attach(&video).await?;
//! let picture = picture::grab(&video, crop, 1920).await;
//! camera.close(); // or drop the last owner
//! ```

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlVideoElement, MediaDeviceInfo, MediaDeviceKind, MediaDevices, Window};

use super::failure::CameraFailure;
use super::first_picture::FirstPicture;
use super::stream::Stream;
use super::{js, lens, picture};

/// The side a camera looks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facing {
    /// Away from the person: for documents.
    Rear,
    /// At the person: for selfies.
    Front,
}

/// What may befall a camera that is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// It was taken away for good: unplugged, taken by another app, the permission withdrawn.
    Ended,
    /// Its picture stands still: the system took it for a while, such as for a call.
    Paused,
    /// The picture moves again.
    Resumed,
}

/// A camera that is on. Its tracks are stopped when it is closed or dropped.
///
/// All methods take `&self`, so that a screen can share it in an `Rc`; a screen that goes should
/// call [`Camera::close`], since a future that still waits may be another owner.
pub struct Camera {
    window: Window,
    devices: MediaDevices,
    facing: Facing,
    lenses: RefCell<Vec<Lens>>,
    /// `None` while lenses are switched, and after closing.
    stream: RefCell<Option<Stream>>,
    video: Rc<RefCell<Option<HtmlVideoElement>>>,
    listener: RefCell<Option<Listener>>,
    closed: Cell<bool>,
}

type Listener = Closure<dyn FnMut(Event)>;

struct Lens {
    id: String,
    label: String,
}

impl Facing {
    /// The standard's word for it (`VideoFacingModeEnum`).
    pub(super) const fn mode(self) -> &'static str {
        match self {
            Self::Rear => "environment",
            Self::Front => "user",
        }
    }
}

impl Camera {
    /// Asks for a camera of this side and turns it on; the browser may ask the person first, and
    /// takes as long as that takes. Where there is none of this side, any other is taken. Nothing
    /// is asked for but the picture.
    ///
    /// # Errors
    /// [`CameraFailure`], except for the two that [`Camera::attach`] finds out.
    pub async fn open(facing: Facing) -> Result<Self, CameraFailure> {
        let window = web_sys::window().ok_or(CameraFailure::Unsupported)?;
        if let Some(failure) = CameraFailure::before_asking(&window) {
            return Err(failure);
        }
        let devices = window.navigator().media_devices().map_err(|_| CameraFailure::Unsupported)?;
        let stream = match Stream::of_side(&devices, facing).await {
            Ok(stream) => stream,
            Err(exception) => return Err(CameraFailure::of(&window, &exception).await),
        };
        // Labels are told from now on, since a camera was allowed.
        let lenses = lenses(&devices).await;
        let camera = Self {
            window,
            devices,
            facing,
            lenses: RefCell::new(lenses),
            stream: RefCell::new(Some(stream)),
            video: Rc::default(),
            listener: RefCell::new(None),
            closed: Cell::new(false),
        };
        camera.prefer_main_lens().await?;
        Ok(camera)
    }

    /// Shows the picture in `video` and waits until there is one. Is also `Ok` when the camera was
    /// closed or another lens was chosen meanwhile, as nobody looks at this one then.
    ///
    /// # Errors
    /// [`CameraFailure::NoPicture`] after ten seconds without one, [`CameraFailure::NeedsTap`]
    /// when the browser wants a gesture: call this again on a tap.
    pub async fn attach(&self, video: &HtmlVideoElement) -> Result<(), CameraFailure> {
        let Some(media) = self.stream.borrow().as_ref().map(Stream::media) else {
            return Ok(());
        };
        // Without these an iPhone opens its own player over the whole screen, or plays nothing.
        video.set_muted(true);
        video.set_autoplay(true);
        let _ = video.set_attribute("playsinline", "");
        video.set_src_object(Some(&media));
        self.video.replace(Some(video.clone()));

        // A stream that shows nothing leaves this promise open for ever: it is one way to wake
        // up, and not waited for alone.
        let mut played = video.play().ok();
        loop {
            let is_ours = video.src_object().is_some_and(|shown| shown == media);
            if !is_ours || (picture::has_frame(video) && !video.paused()) {
                return Ok(());
            }
            match FirstPicture::wait(&self.window, video, played.take()).await {
                Ok(true) => return Err(CameraFailure::NoPicture),
                Ok(false) => {}
                Err(exception) if js::get(&exception, "name") == "NotAllowedError" => {
                    return Err(CameraFailure::NeedsTap);
                }
                // Another load began: the next round sees whose.
                Err(_) => {}
            }
        }
    }

    /// Whether the page should show the picture the other way round, as a mirror would: for a
    /// person's own face, unless it is taken from behind. A document held before a webcam is not,
    /// so that it can be read. What is taken is never mirrored.
    pub fn mirrored(&self) -> bool {
        self.facing == Facing::Front && self.setting("facingMode").as_deref() != Some(Facing::Rear.mode())
    }

    /// How many lenses [`Camera::next_lens`] goes round. One or none: do not offer it.
    pub fn lenses(&self) -> usize {
        self.lenses.borrow().len()
    }

    /// Switches to the next lens, in the same video element; back to the former one when the next
    /// does not start. While one switch is under way, another does nothing.
    ///
    /// # Errors
    /// [`CameraFailure`] when neither starts.
    pub async fn next_lens(&self) -> Result<(), CameraFailure> {
        let current = self.setting("deviceId").unwrap_or_default();
        let next = {
            let lenses = self.lenses.borrow();
            let place = lenses.iter().position(|lens| lens.id == current);
            lenses.get(place.map_or(0, |place| (place + 1) % lenses.len())).map(|lens| lens.id.clone())
        };
        let (Some(next), true) = (next, self.stream.borrow().is_some()) else {
            return Ok(());
        };
        if next == current {
            return Ok(());
        }
        match self.switch(&next).await {
            Err(failure) if !current.is_empty() => self.switch(&current).await.map_err(|_| failure),
            outcome => outcome,
        }
    }

    /// Whether there is a light to turn on. Some devices know only once the picture is there.
    pub fn torch_available(&self) -> bool {
        let stream = self.stream.borrow();
        let Some(track) = stream.as_ref().and_then(Stream::track) else { return false };
        let capabilities = js::call(&track, "getCapabilities", &[]).unwrap_or_default();
        // A list of what it can be set to where it follows the newest draft, else a plain yes.
        let torch = js::get(&capabilities, "torch");
        torch.is_truthy() && torch.dyn_ref::<Array>().is_none_or(|list| list.includes(&JsValue::TRUE, 0))
    }

    /// Turns the light on or off, and says whether that was done. It goes off by itself with the
    /// camera, and when the lens is switched.
    pub async fn set_torch(&self, on: bool) -> bool {
        let Some(track) = self.stream.borrow().as_ref().and_then(Stream::track) else { return false };
        // Alone: Chromium refuses to set it together with anything else.
        let light = js::object(&[("torch", on.into())]);
        let wishes = js::object(&[("advanced", Array::of1(&light).into())]);
        js::promised(js::call(&track, "applyConstraints", &[wishes])).await.is_some()
    }

    /// Calls `listener` whenever the camera is interrupted; it replaces a former listener, and is
    /// not called for what was asked for by [`Camera::close`] or [`Camera::next_lens`].
    pub fn on_interruption(&self, mut listener: impl FnMut(Interruption) + 'static) {
        let video = self.video.clone();
        let closure = Listener::new(move |event: Event| {
            listener(match &*event.type_() {
                "mute" => Interruption::Paused,
                "unmute" => {
                    play_on(&video);
                    Interruption::Resumed
                }
                _ => Interruption::Ended,
            });
        });
        let former = self.listener.replace(Some(closure));
        self.listen();
        drop(former);
    }

    /// Turns the camera off and takes it from its video element. Doing so twice does no harm.
    pub fn close(&self) {
        self.closed.set(true);
        self.stream.take();
        if let Some(video) = self.video.take() {
            // The former stream may have given way to somebody else's; only a dead one is ours.
            if video.src_object().is_some_and(|media| !media.active()) {
                video.set_src_object(None);
            }
        }
    }

    async fn prefer_main_lens(&self) -> Result<(), CameraFailure> {
        let label = self.stream.borrow().as_ref().and_then(Stream::track).map(|track| track.label());
        let better = {
            let lenses = self.lenses.borrow();
            let labels = lenses.iter().map(|lens| &*lens.label);
            lens::better(self.facing == Facing::Rear, &label.unwrap_or_default(), labels)
                .map(|place| lenses[place].id.clone())
        };
        let Some(better) = better else { return Ok(()) };
        if self.switch(&better).await.is_ok() {
            return Ok(());
        }
        // Then the one that the browser chose.
        match Stream::of_side(&self.devices, self.facing).await {
            Ok(stream) => self.adopt(stream).await,
            Err(exception) => Err(CameraFailure::of(&self.window, &exception).await),
        }
    }

    async fn switch(&self, id: &str) -> Result<(), CameraFailure> {
        // First off, then on: many phones run one camera at a time.
        self.stream.take();
        match Stream::of_lens(&self.devices, id).await {
            Ok(stream) => self.adopt(stream).await,
            Err(exception) => Err(CameraFailure::of(&self.window, &exception).await),
        }
    }

    /// Takes a stream as its own, unless nobody wants it any more; then it stops here.
    async fn adopt(&self, stream: Stream) -> Result<(), CameraFailure> {
        if self.closed.get() {
            return Ok(());
        }
        self.stream.replace(Some(stream));
        self.listen();
        let video = self.video.borrow().clone();
        match video {
            Some(video) => self.attach(&video).await,
            None => Ok(()),
        }
    }

    fn listen(&self) {
        let track = self.stream.borrow().as_ref().and_then(Stream::track);
        let listener = self.listener.borrow();
        if let (Some(track), Some(listener)) = (track, listener.as_ref()) {
            let function = Some(listener.as_ref().unchecked_ref());
            track.set_onended(function);
            track.set_onmute(function);
            track.set_onunmute(function);
        }
    }

    fn setting(&self, key: &str) -> Option<String> {
        let track = self.stream.borrow().as_ref().and_then(Stream::track)?;
        js::get(&js::call(&track, "getSettings", &[])?, key).as_string()
    }
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.close();
    }
}

/// iPhones leave the element paused when the camera comes back.
fn play_on(video: &RefCell<Option<HtmlVideoElement>>) {
    if let Some(promise) = video.borrow().as_ref().and_then(|video| video.play().ok()) {
        js::afterwards(promise, |_| {});
    }
}

/// The lenses worth offering. None where the browser does not tell, which is no failure.
async fn lenses(devices: &MediaDevices) -> Vec<Lens> {
    let Some(list) = js::promised(js::call(devices, "enumerateDevices", &[])).await else {
        return Vec::new();
    };
    Array::from(&list)
        .iter()
        .map(JsCast::unchecked_into::<MediaDeviceInfo>)
        .filter(|device| device.kind() == MediaDeviceKind::Videoinput)
        .map(|device| Lens { id: device.device_id(), label: device.label() })
        .filter(|lens| !lens.id.is_empty() && lens::sees(&lens.label))
        .collect()
}
