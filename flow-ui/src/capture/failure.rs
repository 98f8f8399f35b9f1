//! Why a camera could not be had: one word for each thing that a person can do about it.
//!
//! Browsers answer with the name of a `DOMException` (Media Capture and Streams, §10.2), and one
//! name, `NotAllowedError`, stands for five different situations.

use wasm_bindgen::JsValue;
use web_sys::Window;

use super::js;

/// Why there is no camera picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CameraFailure {
    /// The browser's question was closed without an answer, or refused for this once: asking
    /// again may help. Some browsers do not ask twice until the page is loaded again.
    Dismissed,
    /// The person refused, and the browser remembers it: it must be changed in its settings.
    Refused,
    /// The browser may not use the camera: it must be changed in the system's settings.
    RefusedBySystem,
    /// The page that embeds this one does not let the camera through (`allow="camera"`,
    /// `Permissions-Policy`). The person can do nothing about it.
    ForbiddenByPage,
    /// The page is shown inside another app, which lends it no camera: it must be opened in a
    /// browser.
    InsideApp,
    /// The page did not come over HTTPS.
    Insecure,
    /// The browser knows no cameras.
    Unsupported,
    /// The device has none.
    NotFound,
    /// Another app has it, or it did not start.
    Busy,
    /// It was had, but no picture came within ten seconds.
    NoPicture,
    /// The browser shows moving pictures only after a tap (a phone that saves its battery): give
    /// the person a button and attach again when it is tapped.
    NeedsTap,
}

/// What the browser says of a permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Permission {
    Granted,
    Denied,
    /// It will ask.
    Open,
    /// It does not say.
    Untold,
}

/// What is known around a refusal.
struct Surroundings {
    /// Whether the page's own policy forbids it.
    forbidden: bool,
    inside_app: bool,
    permission: Permission,
}

impl CameraFailure {
    /// What keeps a page from even asking, or `None`.
    pub(super) fn before_asking(window: &Window) -> Option<Self> {
        if js::get(&window.navigator(), "mediaDevices").is_object() {
            return None;
        }
        Some(if !window.is_secure_context() {
            Self::Insecure
        } else if user_agent(window).is_some_and(|agent| names_an_app(&agent)) {
            Self::InsideApp
        } else {
            Self::Unsupported
        })
    }

    /// What an exception of `getUserMedia` means.
    pub(super) async fn of(window: &Window, exception: &JsValue) -> Self {
        let text = |key| js::get(exception, key).as_string().unwrap_or_default();
        let name = text("name");
        if !is_refusal(&name) {
            return by_name(&name);
        }
        let surroundings = Surroundings {
            forbidden: is_forbidden(window),
            inside_app: user_agent(window).is_some_and(|agent| names_an_app(&agent)),
            permission: permission(window).await,
        };
        refusal(&text("message"), &surroundings)
    }
}

/// Whether a request with fewer wishes might still be granted after this exception.
pub(super) fn may_ask_for_less(exception: &JsValue) -> bool {
    let name = js::get(exception, "name").as_string().unwrap_or_default();
    matches!(by_name(&name), CameraFailure::NotFound | CameraFailure::Busy) && !is_refusal(&name)
}

fn is_refusal(name: &str) -> bool {
    matches!(name, "NotAllowedError" | "PermissionDeniedError" | "PermissionDismissedError")
}

/// The second name of a pair is what browsers said before the standard did.
fn by_name(name: &str) -> CameraFailure {
    match name {
        // The last request wishes for nothing but a video: nothing that fits is nothing at all.
        "NotFoundError" | "DevicesNotFoundError" | "OverconstrainedError" | "ConstraintNotSatisfiedError" => {
            CameraFailure::NotFound
        }
        "SecurityError" => CameraFailure::ForbiddenByPage,
        "TypeError" | "NotSupportedError" => CameraFailure::Unsupported,
        // `NotReadableError`, `TrackStartError`, `AbortError`, `InvalidStateError` and whatever
        // else: it is there and did not start.
        _ => CameraFailure::Busy,
    }
}

fn refusal(message: &str, around: &Surroundings) -> CameraFailure {
    if around.forbidden {
        CameraFailure::ForbiddenByPage
    } else if around.inside_app {
        CameraFailure::InsideApp
    } else if message.contains("system") || around.permission == Permission::Granted {
        // Chromium says "by system"; elsewhere a permission that was given and yet refused is it.
        CameraFailure::RefusedBySystem
    } else if message.contains("dismissed") || around.permission == Permission::Open {
        CameraFailure::Dismissed
    } else {
        CameraFailure::Refused
    }
}

/// Chromium alone tells; elsewhere such a refusal looks like a person's.
fn is_forbidden(window: &Window) -> bool {
    let policy = window.document().map(|document| js::get(&document, "featurePolicy"));
    policy.and_then(|policy| js::call(&policy, "allowsFeature", &["camera".into()])) == Some(JsValue::FALSE)
}

async fn permission(window: &Window) -> Permission {
    let permissions = js::get(&window.navigator(), "permissions");
    let camera = js::object(&[("name", "camera".into())]);
    let status = js::promised(js::call(&permissions, "query", &[camera])).await;
    match status.and_then(|status| js::get(&status, "state").as_string()).as_deref() {
        Some("granted") => Permission::Granted,
        Some("denied") => Permission::Denied,
        Some("prompt") => Permission::Open,
        _ => Permission::Untold,
    }
}

fn user_agent(window: &Window) -> Option<String> {
    window.navigator().user_agent().ok()
}

/// Whether a browser is the inside of an app: the marks that the large ones leave, and that of
/// Android's own web view.
fn names_an_app(agent: &str) -> bool {
    ["FBAN/", "FBAV/", "Instagram", "Line/", "MicroMessenger", "Snapchat", "TikTok", "musical_ly", "; wv)"]
        .iter()
        .any(|mark| agent.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Surroundings =
        Surroundings { forbidden: false, inside_app: false, permission: Permission::Untold };

    #[test]
    fn every_name_has_its_word() {
        for (name, expected) in [
            ("NotFoundError", CameraFailure::NotFound),
            ("OverconstrainedError", CameraFailure::NotFound),
            ("NotReadableError", CameraFailure::Busy),
            ("TrackStartError", CameraFailure::Busy),
            ("AbortError", CameraFailure::Busy),
            ("SecurityError", CameraFailure::ForbiddenByPage),
            ("TypeError", CameraFailure::Unsupported),
            ("SomethingNewError", CameraFailure::Busy),
        ] {
            assert_eq!(by_name(name), expected, "{name}");
        }
    }

    #[test]
    fn a_refusal_is_told_apart_by_what_is_around_it() {
        let with = |permission| Surroundings { permission, ..PLAIN };
        assert_eq!(refusal("Permission denied", &with(Permission::Denied)), CameraFailure::Refused);
        assert_eq!(refusal("", &PLAIN), CameraFailure::Refused);
        assert_eq!(refusal("Permission dismissed", &PLAIN), CameraFailure::Dismissed);
        assert_eq!(refusal("Permission denied", &with(Permission::Open)), CameraFailure::Dismissed);
        assert_eq!(refusal("", &with(Permission::Granted)), CameraFailure::RefusedBySystem);
        assert_eq!(refusal("Permission denied by system", &PLAIN), CameraFailure::RefusedBySystem);
    }

    #[test]
    fn what_a_person_cannot_change_is_said_first() {
        let denied = Permission::Denied;
        let embedded = Surroundings { forbidden: true, inside_app: true, permission: denied };
        assert_eq!(refusal("Permission denied", &embedded), CameraFailure::ForbiddenByPage);
        let in_app = Surroundings { forbidden: false, ..embedded };
        assert_eq!(refusal("Permission denied", &in_app), CameraFailure::InsideApp);
    }

    #[test]
    fn apps_are_known_by_their_marks() {
        assert!(names_an_app("Mozilla/5.0 (iPhone; …) Mobile/15E148 [FBAN/FBIOS;FBAV/4.0]"));
        assert!(names_an_app("Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36"));
        assert!(!names_an_app("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/130"));
    }
}
