//! The camera and its pictures in a real browser, whose camera is a made-up one.

#![cfg(target_arch = "wasm32")]

mod stand_in;

use std::cell::RefCell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use futures_util::future::join;
use js_sys::{Array, Promise, Reflect, Uint8Array};
use stand_in::StandIn;
use vestibule_flow_ui::capture::camera::{Camera, Facing, Interruption};
use vestibule_flow_ui::capture::failure::CameraFailure;
use vestibule_flow_ui::capture::picture::{self, FileFailure, LONGEST, Picture};
use vestibule_flow_ui::capture::viewport::{Guide, Margins, Rect, Size, Viewport};
use vestibule_flow_ui::capture::wake::WakeLock;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Blob, CanvasRenderingContext2d, Document, DomException, Event, HtmlCanvasElement, HtmlVideoElement,
    MediaStream, MediaStreamTrack, MediaStreamTrackState, Window,
};

wasm_bindgen_test_configure!(run_in_browser);

fn window() -> Window {
    web_sys::window().expect("tests run in a page")
}

fn document() -> Document {
    window().document().expect("a page has a document")
}

fn element<E: JsCast>(name: &str) -> E {
    document().create_element(name).expect("the name is one of HTML").unchecked_into()
}

async fn pause(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).expect("a timer");
    });
    JsFuture::from(promise).await.expect("a timer does not fail");
}

/// A video on the page, gone again with the test.
struct Screen(HtmlVideoElement);

impl Screen {
    fn new() -> Self {
        let video: HtmlVideoElement = element("video");
        document().body().expect("a page has a body").append_child(&video).expect("it takes a video");
        Self(video)
    }

    fn stream(&self) -> MediaStream {
        self.0.src_object().expect("a camera is attached")
    }

    fn track(&self) -> MediaStreamTrack {
        self.stream().get_video_tracks().get(0).unchecked_into()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.0.remove();
    }
}

fn brush(canvas: &HtmlCanvasElement) -> CanvasRenderingContext2d {
    canvas.get_context("2d").expect("a canvas draws").expect("in two dimensions").unchecked_into()
}

/// A picture drawn here: see-through above; below, red at the left and blue at the right.
async fn drawn(width: u32, height: u32, kind: &str) -> Blob {
    let canvas: HtmlCanvasElement = element("canvas");
    canvas.set_width(width);
    canvas.set_height(height);
    let brush = brush(&canvas);
    let (half_width, half_height) = (f64::from(width) / 2.0, f64::from(height) / 2.0);
    brush.set_fill_style_str("#f00");
    brush.fill_rect(0.0, half_height, half_width, half_height);
    brush.set_fill_style_str("#00f");
    brush.fill_rect(half_width, half_height, half_width, half_height);
    let promise = Promise::new(&mut |resolve, _| {
        canvas.to_blob_with_type(&resolve, kind).expect("a canvas that may be read");
    });
    JsFuture::from(promise).await.expect("it is written").unchecked_into()
}

async fn bytes(blob: &Blob) -> Vec<u8> {
    let buffer = JsFuture::from(blob.array_buffer()).await.expect("a blob can be read");
    Uint8Array::new(&buffer).to_vec()
}

fn blob_of(bytes: &[u8]) -> Blob {
    Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).expect("bytes make a blob")
}

/// Red, green and blue at a point of a picture, as it is shown.
async fn colour(picture: &Picture, x: i32, y: i32) -> [u8; 3] {
    let canvas: HtmlCanvasElement = element("canvas");
    picture.preview(&canvas, LONGEST).await.expect("a picture can be shown");
    assert_eq!((canvas.width(), canvas.height()), (picture.width, picture.height));
    let pixel = brush(&canvas).get_image_data(x.into(), y.into(), 1.0, 1.0).expect("it may be read").data();
    [pixel[0], pixel[1], pixel[2]]
}

fn is_near(colour: [u8; 3], expected: [u8; 3]) -> bool {
    colour.iter().zip(expected).all(|(left, right)| left.abs_diff(right) < 12)
}

#[wasm_bindgen_test]
async fn a_camera_opens_shows_and_is_photographed() {
    let screen = Screen::new();
    let camera = Camera::open(Facing::Rear).await.expect("a camera is there");
    assert!(picture::frame(&screen.0).is_none());
    camera.attach(&screen.0).await.expect("it shows a picture");
    assert!(screen.0.muted() && screen.0.has_attribute("playsinline"));
    assert_eq!(screen.stream().get_audio_tracks().length(), 0, "sound is never asked for");

    let frame = picture::frame(&screen.0).expect("a picture has a size");
    let stage = Size { width: 390.0, height: 700.0 };
    let view = Viewport::cover(frame, stage, camera.mirrored()).expect("both have a size");
    let crop = view.crop(Guide::Card.place(stage, Margins::usual(stage)));
    let full = picture::grab(&screen.0, crop, LONGEST).await.expect("a frame is there");
    assert_eq!((f64::from(full.width), f64::from(full.height)), (crop.width, crop.height));
    assert_eq!(full.blob.type_(), "image/jpeg");
    assert_eq!(bytes(&full.blob).await[..3], [0xff, 0xd8, 0xff]);

    let small = picture::grab(&screen.0, crop, 100).await.expect("a frame is there");
    assert_eq!(small.width.max(small.height), 100);
}

#[wasm_bindgen_test]
async fn a_dropped_camera_is_off_and_leaves_the_video() {
    let screen = Screen::new();
    let camera = Camera::open(Facing::Front).await.expect("a camera is there");
    camera.attach(&screen.0).await.expect("it shows a picture");
    let track = screen.track();
    assert_eq!(track.ready_state(), MediaStreamTrackState::Live);
    drop(camera);
    assert_eq!(track.ready_state(), MediaStreamTrackState::Ended);
    assert!(screen.0.src_object().is_none());
}

#[wasm_bindgen_test]
async fn a_camera_closed_while_it_starts_is_off_and_no_failure() {
    let screen = Screen::new();
    let camera = Camera::open(Facing::Rear).await.expect("a camera is there");
    let (started, ()) = join(camera.attach(&screen.0), async { camera.close() }).await;
    assert_eq!(started, Ok(()));
    assert!(screen.0.src_object().is_none());
    assert_eq!(camera.attach(&screen.0).await, Ok(()), "nor is there anything to attach later");
    assert!(!camera.set_torch(true).await);
}

#[wasm_bindgen_test]
async fn a_stream_that_comes_too_late_is_stopped() {
    let browser = StandIn::that_gives_any();
    {
        let mut opening = Box::pin(Camera::open(Facing::Rear));
        let begun = poll_fn(|context| Poll::Ready(opening.as_mut().poll(context).is_pending()));
        assert!(begun.await, "a browser answers later");
    }
    let tracks = browser.tracks().await;
    // The stream is stopped in a turn of its own.
    pause(0).await;
    assert_eq!((browser.requests(), tracks.len()), (1, 1));
    assert_eq!(tracks[0].ready_state(), MediaStreamTrackState::Ended);
}

#[wasm_bindgen_test]
async fn a_camera_that_shows_nothing_in_ten_seconds_has_no_picture() {
    // A canvas on which nothing is ever drawn is a camera that gives no frame.
    let browser = StandIn::that_gives_nothing_to_see();
    let screen = Screen::new();
    let camera = Camera::open(Facing::Rear).await.expect("a stream is there");
    assert_eq!(camera.attach(&screen.0).await, Err(CameraFailure::NoPicture));
    drop(browser);
}

#[wasm_bindgen_test]
async fn a_browser_that_wants_a_tap_gets_another_chance() {
    let screen = Screen::new();
    let camera = Camera::open(Facing::Rear).await.expect("a camera is there");
    let refusing = Closure::<dyn FnMut() -> Promise>::new(|| {
        let exception = DomException::new_with_message_and_name("", "NotAllowedError");
        Promise::reject(&exception.expect("an exception").into())
    });
    Reflect::set(&screen.0, &"play".into(), refusing.as_ref()).expect("it can be replaced");
    assert_eq!(camera.attach(&screen.0).await, Err(CameraFailure::NeedsTap));
    Reflect::delete_property(&screen.0, &"play".into()).expect("the browser's own is behind it");
    assert_eq!(camera.attach(&screen.0).await, Ok(()));
    assert!(picture::frame(&screen.0).is_some());
}

#[wasm_bindgen_test]
async fn an_interruption_is_told_and_closing_is_none() {
    let screen = Screen::new();
    let camera = Camera::open(Facing::Rear).await.expect("a camera is there");
    let told = Rc::new(RefCell::new(Vec::new()));
    camera.on_interruption({
        let told = told.clone();
        move |interruption| told.borrow_mut().push(interruption)
    });
    camera.attach(&screen.0).await.expect("it shows a picture");
    let track = screen.track();
    let happens = |event| track.dispatch_event(&Event::new(event).expect("an event")).expect("it is sent");
    for event in ["mute", "unmute", "ended"] {
        happens(event);
    }
    camera.close();
    happens("ended");
    assert_eq!(*told.borrow(), [Interruption::Paused, Interruption::Resumed, Interruption::Ended]);
}

#[wasm_bindgen_test]
async fn a_listener_may_let_go_of_the_camera() {
    let screen = Screen::new();
    let camera = Camera::open(Facing::Rear).await.expect("a camera is there");
    camera.attach(&screen.0).await.expect("it shows a picture");
    let track = screen.track();
    let owner = Rc::new(RefCell::new(Some(camera)));
    if let Some(camera) = &*owner.borrow() {
        let owner = owner.clone();
        camera.on_interruption(move |_| drop(owner.take()));
    }
    track.dispatch_event(&Event::new("ended").expect("an event")).expect("it is sent");
    assert!(owner.borrow().is_none() && screen.0.src_object().is_none());
    assert_eq!(track.ready_state(), MediaStreamTrackState::Ended);
}

#[wasm_bindgen_test]
async fn lenses_go_round_in_the_same_video() {
    let screen = Screen::new();
    let camera = Camera::open(Facing::Rear).await.expect("a camera is there");
    camera.attach(&screen.0).await.expect("it shows a picture");
    assert_eq!(camera.lenses(), 2, "as webdriver.json says");
    let mut seen = vec![screen.track()];
    for _ in 0..2 {
        assert_eq!(camera.next_lens().await, Ok(()));
        assert!(picture::frame(&screen.0).is_some());
        seen.push(screen.track());
    }
    assert_ne!(seen[0].label(), seen[1].label());
    assert_eq!(seen[0].label(), seen[2].label());
    let states: Vec<_> = seen.iter().map(MediaStreamTrack::ready_state).collect();
    let (on, off) = (MediaStreamTrackState::Live, MediaStreamTrackState::Ended);
    assert_eq!(states, [off, off, on], "one camera at a time");
}

#[wasm_bindgen_test]
async fn a_refusal_has_its_word_and_other_failures_are_asked_for_less() {
    for (name, message, expected, requests) in [
        ("NotFoundError", "Requested device not found", CameraFailure::NotFound, 4),
        ("OverconstrainedError", "", CameraFailure::NotFound, 4),
        ("NotReadableError", "Could not start video source", CameraFailure::Busy, 4),
        ("NotAllowedError", "Permission denied by system", CameraFailure::RefusedBySystem, 1),
        ("SecurityError", "", CameraFailure::ForbiddenByPage, 1),
        ("TypeError", "", CameraFailure::Unsupported, 1),
    ] {
        let browser = StandIn::that_refuses(name, message);
        assert_eq!(Camera::open(Facing::Rear).await.err(), Some(expected), "{name} {message}");
        assert_eq!(browser.requests(), requests, "{name} {message}");
    }
}

#[wasm_bindgen_test]
async fn a_video_without_a_frame_gives_no_picture() {
    let video: HtmlVideoElement = element("video");
    let crop = Rect { x: 0.0, y: 0.0, width: 10.0, height: 10.0 };
    assert!(picture::grab(&video, crop, LONGEST).await.is_none());
}

#[wasm_bindgen_test]
async fn a_file_is_scaled_and_written_anew_on_white() {
    let file = drawn(3_000, 1_500, "image/png").await;
    let read = picture::from_file(&file, LONGEST).await.expect("a PNG can be read");
    assert_eq!((read.width, read.height), (2_560, 1_280));
    assert_eq!(read.blob.type_(), "image/jpeg");
    assert!(is_near(colour(&read, 100, 1_000).await, [255, 0, 0]));
    assert!(is_near(colour(&read, 2_400, 1_000).await, [0, 0, 255]));
    assert!(is_near(colour(&read, 100, 100).await, [255, 255, 255]));

    let small = drawn(40, 30, "image/png").await;
    let small = picture::from_file(&small, LONGEST).await.expect("a PNG can be read");
    assert_eq!((small.width, small.height), (40, 30), "nothing is scaled up");
}

#[wasm_bindgen_test]
async fn a_file_is_turned_as_its_exif_says_and_sent_without_it() {
    let file = drawn(200, 100, "image/jpeg").await;
    let turned = blob_of(&with_orientation(&bytes(&file).await, 6));
    let read = picture::from_file(&turned, LONGEST).await.expect("a JPEG can be read");
    assert_eq!((read.width, read.height), (100, 200));
    assert!(!bytes(&read.blob).await.windows(4).any(|window| window == b"Exif"));
}

#[wasm_bindgen_test]
async fn what_is_no_picture_is_unreadable() {
    let whole = bytes(&drawn(400, 300, "image/png").await).await;
    for file in [&b"not a picture"[..], b"", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", &whole[..40]] {
        let failure = picture::from_file(&blob_of(file), LONGEST).await.err();
        assert_eq!(failure, Some(FileFailure::Unreadable));
    }
}

#[wasm_bindgen_test]
async fn the_screen_may_be_held_and_let_go() {
    drop(WakeLock::hold().expect("a page has a document"));
    let held = WakeLock::hold().expect("a page has a document");
    pause(50).await;
    drop(held);
}

/// A JPEG with an EXIF segment that says how it is to be turned (EXIF 2.3, tag 0x0112).
fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let segment = [
        &[0xff, 0xe1, 0, 34][..],
        b"Exif\0\0MM\0*\0\0\0\x08",
        &[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0],
    ]
    .concat();
    [&jpeg[..2], &segment, &jpeg[2..]].concat()
}
