//! The flow that a person walks: screens around a pure machine.

pub mod capture;
pub mod client;
pub mod machine;

mod components;
mod flow;
mod host;
mod i18n;
mod screens;
mod state;
mod view;

use any_spawner::Executor;
use js_sys::Reflect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;
use vestibule_protocol::secret::{LoginToken, SecretForm};
use vestibule_protocol::session::{SessionAnswer, StepWord};
use wasm_bindgen::JsValue;
use web_sys::HtmlElement;

use client::Client;
use client::browser::Browser;
use flow::{Around, Flow, WayOut};
use host::Host;
use i18n::Words;
use machine::Phase;
use view::View;

/// A flow in a page. Dropping it removes everything that it put there.
pub struct Mounted {
    flow: Flow,
    owner: Owner,
    view: View,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.flow.end();
        self.owner.cleanup();
        self.view.unmount();
    }
}

/// Mounts a flow in `stage`.
///
/// `options` is a JavaScript object: `server` (origin, no trailing slash), `answer` (the parsed
/// answer that opened the session), `messages` (id → text), `closable`, `onStep(name)` (for each screen), `onComplete(token)`,
/// `onHeld(token)` (the token of one who leaves from now on), `onError(error)`, `onClose()`, `login`, by which people
/// log in (`sdk/npm/src/login/`): `token`, what logging in gave before; `keep(token)` keeps it; `makesPasskeys` and
/// `usesPasskeys` say whether the browser can, and can here: else it makes them in a window of its own; `create(options)`
/// and `get(options)` promise what an authenticator answers, or that the person is back from there; `offer(options, take)` lets the browser offer passkeys where
/// an address is typed, and `hear(take)` lets it read a code from a message; `prepare()` gets ready for them, and
/// `stop()` ends what was asked; and `sight`, by which the camera sees, where it can (`sdk/npm/src/sight/`): `open()` promises it, or `null`; `recall(name, value)` gives
/// what a field is to begin with where a document was read; `question(place, given, correct)` asks in `place`
/// about what differs from it; `burst(selfie, video, pictures, apart, x, y, width, height)` takes so
/// many smaller pictures of this part of the video, and leaves
/// `addBurst(form)` on the selfie, which adds them to the form in which it is sent.
///
/// # Errors
/// A sentence when `options` lacks what a flow needs, or there is no window.
pub fn mount(stage: HtmlElement, options: &JsValue) -> Result<Mounted, &'static str> {
    let option = |name: &str| Reflect::get(options, &name.into()).unwrap_or_default();
    let server = option("server").as_string().ok_or("mount needs the server's origin")?;
    let answer: SessionAnswer = client::read::read(&option("answer"))
        .map_err(|_| "mount needs the answer that opened the session")?;
    let window = web_sys::window().ok_or("mount needs a window")?;
    let words = Words::new(option("messages"));
    let note = answer.about.note.clone().map(|note| (answer.about.tenant.clone(), note));
    let way_out = match answer.about.redirect_url {
        _ if option("closable").is_truthy() => WayOut::Close,
        Some(_) => WayOut::Return { tenant: answer.about.tenant.clone() },
        None => WayOut::Stay,
    };
    let login = option("login");
    let logged_in = capture::js::get(&login, "token").as_string().map(|token| LoginToken::from_text(&token));
    let client = Client::new(
        Browser::new(window),
        server,
        answer.session_id.clone(),
        answer.session_token.clone(),
        logged_in,
    );
    let of_login = [StepWord::Identify, StepWord::Passkey, StepWord::LoginMethods];
    let login_alone = answer.about.steps.iter().all(|step| of_login.contains(step));
    let around =
        Around { way_out, note, login_alone, sandbox: answer.about.sandbox, sight: option("sight"), login };
    let progress = answer.into_progress().ok_or("the answer does not say what comes next")?;

    let host = Host::new(options);
    // The executor of an earlier flow on this page serves this one too.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let (flow, view) = owner.with(|| {
        let flow = Flow::new(stage.clone(), client, host, words, around);
        flow.begin(Phase::begin(progress));
        let screen = view::live(move || {
            flow.watch_scene();
            // What a screen reads while it is made must not make it anew.
            Some(untrack(|| screens::screen(flow)))
        });
        screen.mount(&stage);
        (flow, screen)
    });
    Ok(Mounted { flow, owner, view })
}
