//! Before the camera: the picture over the whole stage, the guide cut out of the dark, one sentence.

use std::rc::Rc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use vestibule_protocol::message::Message;
use web_sys::HtmlVideoElement;

use super::{Obstacle, Shot, Stage};
use crate::capture::camera::{Camera, Interruption};
use crate::capture::failure::CameraFailure;
use crate::capture::picture::{self, LONGEST};
use crate::capture::viewport::{Guide, Margins, Rect, Size, Viewport};
use crate::capture::wake::WakeLock;
use crate::components::page::heading;

/// The camera and what the screen shows of it. Copies are the same.
#[derive(Clone, Copy)]
struct Live {
    shot: Shot,
    camera: StoredValue<Option<Rc<Camera>>, LocalStorage>,
    video: NodeRef<html::Video>,
    /// The guide on the stage, in CSS pixels.
    guide: RwSignal<Option<Rect>, LocalStorage>,
    /// The picture moves, and can be taken.
    running: RwSignal<bool>,
    /// The browser plays only after a tap.
    needs_tap: RwSignal<bool>,
    lenses: RwSignal<usize>,
    mirrored: RwSignal<bool>,
    /// `None` where there is no light.
    torch: RwSignal<Option<bool>>,
}

/// Draws the camera. It is turned off when the screen goes.
pub fn view(shot: Shot) -> AnyView {
    let live = Live {
        shot,
        camera: StoredValue::new_local(None),
        video: NodeRef::new(),
        guide: RwSignal::new_local(None),
        running: RwSignal::new(false),
        needs_tap: RwSignal::new(false),
        lenses: RwSignal::new(1),
        mirrored: RwSignal::new(false),
        torch: RwSignal::new(None),
    };
    let wake = StoredValue::new_local(WakeLock::hold());
    let resize = window_event_listener(ev::resize, move |_| live.place_guide());
    live.video.on_load(move |video| {
        let opening = shot.flow.spawn(async move { live.open(&video).await });
        on_cleanup(move || opening.abort());
    });
    on_cleanup(move || {
        resize.remove();
        wake.set_value(None);
        live.turn_off();
    });

    let text = |message| shot.flow.text(message);
    let (starting, sentence) = (text(Message::PhotoStarting), shot.sentence());
    let words = move || if live.running.get() { sentence.clone() } else { starting.clone() };
    view! {
        <div class="live">
            <video class:mirrored=move || live.mirrored.get() node_ref=live.video playsinline=true muted=true></video>
            {move || live.guide.get().map(|guide| cut_out(guide, shot.guide()))}
            <div class="unseen">{heading(shot.title())}</div>
            <div class="top">
                <button type="button" class="round" on:click=move |_| shot.go(Stage::Ready) aria-label=text(Message::ActionBack)>
                    {icon("M15 5l-7 7 7 7")}
                </button>
                {torch_button(live)}
            </div>
            <div class="bottom">
                <p role="status">{words}</p>
                <div class="controls">
                    <span class="side"></span>
                    {shutter(live)}
                    <span class="side">{lens_button(live)}</span>
                </div>
                <div class="instead">{shot.upload_instead()}</div>
            </div>
        </div>
    }
    .into_any()
}

impl Live {
    async fn open(self, video: &HtmlVideoElement) {
        match Camera::open(self.shot.facing()).await {
            Ok(camera) => {
                let camera = Rc::new(camera);
                camera.on_interruption(move |interruption| self.interrupted(interruption));
                self.camera.set_value(Some(camera.clone()));
                self.show(&camera, video).await;
            }
            Err(failure) => self.fail(failure),
        }
    }

    async fn show(self, camera: &Camera, video: &HtmlVideoElement) {
        match camera.attach(video).await {
            Ok(()) => {
                self.mirrored.set(camera.mirrored());
                self.lenses.set(camera.lenses());
                self.torch.set(camera.torch_available().then_some(false));
                self.needs_tap.set(false);
                self.running.set(true);
                self.place_guide();
            }
            Err(CameraFailure::NeedsTap) => self.needs_tap.set(true),
            Err(failure) => self.fail(failure),
        }
    }

    fn fail(self, failure: CameraFailure) {
        self.shot.go(Stage::Blocked(Obstacle::Failure(failure)));
    }

    fn interrupted(self, interruption: Interruption) {
        match interruption {
            Interruption::Ended => self.shot.go(Stage::Blocked(Obstacle::Interrupted)),
            Interruption::Paused => self.running.set(false),
            Interruption::Resumed => self.running.set(true),
        }
    }

    fn turn_off(self) {
        if let Some(camera) = self.camera.try_update_value(Option::take).flatten() {
            camera.close();
        }
    }

    /// What the camera sees, on this stage.
    fn viewport(self) -> Option<(Viewport, Rect)> {
        let video = self.video.get_untracked()?;
        let stage = Size { width: video.client_width().into(), height: video.client_height().into() };
        let viewport = Viewport::cover(picture::frame(&video)?, stage, self.mirrored.get_untracked())?;
        Some((viewport, self.shot.guide().place(stage, Margins::usual(stage))))
    }

    fn place_guide(self) {
        self.guide.set(self.viewport().map(|(_, guide)| guide));
    }

    /// Does something with the camera, if it is on; the screen going away ends it.
    fn with_camera<F: Future<Output = ()> + 'static>(self, act: impl FnOnce(Rc<Camera>, HtmlVideoElement) -> F) {
        if let (Some(camera), Some(video)) = (self.camera.get_value(), self.video.get_untracked()) {
            let task = self.shot.flow.spawn(act(camera, video));
            on_cleanup(move || task.abort());
        }
    }

    fn take(self) {
        if !self.running.get_untracked() {
            return;
        }
        self.with_camera(move |_, video| async move {
            if let Some((viewport, guide)) = self.viewport()
                && let Some(picture) = picture::grab(&video, viewport.crop(guide), LONGEST).await
            {
                self.shot.go(Stage::Check(picture));
            }
        });
    }

    fn play(self) {
        self.with_camera(move |camera, video| async move { self.show(&camera, &video).await });
    }

    fn switch(self) {
        self.running.set(false);
        self.with_camera(move |camera, video| async move {
            match camera.next_lens().await {
                Ok(()) => self.show(&camera, &video).await,
                Err(failure) => self.fail(failure),
            }
        });
    }

    fn toggle_torch(self) {
        let on = !self.torch.get_untracked().unwrap_or(false);
        self.with_camera(move |camera, _| async move {
            if camera.set_torch(on).await {
                self.torch.set(Some(on));
            }
        });
    }
}

fn cut_out(guide: Rect, kind: Guide) -> AnyView {
    let pixels = |length: f64| [&(length as i32).to_string(), "px"].concat();
    view! {
        <div
            class="guide"
            class:oval=kind == Guide::Face
            style:left=pixels(guide.x)
            style:top=pixels(guide.y)
            style:width=pixels(guide.width)
            style:height=pixels(guide.height)
        ></div>
    }
    .into_any()
}

/// The shutter; where the browser wants a tap first, it takes that one too.
fn shutter(live: Live) -> AnyView {
    let label = live.shot.flow.text(Message::ActionTakePhoto);
    let ready = move || live.running.get() || live.needs_tap.get();
    let press = move |_| if live.needs_tap.get_untracked() { live.play() } else { live.take() };
    view! {
        <button
            type="button"
            class="shutter"
            aria-label=label
            aria-disabled=move || (!ready()).then_some("true")
            on:click=press
        ></button>
    }
    .into_any()
}

fn lens_button(live: Live) -> impl Fn() -> Option<AnyView> {
    let label = live.shot.flow.text(Message::ActionSwitchCamera);
    move || {
        (live.lenses.get() > 1).then(|| {
            view! {
                <button type="button" class="round" aria-label=label.clone() on:click=move |_| live.switch()>
                    {icon("M4 9a8 8 0 0 1 14-3l2 2M20 4v4h-4M20 15a8 8 0 0 1-14 3l-2-2M4 20v-4h4")}
                </button>
            }
            .into_any()
        })
    }
}

fn torch_button(live: Live) -> impl Fn() -> Option<AnyView> {
    let flow = live.shot.flow;
    let (on, off) = (flow.text(Message::ActionTorchOn), flow.text(Message::ActionTorchOff));
    move || {
        live.torch.get().map(|lit| {
            let label = if lit { off.clone() } else { on.clone() };
            view! {
                <button type="button" class="round" class:lit=lit aria-label=label on:click=move |_| live.toggle_torch()>
                    {icon("M13 2L5 13h6l-1 9 8-11h-6z")}
                </button>
            }
            .into_any()
        })
    }
}

fn icon(path: &'static str) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=path /></svg>
    }
    .into_any()
}
