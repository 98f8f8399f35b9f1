//! Before the camera: the picture over the whole stage, the guide cut out of the dark, one sentence.

use std::rc::Rc;

use futures_util::future::AbortHandle;
use vestibule_protocol::message::Message;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, HtmlVideoElement};

use super::{Obstacle, Shot, Stage};
use crate::capture::camera::{Camera, Interruption};
use crate::capture::failure::CameraFailure;
use crate::capture::js;
use crate::capture::picture::{self, LONGEST};
use crate::capture::sight::{Looking, Reading};
use crate::capture::viewport::{Guide, Margins, Rect, Size, Viewport};
use crate::capture::wake::WakeLock;
use crate::components::drawing;
use crate::components::page::heading;
use crate::state::State;
use crate::view::{self, El, View, el};

/// The camera and what the screen shows of it. Copies are the same.
#[derive(Clone, Copy)]
struct Live {
    shot: Shot,
    camera: State<Option<Rc<Camera>>>,
    video: State<Option<HtmlVideoElement>>,
    /// What is to end with the screen.
    tasks: State<Vec<AbortHandle>>,
    /// The guide on the stage, in CSS pixels.
    guide: State<Option<Rect>>,
    /// The picture moves, and can be taken.
    running: State<bool>,
    /// The browser plays only after a tap.
    needs_tap: State<bool>,
    lenses: State<usize>,
    mirrored: State<bool>,
    /// `None` where there is no light.
    torch: State<Option<bool>>,
    /// The screen stays bright meanwhile.
    wake: State<Option<WakeLock>>,
    /// The frames are looked at, where there is a sight.
    looking: State<Option<Looking>>,
}

/// Around the guide where the picture is shown whole: nothing stands over it.
const EVEN: Margins = Margins { top: 12.0, right: 12.0, bottom: 12.0, left: 12.0 };

/// Draws the camera. It is turned off when the screen goes.
pub fn view(shot: Shot) -> View {
    let live = Live {
        shot,
        camera: State::new(None),
        video: State::new(None),
        tasks: State::new(Vec::new()),
        guide: State::new(None),
        running: State::new(false),
        needs_tap: State::new(false),
        lenses: State::new(1),
        mirrored: State::new(false),
        torch: State::new(None),
        wake: State::new(WakeLock::hold()),
        looking: State::new(None),
    };
    view::hear_window("resize", move || live.place_guide());
    view::when_gone(move || live.turn_off());

    let text = |message| shot.flow.text(message);
    let video = el("video")
        .class_while("video", "mirrored", move || live.mirrored.get())
        .set("playsinline", "")
        .with(move |video| live.start(video));
    let back = round(text(Message::ActionBack), "M15 5l-7 7 7 7", move || shot.go(Stage::Ready));
    let sentence = move || {
        let words = if live.running.get() { shot.sentence() } else { shot.flow.text(Message::PhotoStarting) };
        Some(view::text(words))
    };
    let side = || el("span").class("side");
    let controls = el("div")
        .class("controls")
        .child(side())
        .child(shutter(live))
        .child(side().live(move || lens_button(live)));
    el("div")
        .class("live")
        .child(video)
        .live(move || Some(cut_out(live.guide.get()?, shot.guide())))
        .child(el("div").class("unseen").child(heading(shot.title())))
        .child(el("div").class("top").child(back).live(move || torch_button(live)))
        .child(
            el("div")
                .class("bottom")
                .child(el("p").set("role", "status").live(sentence))
                .child(controls)
                .child(shot.upload_instead()),
        )
        .draw()
}

impl Live {
    /// Opens the camera once its video is in the page.
    fn start(self, video: &HtmlElement) {
        if let Ok(video) = video.clone().dyn_into::<HtmlVideoElement>() {
            self.video.set(Some(video.clone()));
            self.until_gone(self.open(video));
        }
    }

    /// Runs a task until it ends or the screen goes.
    fn until_gone(self, task: impl Future<Output = ()> + 'static) {
        self.keep(self.shot.flow.spawn(task));
    }

    // Apart from the above, as is `on`: it is not compiled for each task anew.
    fn keep(self, task: AbortHandle) {
        self.tasks.update(|tasks| tasks.push(task));
    }

    async fn open(self, video: HtmlVideoElement) {
        match Camera::open(self.shot.facing()).await {
            Ok(camera) => {
                let camera = Rc::new(camera);
                camera.on_interruption(move |interruption| self.interrupted(interruption));
                self.camera.set(Some(camera.clone()));
                self.show(&camera, &video).await;
            }
            Err(failure) => self.fail(failure),
        }
    }

    async fn show(self, camera: &Camera, video: &HtmlVideoElement) {
        match camera.attach(video).await {
            Ok(()) => self.look_at(camera),
            Err(CameraFailure::NeedsTap) => self.needs_tap.set(true),
            Err(failure) => self.fail(failure),
        }
    }

    /// Shows what this lens can do; its picture moves.
    fn look_at(self, camera: &Camera) {
        self.mirrored.set(camera.mirrored());
        self.lenses.set(camera.lenses());
        self.torch.set(camera.torch_available().then_some(false));
        self.needs_tap.set(false);
        self.running.set(true);
        self.place_guide();
        self.until_gone(self.look());
    }

    /// Lets the sight look at what the camera shows.
    async fn look(self) {
        let Some(sight) = js::promised(self.shot.flow.ask_sight("open", &[])).await else { return };
        let stage = self.video.now().and_then(|video| video.parent_element()?.dyn_into().ok());
        if let (Some(stage), true) = (stage, self.running.now()) {
            let take = move |picture| self.shot.go(Stage::Check(picture));
            self.looking.set(Some(Looking::begin(&sight, &stage, self.shot.wanted(), take)));
        }
    }

    fn fail(self, failure: CameraFailure) {
        self.shot.go(Stage::Blocked(Obstacle::Failure(failure)));
    }

    fn interrupted(self, interruption: Interruption) {
        match interruption {
            // A burst has it: what is taken is not lost with the camera.
            _ if self.camera.now().is_none() => {}
            Interruption::Ended => self.shot.go(Stage::Blocked(Obstacle::Interrupted)),
            Interruption::Paused => {
                self.looking.set(None);
                self.running.set(false);
            }
            Interruption::Resumed => {
                self.running.set(true);
                self.until_gone(self.look());
            }
        }
    }

    fn turn_off(self) {
        self.wake.set(None);
        self.looking.set(None);
        let tasks = self.tasks.update(std::mem::take);
        tasks.into_iter().for_each(|task| task.abort());
        if let Some(camera) = self.camera.update(Option::take) {
            camera.close();
        }
    }

    /// What the camera sees, on this stage.
    fn viewport(self) -> Option<(Viewport, Rect)> {
        let video = self.video.now()?;
        let box_of_video = Size { width: video.client_width().into(), height: video.client_height().into() };
        let viewport = Viewport::cover(picture::frame(&video)?, box_of_video, self.mirrored.now())?;
        let margins = if is_wide(&video) { EVEN } else { beside_controls(&video, box_of_video) };
        Some((viewport, self.shot.guide().place(box_of_video, margins)))
    }

    fn place_guide(self) {
        let Some(video) = self.video.now() else { return };
        if let Some(stage) = video.parent_element() {
            let _ = stage.class_list().toggle_with_force("wide", is_wide(&video));
        }
        let top = f64::from(video.offset_top());
        self.guide.set(self.viewport().map(|(_, guide)| Rect { y: guide.y + top, ..guide }));
    }

    /// Does something with the camera, if it is on.
    fn with_camera<F: Future<Output = ()> + 'static>(
        self,
        act: impl FnOnce(Rc<Camera>, HtmlVideoElement) -> F,
    ) {
        if let Some((camera, video)) = self.on() {
            self.until_gone(act(camera, video));
        }
    }

    fn on(self) -> Option<(Rc<Camera>, HtmlVideoElement)> {
        Some((self.camera.now()?, self.video.now()?))
    }

    /// Takes the picture, and then its burst, where one is wanted. Of that as much is taken as can be.
    fn take(self) {
        if !self.running.now() {
            return;
        }
        self.with_camera(move |_, video| async move {
            let Some(crop) = self.viewport().map(|(viewport, guide)| viewport.crop(guide)) else { return };
            if let Some(mut picture) = picture::grab(&video, crop, LONGEST).await {
                picture.reading = Reading::of(&video);
                let [pictures, apart] = self.shot.burst;
                if pictures > 0 {
                    // From here on the burst alone has the camera, and nothing else is done with it.
                    let camera = self.camera.update(Option::take);
                    self.looking.set(None);
                    let Rect { x, y, width, height } = crop;
                    let selfie = picture.blob.clone().into();
                    let [x, y, width, height] = [x, y, width, height].map(JsValue::from);
                    let wanted = [selfie, video.into(), pictures.into(), apart.into(), x, y, width, height];
                    js::promised(self.shot.flow.ask_sight("burst", &wanted)).await;
                    drop(camera);
                }
                self.shot.go(Stage::Check(picture));
            }
        });
    }

    fn play(self) {
        self.with_camera(move |camera, video| async move { self.show(&camera, &video).await });
    }

    fn switch(self) {
        self.looking.set(None);
        self.running.set(false);
        self.with_camera(move |camera, _| async move {
            match camera.next_lens().await {
                Ok(()) => self.look_at(&camera),
                Err(failure) => self.fail(failure),
            }
        });
    }

    fn toggle_torch(self) {
        let on = !self.torch.now().unwrap_or(false);
        self.with_camera(move |camera, _| async move {
            if camera.set_torch(on).await {
                self.torch.set(Some(on));
            }
        });
    }
}

/// Whether the stage would cut off more than a third of the picture's width, as of a webcam's in
/// a narrow dialog. Such a picture is shown whole, lest most of its pixels be lost.
fn is_wide(video: &HtmlVideoElement) -> bool {
    let (Some(frame), Some(stage)) = (picture::frame(video), video.parent_element()) else { return false };
    let covered = frame.height * f64::from(stage.client_width()) / f64::from(stage.client_height().max(1));
    covered < frame.width * 2.0 / 3.0
}

/// The guide stands clear of the controls, which are below it, or beside it on a phone that lies.
fn beside_controls(video: &HtmlVideoElement, stage: Size) -> Margins {
    let usual = Margins::usual(stage);
    let controls = video.parent_element().and_then(|parent| parent.query_selector(".bottom").ok()?);
    let Some(controls) = controls else { return usual };
    let (width, height) = (f64::from(controls.client_width()), f64::from(controls.client_height()));
    if width < stage.width / 2.0 {
        Margins { right: usual.right.max(width), ..usual }
    } else {
        Margins { bottom: usual.bottom.max(height), ..usual }
    }
}

fn cut_out(guide: Rect, kind: Guide) -> View {
    let oval = kind == Guide::Face;
    el("div")
        .class(if oval { "guide oval" } else { "guide" })
        .with(move |element| {
            let style = element.style();
            let sides =
                [("left", guide.x), ("top", guide.y), ("width", guide.width), ("height", guide.height)];
            for (side, length) in sides {
                let _ = style.set_property(side, &[&(length as i32).to_string(), "px"].concat());
            }
        })
        .draw()
}

/// The shutter; where the browser wants a tap first, it takes that one too.
fn shutter(live: Live) -> El {
    let ready = move || live.running.get() || live.needs_tap.get();
    el("button")
        .set("type", "button")
        .class("shutter")
        .set("aria-label", live.shot.flow.text(Message::ActionTakePhoto))
        .set_while("aria-disabled", move || (!ready()).then(|| "true".into()))
        .on("click", move |_| if live.needs_tap.now() { live.play() } else { live.take() })
}

fn lens_button(live: Live) -> Option<View> {
    let label = live.shot.flow.text(Message::ActionSwitchCamera);
    let arrows = "M4 9a8 8 0 0 1 14-3l2 2M20 4v4h-4M20 15a8 8 0 0 1-14 3l-2-2M4 20v-4h4";
    (live.lenses.get() > 1).then(|| round(label, arrows, move || live.switch()).draw())
}

fn torch_button(live: Live) -> Option<View> {
    let lit = live.torch.get()?;
    let label = live.shot.flow.text(if lit { Message::ActionTorchOff } else { Message::ActionTorchOn });
    let button = round(label, "M13 2L5 13h6l-1 9 8-11h-6z", move || live.toggle_torch());
    Some(button.class("round torch").set("aria-pressed", if lit { "true" } else { "false" }).draw())
}

fn round(label: String, sign: &'static str, act: impl Fn() + 'static) -> El {
    el("button")
        .set("type", "button")
        .class("round")
        .set("aria-label", label)
        .on("click", move |_| act())
        .child(drawing::icon(sign))
}
