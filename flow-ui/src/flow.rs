//! One mounted flow: the machine, its effects, and the signals that the screens watch.

use std::pin::Pin;
use std::rc::Rc;

use futures_util::future::{AbortHandle, abortable};
use vestibule_protocol::date::Date;
use vestibule_protocol::message::Message;
use vestibule_protocol::problem::RefusedField;
use vestibule_protocol::secret::Reveal;
use vestibule_protocol::upload::{RejectionReason, UploadName};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, HtmlElement};

use crate::capture::js;
use crate::client::browser::Browser;
use crate::client::{Client, Tell};
use crate::host::Host;
use crate::i18n::Words;
use crate::machine::{Effect, Event, Pace, Phase, Place, Trouble, Walk, Work};
use crate::state::State;

/// A handle to the flow. Copies are the same flow.
#[derive(Clone, Copy)]
pub struct Flow {
    core: State<Core>,
    scene: State<u32>,
    status: State<Status>,
}

/// What a flow is made of.
struct Core {
    phase: Option<Phase<Blob>>,
    client: Rc<Client<Browser>>,
    host: Rc<Host>,
    words: Words,
    stage: HtmlElement,
    around: Around,
    tasks: Vec<AbortHandle>,
}

/// What a flow stands in.
pub struct Around {
    /// Where a person goes when the flow is over.
    pub way_out: WayOut,
    /// What a reviewer asks for: the tenant's name, and the words.
    pub note: Option<(String, String)>,
    /// Whether the person logs in, or changes how they do, and nothing else.
    pub login_alone: bool,
    /// Whether nothing of it is real.
    pub sandbox: bool,
    /// What the page lends the flow to see with, see [`crate::mount`].
    pub sight: JsValue,
    /// What it lends it to log in with, see [`crate::mount`].
    pub login: JsValue,
}

/// Where a person goes when the flow is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// Back to the host page: the flow is closed.
    Close,
    /// Back to the tenant's own page, which the hosted page opens.
    Return {
        /// The tenant's name.
        tenant: String,
    },
    /// Nowhere: the hosted page ends here.
    Stay,
}

/// How the person's last act is going, as the screens show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is the person's turn.
    Idle,
    /// Some fields were refused.
    Refused(Vec<RefusedField>),
    /// A picture was refused.
    Rejected(RejectionReason),
    /// Something is on its way.
    Sending(Pace),
    /// It did not arrive.
    Failed(Trouble),
}

/// What tells one screen from another. While it stays, the screen keeps what was typed in it.
#[derive(PartialEq, Eq)]
enum Scene {
    Step(Box<str>),
    /// A part of a step that is done in parts, by the nonce with which it came: each is drawn by itself.
    Part(Box<str>),
    Correction(Box<str>),
    Capture {
        step: Box<str>,
        slot: Option<UploadName>,
        under_way: bool,
    },
    Complete,
    Stopped,
}

impl Flow {
    /// A flow that has not begun. [`Flow::begin`] begins it.
    pub fn new(
        stage: HtmlElement,
        client: Client<Browser>,
        host: Host,
        words: Words,
        around: Around,
    ) -> Self {
        let core = Core {
            phase: None,
            client: Rc::new(client),
            host: Rc::new(host),
            words,
            stage,
            around,
            tasks: Vec::new(),
        };
        Self { core: State::new(core), scene: State::new(0), status: State::new(Status::Idle) }
    }

    /// Takes its first phase, and runs what it asks for.
    pub fn begin(self, (phase, effects): (Phase<Blob>, Vec<Effect<Blob>>)) {
        self.core.update(|core| core.phase = Some(phase));
        self.show_scene();
        self.run(effects);
    }

    /// Tells the machine what happened, shows what it says, and runs what it asks for.
    pub fn tell(self, event: Event<Blob>) {
        let Some(phase) = self.core.update(|core| core.phase.take()) else { return };
        let before = scene(&phase);
        let (phase, effects) = phase.advance(event);
        let changed = before != scene(&phase);
        let status = status(&phase);
        self.core.update(|core| core.phase = Some(phase));
        if self.status.with_now(|shown| *shown != status) {
            self.status.set(status);
        }
        if changed {
            self.show_scene();
        }
        self.run(effects);
    }

    fn show_scene(self) {
        self.scene.update(|revision| *revision += 1);
        let host = self.core.with_now(|core| core.host.clone());
        self.with_walk(|walk| host.step(walk.step().name.as_str()));
    }

    /// Watches for another screen.
    pub fn watch_scene(self) {
        self.scene.with(|_| ());
    }

    /// How the person's last act is going. Watched.
    pub fn status(self) -> Status {
        self.status.get()
    }

    /// Whether a file is on its way, or did not arrive, at this moment.
    pub fn is_under_way(self) -> bool {
        self.with_walk(is_under_way).unwrap_or(false)
    }

    /// How the person's last act went, at this moment.
    pub fn status_now(self) -> Status {
        self.status.now()
    }

    /// Whether something is on its way. Watched.
    pub fn is_sending(self) -> bool {
        self.status.with(|status| matches!(status, Status::Sending(_)))
    }

    /// Looks at the phase.
    pub fn with_phase<R>(self, look: impl FnOnce(&Phase<Blob>) -> R) -> Option<R> {
        self.core.with_now(|core| core.phase.as_ref().map(look))
    }

    /// Looks at a person on the way; `None` once that is over.
    pub fn with_walk<R>(self, look: impl FnOnce(&Walk<Blob>) -> R) -> Option<R> {
        self.with_phase(|phase| match phase {
            Phase::Walking(walk) => Some(look(walk)),
            _ => None,
        })
        .flatten()
    }

    /// A text in the person's language.
    pub fn text(self, message: Message) -> String {
        self.core.with_now(|core| core.words.text(message))
    }

    /// A text with its placeholders filled.
    pub fn filled(self, message: Message, parts: &[(&str, &str)]) -> String {
        self.core.with_now(|core| core.words.filled(message, parts))
    }

    /// A text whose id is put together from data.
    pub fn named(self, id: &str) -> Option<String> {
        self.core.with_now(|core| core.words.named(id))
    }

    /// Where a person goes when the flow is over.
    pub fn way_out(self) -> WayOut {
        self.core.with_now(|core| core.around.way_out.clone())
    }

    /// What a reviewer asks for: the tenant's name, and the words.
    pub fn note(self) -> Option<(String, String)> {
        self.core.with_now(|core| core.around.note.clone())
    }

    /// Calls one of the methods by which the page lends the flow its sight, see [`crate::mount`].
    pub fn ask_sight(self, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
        let sight = self.core.with_now(|core| core.around.sight.clone());
        js::call(&sight, method, arguments)
    }

    /// Calls a method by which the page lends the flow what it needs to log in, see [`crate::mount`].
    pub fn ask_login(self, method: &str, arguments: &[JsValue]) -> Option<JsValue> {
        let login = self.core.with_now(|core| core.around.login.clone());
        js::call(&login, method, arguments)
    }

    /// Whether what the page lends for it says so, see [`crate::mount`].
    pub fn can_log_in(self, by: &str) -> bool {
        self.core.with_now(|core| js::get(&core.around.login, by).is_truthy())
    }

    /// Whether the person logs in, or changes how they do, and nothing else.
    pub fn is_login(self) -> bool {
        self.core.with_now(|core| core.around.login_alone)
    }

    /// Where what is sent to people can be read, in the sandbox: nothing is sent there.
    pub fn outbox(self) -> Option<String> {
        let sandbox = self.core.with_now(|core| core.around.sandbox);
        sandbox.then(|| self.core.with_now(|core| [core.client.server(), "/dev/outbox"].concat()))
    }

    /// Whether nothing was shown before the screen that is being made.
    pub fn is_first_screen(self) -> bool {
        self.scene.with_now(|revision| *revision <= 1)
    }

    /// Whether the person can close the flow: false on a page of its own.
    pub fn is_closable(self) -> bool {
        self.way_out() == WayOut::Close
    }

    /// The element that the flow is mounted in.
    pub fn stage(self) -> HtmlElement {
        self.core.with_now(|core| core.stage.clone())
    }

    /// The person closes the flow.
    pub fn close(self) {
        self.core.with_now(|core| core.host.clone()).close();
    }

    /// The day, as this device has it.
    pub fn today(self) -> Date {
        let now = js_sys::Date::new_0();
        Date::new(now.get_full_year() as u16, now.get_month() as u8 + 1, now.get_date() as u8)
            .unwrap_or_else(|_| Date::new(2000, 1, 1).expect("a day that exists"))
    }

    /// The time, in milliseconds, as this device has it.
    pub fn now(self) -> f64 {
        js_sys::Date::now()
    }

    /// Waits so many milliseconds.
    pub async fn pause(self, millis: u32) {
        let client = self.core.with_now(|core| core.client.clone());
        client.pause(millis).await;
    }

    /// Runs a task until it ends or the flow does.
    pub fn spawn(self, task: impl Future<Output = ()> + 'static) -> AbortHandle {
        self.spawn_boxed(Box::pin(task))
    }

    fn spawn_boxed(self, task: Pin<Box<dyn Future<Output = ()>>>) -> AbortHandle {
        let (task, handle) = abortable(task);
        self.core.update(|core| {
            core.tasks.retain(|task| !task.is_aborted());
            core.tasks.push(handle.clone());
        });
        let ended = handle.clone();
        spawn_local(async move {
            let _ = task.await;
            // Marks it for the next sweep of the list.
            ended.abort();
        });
        handle
    }

    /// Ends everything that is on its way.
    pub fn end(self) {
        let tasks = self.core.update(|core| std::mem::take(&mut core.tasks));
        tasks.into_iter().for_each(|task| task.abort());
    }

    fn run(self, effects: Vec<Effect<Blob>>) {
        for effect in effects {
            let (client, host) = self.core.with_now(|core| (core.client.clone(), core.host.clone()));
            match effect {
                Effect::LeaveWith(token) => host.leave_with(&token),
                Effect::TellComplete(token) => host.complete(&token),
                Effect::TellError(trouble) => host.error(&trouble),
                request => {
                    self.spawn(async move {
                        let event = answer(&client, request, self.pace()).await;
                        if let Some(token) = client.login() {
                            self.ask_login("keep", &[token.reveal().into()]);
                        }
                        self.tell(event);
                    });
                }
            }
        }
    }

    fn pace(self) -> Tell {
        Rc::new(move |pace| self.tell(Event::Pace(pace)))
    }
}

async fn answer(client: &Client<Browser>, request: Effect<Blob>, pace: Tell) -> Event<Blob> {
    let progress = match request {
        Effect::Submit { nonce, name, data } => client.submit(nonce, name, data, &pace).await,
        Effect::Upload { step_id, nonce, name, picture } => {
            return match client.upload(&step_id, &nonce, name, &picture, &pace).await {
                Ok(answer) => Event::Judged(answer),
                Err(trouble) => Event::Trouble(trouble),
            };
        }
        _ => client.open(&pace).await,
    };
    match progress {
        Ok(progress) => Event::Arrived(progress),
        Err(trouble) => Event::Trouble(trouble),
    }
}

fn is_under_way(walk: &Walk<Blob>) -> bool {
    matches!(walk.work(), Work::Sending { .. } | Work::Failed { .. })
}

fn scene(phase: &Phase<Blob>) -> Scene {
    match phase {
        Phase::Walking(walk) => {
            let name = walk.step().name.as_str().into();
            match walk.place() {
                Place::Next(ahead) => match ahead.part() {
                    Some(nonce) => Scene::Part(nonce.reveal().into()),
                    None => Scene::Step(name),
                },
                Place::Correction { .. } => Scene::Correction(name),
                Place::Capture { .. } => Scene::Capture {
                    step: name,
                    slot: walk.slot().map(|slot| slot.name),
                    under_way: is_under_way(walk),
                },
            }
        }
        Phase::Closing { .. } | Phase::Complete(_) => Scene::Complete,
        Phase::Stopped(_) => Scene::Stopped,
    }
}

fn status(phase: &Phase<Blob>) -> Status {
    let Phase::Walking(walk) = phase else { return Status::Idle };
    match walk.work() {
        Work::Idle => Status::Idle,
        Work::Refused(fields) => Status::Refused(fields.clone()),
        Work::Rejected(reason) => Status::Rejected(*reason),
        Work::Sending { pace, .. } => Status::Sending(*pace),
        Work::Failed { trouble, .. } => Status::Failed(trouble.clone()),
    }
}
