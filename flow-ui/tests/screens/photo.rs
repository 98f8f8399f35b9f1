//! Photographs and files: what is to be photographed, the camera, the way without one.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlVideoElement, MediaStreamTrack, MediaStreamTrackState};

use super::network::Network;
use super::stage::{Stage, fire, pause, window};

#[wasm_bindgen_test]
async fn each_side_says_what_to_do_and_has_a_way_without_a_camera() {
    for (answer, heading, lead) in [
        (answer!("capture/passport"), "Photograph your passport", "Open it at the page with your picture."),
        (answer!("capture/front"), "Photograph the front", "Identity card: the side with your picture."),
        (answer!("capture/back"), "Now photograph the back", "Identity card: turn it over"),
    ] {
        let stage = Stage::with(answer).await;
        assert_eq!(stage.heading(), heading);
        assert!(stage.says(lead), "{lead}");
        assert!(stage.says("Step 3 of 5"));
        assert_eq!(stage.buttons(), ["Open camera", "Upload a photo instead", "Use another document"]);
    }
}

#[wasm_bindgen_test]
async fn a_selfie_step_submits_itself_and_asks_for_the_picture() {
    let network = Network::new();
    let stage = Stage::with(answer!("selfie/empty")).await;
    assert_eq!(stage.heading(), "Take a picture of yourself");
    assert!(network.sent()[0].1.contains(r#""step":"selfie","data":{}"#));

    let stage = Stage::with(answer!("selfie/outstanding")).await;
    assert_eq!(stage.heading(), "Take a picture of yourself");
    assert_eq!(stage.buttons(), ["Open camera", "Upload a photo instead"]);
}

#[wasm_bindgen_test]
async fn the_camera_opens_and_is_let_go_with_the_flow() {
    let mut stage = Stage::with(answer!("capture/passport")).await;
    stage.press("Open camera").await;
    let tracks = loop {
        let video = stage.all("video").first().cloned();
        let stream = video.and_then(|video| video.unchecked_into::<HtmlVideoElement>().src_object());
        match stream {
            Some(stream) => break stream.get_tracks(),
            None => pause(20).await,
        }
    };
    let states = || -> Vec<MediaStreamTrackState> {
        tracks.iter().map(|track| track.unchecked_into::<MediaStreamTrack>().ready_state()).collect()
    };
    assert_eq!(states(), [MediaStreamTrackState::Live]);
    stage.destroy().await;
    assert_eq!(states(), [MediaStreamTrackState::Ended]);
}

#[wasm_bindgen_test]
async fn a_burst_is_announced_taken_and_sent_with_its_selfie() {
    let network = Network::new();
    let frames = Function::new_no_args(
        "const burst = async (selfie, video, pictures, apart) => {
           if (!(video instanceof HTMLVideoElement)) return;
           await new Promise((done) => setTimeout(done, pictures * apart));
           selfie.addBurst = (form) => {
             for (let left = pictures; left > 0; left -= 1) form.append('burst', new Blob(['frame']));
           };
         };
         return { open: () => Promise.resolve(null), burst, recall() {}, question() {} };",
    );
    let sight = frames.call0(&JsValue::UNDEFINED).expect("a script of our own");
    let stage = Stage::seeing(answer!("selfie/burst"), &sight).await;
    assert!(stage.says("The camera takes a few pictures in a row"));
    before_the_shutter(&stage).await;
    stage.press("Take photo").await;
    stage.press("Take photo").await;
    stage.until_headed("Is it sharp and complete?").await;
    stage.press("Use this photo").await;
    let (_, body) = network.sent().remove(0);
    let parts: Vec<(&str, &str)> = body.split('&').filter_map(|part| part.split_once('=')).collect();
    let names: Vec<&str> = parts.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["nonce", "name", "burst", "burst", "burst", "file"], "{body}");
    assert!(parts[2..5].iter().all(|(_, bytes)| *bytes == "5"), "{body}");
}

#[wasm_bindgen_test]
async fn where_no_burst_is_wanted_none_is_announced_or_sent() {
    let network = Network::new();
    let stage = Stage::with(answer!("selfie/outstanding")).await;
    assert!(!stage.says("in a row"));
    before_the_shutter(&stage).await;
    stage.press("Take photo").await;
    stage.until_headed("Is it sharp and complete?").await;
    stage.press("Use this photo").await;
    assert!(!network.sent()[0].1.contains("&burst="), "{}", network.sent()[0].1);
}

/// Opens the camera for a selfie, and waits until it shows something.
async fn before_the_shutter(stage: &Stage) {
    stage.press("Open camera").await;
    stage.until_announced("Fit your face into the oval").await;
}

#[wasm_bindgen_test]
async fn a_file_says_what_it_may_be_and_is_chosen_before_it_is_sent() {
    let network = Network::new();
    let stage = Stage::with(answer!("file/outstanding")).await;
    assert_eq!(stage.heading(), "Proof of income");
    assert!(stage.says("JPEG, PNG, WebP, PDF, up to 10 MB"));
    assert_eq!(stage.buttons(), ["Choose a file"]);

    choose_file(&stage, "payslip.pdf", 7);
    pause(0).await;
    assert_eq!(stage.announced("status"), ["payslip.pdf"]);
    assert_eq!(stage.buttons(), ["Send this file", "Choose a file"]);
    stage.press("Send this file").await;
    let sent = network.sent();
    assert!(sent[0].0.ends_with("/upload"), "{}", sent[0].0);
    assert!(sent[0].1.ends_with("&name=file&file=7"), "{}", sent[0].1);
    assert_eq!(stage.heading(), "Sending your file…");
}

#[wasm_bindgen_test]
async fn a_file_that_is_too_large_is_not_sent() {
    let stage = Stage::with(answer!("file/outstanding")).await;
    choose_file(&stage, "film.pdf", 10_000_001);
    pause(0).await;
    assert_eq!(stage.announced("alert"), ["This file is too large. Choose one of at most 10 MB."]);
    assert_eq!(stage.buttons(), ["Choose a file"]);
}

#[wasm_bindgen_test]
async fn a_file_of_another_type_is_chosen_anew() {
    let network = Network::new();
    let stage = Stage::with(answer!("file/outstanding")).await;
    choose_file(&stage, "notes.txt", 7);
    pause(0).await;
    stage.press("Send this file").await;
    network.answers(415, answer!("errors/unsupported_media")).await;
    assert_eq!(stage.heading(), "Proof of income");
    assert_eq!(stage.announced("alert"), ["Please try again. We could not accept it."]);
    assert_eq!(stage.buttons(), ["Choose a file"]);
}

#[wasm_bindgen_test]
async fn how_much_of_a_photo_has_left_is_shown() {
    let network = Network::new();
    let stage = Stage::with(answer!("file/outstanding")).await;
    choose_file(&stage, "payslip.pdf", 7);
    pause(0).await;
    stage.press("Send this file").await;
    network.has_sent(40).await;
    let meter = stage.all("[role=progressbar]").remove(0);
    assert_eq!(meter.get_attribute("aria-valuenow").as_deref(), Some("40"));
    assert_eq!(meter.get_attribute("aria-valuetext").as_deref(), Some("40 percent sent"));
}

#[wasm_bindgen_test]
async fn a_file_that_did_not_arrive_is_sent_again_as_it_was() {
    let network = Network::new();
    let stage = Stage::with(answer!("file/outstanding")).await;
    choose_file(&stage, "payslip.pdf", 7);
    pause(0).await;
    stage.press("Send this file").await;
    network.answers(200, "<html>Sign in to the airport's network</html>").await;
    assert_eq!(stage.buttons(), ["Try again"]);
    stage.press("Try again").await;
    let sent = network.sent();
    assert_eq!(sent[0], sent[1]);
    network.answers(200, answer!("answers/rejected_file")).await;
    assert_eq!(stage.announced("alert"), ["Please try again. Only part of it arrived."]);
}

#[wasm_bindgen_test]
async fn without_a_camera_there_is_a_reason_and_a_way() {
    for (exception, heading) in [
        ("NotAllowedError", "The camera is blocked"),
        ("NotFoundError", "No camera found"),
        ("NotReadableError", "The camera is in use"),
        ("SecurityError", "This page cannot use the camera"),
        ("NotSupportedError", "The camera cannot be opened here"),
    ] {
        let _camera = NoCamera::because(exception);
        let stage = Stage::with(answer!("capture/passport")).await;
        stage.press("Open camera").await;
        stage.until_headed(heading).await;
        assert_eq!(stage.buttons(), ["Try again", "Upload a photo instead"]);
        assert_eq!(stage.focus(), heading);
    }
}

/// A browser that refuses its camera, until it is dropped.
struct NoCamera(JsValue);

impl NoCamera {
    fn because(exception: &str) -> Self {
        let devices = window().navigator().media_devices().expect("a browser with cameras");
        let refuse = Function::new_no_args(&format!("throw new DOMException('', '{exception}')"));
        Reflect::set(&devices, &"getUserMedia".into(), &refuse).expect("it can be replaced");
        Self(devices.into())
    }
}

impl Drop for NoCamera {
    fn drop(&mut self) {
        Reflect::delete_property(self.0.unchecked_ref::<Object>(), &"getUserMedia".into())
            .expect("its own is behind it");
    }
}

#[wasm_bindgen_test]
async fn with_the_last_attempt_the_flow_ends() {
    let network = Network::new();
    let stage = Stage::closable(answer!("file/outstanding")).await;
    choose_file(&stage, "payslip.pdf", 7);
    pause(0).await;
    stage.press("Send this file").await;
    network.answers(409, answer!("errors/too_many_attempts")).await;
    assert_eq!(stage.heading(), "We cannot go on");
    assert!(stage.says("We could not accept your photos."));
    assert_eq!(stage.heard(), ["onError too_many_attempts"]);
}

/// Chooses a file of so many bytes, as the browser's own dialog does.
pub fn choose_file(stage: &Stage, name: &str, bytes: u32) {
    let input = stage.all("input[type=file]").remove(0);
    let make = Function::new_with_args(
        "name, bytes",
        "const all = new DataTransfer(); all.items.add(new File([new Uint8Array(bytes)], name)); return all.files;",
    );
    let files = make.call2(&JsValue::UNDEFINED, &name.into(), &bytes.into()).expect("a file");
    Reflect::set(&input, &"files".into(), &files).expect("an input takes files");
    fire(input.unchecked_ref(), "change");
}
