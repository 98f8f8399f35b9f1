//! What stands in for the page's JavaScript when somebody logs in, and the answers of a server that is made up.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::JsValue;

use super::stage::{Stage, settle};

/// What an authenticator is asked.
pub const OPTIONS: &str = r#"{\"challenge\":\"AAAA\"}"#;

/// Where a session stands whose next step shows this.
pub fn session(screen: &str) -> String {
    format!(
        r#"{{"session_id":"00000000-0000-4000-8000-000000000001","status":"SESSION_CREATED",
        "session_token":"obtok_1","expires_at":"2030-01-01T00:00:00.000Z",
        "about":{{"tenant":"Northwind Bank","title":"Log in","minutes":1,"steps":["identify"],"sandbox":true}},
        {}}}"#,
        next(screen)
    )
}

/// The answer to a submission after which the step shows this.
pub fn turn(screen: &str) -> String {
    format!(r#"{{"step_id":"step_0000000000000000000001","status":"SESSION_IN_PROGRESS",{}}}"#, next(screen))
}

fn next(screen: &str) -> String {
    format!(
        r#""nonce":"n{}","next":{{"name":"login","position":1,"total":2,"screen":{screen}}}"#,
        screen.len()
    )
}

/// A refusal of this field.
pub fn refusal(field: &str, problem: &str) -> String {
    format!(
        r#"{{"id":"err_0000000000000000000001","type":"invalid_request","http":422,"code":"invalid_field","message":"No.",
        "fields":[{{"field":"{field}","problem":"{problem}"}}]}}"#
    )
}

/// A page that lends what logging in needs. `asked` notes what the flow asks of it.
pub struct Page(JsValue);

impl Page {
    /// A page whose authenticator answers so, such as `{ passkey: '{}' }`.
    pub fn answering(answer: &str) -> Self {
        let script = format!(
            "const page = {{ asked: [] }};
             const note = (name) => (...values) => {{
               page.asked.push([name, ...values.filter((value) => typeof value === 'string')].join(' '));
               page.take = values.find((value) => typeof value === 'function') ?? page.take;
               return Promise.resolve({answer});
             }};
             const methods = ['prepare', 'create', 'get', 'offer', 'hear', 'stop', 'keep'];
             page.login = {{ token: 'logtok_before', makesPasskeys: true, usesPasskeys: true, ...Object.fromEntries(methods.map((name) => [name, note(name)])) }};
             return page;"
        );
        Self(Function::new_no_args(&script).call0(&JsValue::UNDEFINED).expect("a script of our own"))
    }

    /// The same page in a frame of another one, where passkeys are made in a window.
    pub fn framed(self) -> Self {
        let login = Reflect::get(&self.0, &"login".into()).expect("it has one");
        Reflect::set(&login, &"usesPasskeys".into(), &false.into()).expect("our own object");
        self
    }

    /// The flow on it.
    pub async fn before(&self, answer: &str) -> Stage {
        Stage::logging_in(answer, &Reflect::get(&self.0, &"login".into()).expect("it has one")).await
    }

    /// What the flow asked of it so far.
    pub fn asked(&self) -> Vec<String> {
        let asked = Reflect::get(&self.0, &"asked".into()).expect("it is noted");
        Array::from(&asked).iter().filter_map(|word| word.as_string()).collect()
    }

    /// Gives to the flow what it listens for.
    pub async fn gives(&self, what: &str) {
        let take = Reflect::get(&self.0, &"take".into()).expect("it is noted");
        Function::from(take).call1(&JsValue::UNDEFINED, &what.into()).expect("the flow does not throw");
        settle().await;
    }
}
