//! `POST /steps/{step_id}/upload`: a file of a submission, as `multipart/form-data`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use bytes::Bytes;
use futures_util::{Stream, TryStreamExt};
use vestibule_protocol::field::FieldProblem;
use vestibule_protocol::id::{StepId, UploadId};
use vestibule_protocol::problem::{Code, RefusedField};
use vestibule_protocol::secret::{Nonce, SecretForm};
use vestibule_protocol::upload::{UploadAnswer, UploadName, UploadStatus};

use super::burst::Frames;
use super::spool::{Place, Spooled, spool};
use crate::api::complete::{Learned, complete};
use crate::api::error::Failure;
use crate::api::path::Named;
use crate::app::{App, TRIES};
use crate::blob::BlobName;
use crate::engine::session::Upload;
use crate::engine::upload::{Arrival, Judged, Slot};
use crate::ledger::{Fault, KeptSession};
use crate::media::{Destination, ReceiveError, Verdict};
use crate::random::id;
use crate::store::SessionChange;

/// More than any nonce and any name of a file has.
const LONGEST_TEXT: usize = 256;

pub(super) async fn upload(
    State(app): State<Arc<App>>,
    Named(step): Named<StepId>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Json<UploadAnswer>, Failure> {
    let mut form = form.map_err(|_| Code::UnsupportedMedia)?;
    let answer = locate_and_take(&app, step, &mut form).await;
    if answer.is_err() {
        // An answer that comes before its request is over is lost in many clients.
        let rest = async { while let Ok(Some(_)) = form.next_field().await {} };
        tokio::time::timeout(app.idle, rest).await.ok();
    }
    answer.map(Json)
}

async fn locate_and_take(app: &App, step: StepId, form: &mut Multipart) -> Result<UploadAnswer, Failure> {
    let (tenant, session) = app.store.session_of_step(&step).await?.ok_or(Code::NotFound)?;
    let place = Place { tenant, session, step };
    let (mut aside, mut frames) = (None, Frames::none(app));
    let answer = read(app, &place, form, &mut aside, &mut frames).await;
    if let Some(file) = aside {
        file.remove(app, &place).await;
    }
    frames.remove(app, &place).await;
    answer
}

async fn read(
    app: &App,
    place: &Place,
    form: &mut Multipart,
    aside: &mut Option<Spooled>,
    frames: &mut Frames,
) -> Result<UploadAnswer, Failure> {
    let (mut nonce, mut name) = (None, None);
    while let Some(part) = form.next_field().await.map_err(broken)? {
        match part.name().unwrap_or_default() {
            "nonce" if nonce.is_none() => nonce = Some(Nonce::from_text(&text(part).await?)),
            "name" if name.is_none() => name = Some(upload_name(&text(part).await?)?),
            "burst" => match (&nonce, name) {
                (Some(nonce), Some(name)) => {
                    frames.take(app, place, nonce, name, part.map_err(broken)).await?
                }
                // Nobody knows yet whose it is, and whether one is asked for.
                _ => return Err(Failure::field(Code::InvalidField, "burst", FieldProblem::Unknown)),
            },
            "file" if aside.is_none() => match (&nonce, name) {
                (Some(nonce), Some(name)) => {
                    return take(app, place, nonce, name, part.map_err(broken), frames).await;
                }
                _ => *aside = Some(spool(app, place, part).await?),
            },
            other => {
                let field: String = other.chars().take(64).collect();
                return Err(Failure::field(Code::UnknownFields, &field, FieldProblem::Unknown));
            }
        }
    }
    match (&nonce, name, aside) {
        (Some(nonce), Some(name), Some(file)) => {
            let content = file.read(app).await?.map_err(|error| Fault::from(error).into());
            take(app, place, nonce, name, content, frames).await
        }
        (_, _, file) => Err(missing(nonce.is_none(), name.is_none(), file.is_none())),
    }
}

/// The form broke off, or is none.
pub(super) fn broken(_: MultipartError) -> Failure {
    Code::InvalidBody.into()
}

async fn text(mut part: Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(broken)? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > LONGEST_TEXT {
            let name = if part.name() == Some("nonce") { "nonce" } else { "name" };
            return Err(Failure::field(Code::InvalidField, name, FieldProblem::TooLong));
        }
    }
    String::from_utf8(bytes).map_err(|_| Code::InvalidBody.into())
}

fn upload_name(text: &str) -> Result<UploadName, Failure> {
    let unknown = || Failure::field(Code::InvalidField, "name", FieldProblem::NotAnOption);
    UploadName::from_text(text).ok_or_else(unknown)
}

fn missing(nonce: bool, name: bool, file: bool) -> Failure {
    let parts = [("nonce", nonce), ("name", name), ("file", file)];
    let missing = parts.into_iter().filter(|(_, missing)| *missing);
    let fields =
        missing.map(|(part, _)| RefusedField { field: part.into(), problem: FieldProblem::Required });
    Failure::Refused { code: Code::MissingFields, fields: fields.collect() }
}

/// Takes the file: asks whether it is wanted, stores it and looks at it, and notes what became of it.
async fn take(
    app: &App,
    place: &Place,
    nonce: &Nonce,
    name: UploadName,
    content: impl Stream<Item = Result<Bytes, Failure>>,
    frames: &mut Frames,
) -> Result<UploadAnswer, Failure> {
    let kept = app.ledger.session(&place.tenant, &place.session).await?.ok_or(Code::NotFound)?;
    let slot = kept.content.upload_slot(&place.step, nonce, name, app.now())?;
    let id: UploadId = id(&*app.random);
    let mut blobs = vec![id.clone()];
    let judged = match receive(app, place, &kept, &id, slot, content).await {
        Ok(Verdict::Accepted(file)) => {
            let (media_type, bytes) = (file.media_type, file.length);
            let burst = slot.burst.map(|_| std::mem::take(&mut frames.kept));
            let upload = Upload { id: id.clone(), name, media_type, bytes, sight: None, burst };
            blobs = upload.blobs().cloned().collect();
            Ok(Judged::Accepted(upload, file.report))
        }
        Ok(Verdict::Rejected(reason)) => Ok(Judged::Rejected(reason)),
        Ok(Verdict::TooLarge) => Err(Code::UploadTooLarge.into()),
        Ok(Verdict::Unsupported { found }) => Err(Failure::Unsupported(found)),
        Err(failure) => Err(failure),
    };
    let noted = match judged {
        Ok(judged) => note(app, place, nonce, name, Arrival { id, judged }, &blobs).await,
        Err(failure) => Err(failure),
    };
    if !noted.as_ref().is_ok_and(|answer| answer.status == UploadStatus::Accepted) {
        app.remove_blobs(&place.tenant, &blobs).await;
    }
    noted
}

/// Receives a file under this name of a blob, which is noted before.
pub(super) async fn receive(
    app: &App,
    place: &Place,
    kept: &KeptSession,
    id: &UploadId,
    slot: Slot<'_>,
    content: impl Stream<Item = Result<Bytes, Failure>>,
) -> Result<Verdict, Failure> {
    app.store.reserve_blob(&place.tenant, &place.session, id).await?;
    let destination = Destination {
        blobs: &app.blobs,
        name: &BlobName::from(id),
        key: &kept.key.stream(id),
        random: &*app.random,
    };
    match app.receiver.receive(content, slot.limits, slot.expected, destination).await {
        Ok(verdict) => Ok(verdict),
        Err(ReceiveError::Upload(failure)) => Err(failure),
        Err(ReceiveError::Store(fault)) => Err(Fault::from(fault).into()),
    }
}

async fn note(
    app: &App,
    place: &Place,
    nonce: &Nonce,
    name: UploadName,
    arrival: Arrival,
    blobs: &[UploadId],
) -> Result<UploadAnswer, Failure> {
    for _ in 0..TRIES {
        let kept = app.ledger.session(&place.tenant, &place.session).await?.ok_or(Code::NotFound)?;
        let (mut session, answer, replaced) =
            kept.content.clone().take_upload(&place.step, nonce, name, arrival.clone(), app.now())?;
        let was_the_last = kept.content.awaits_files() && !session.awaits_files();
        let learned = if was_the_last {
            complete(app, &place.tenant, &mut session, None, None).await?
        } else {
            Learned::default()
        };
        let mut change = SessionChange::of(app.ledger.seal_session(&kept, &session)?);
        if answer.status == UploadStatus::Accepted {
            change.kept_blobs = blobs.to_vec();
        }
        let doomed: Vec<UploadId> = replaced.iter().flat_map(Upload::blobs).cloned().collect();
        change.doomed_blobs.clone_from(&doomed);
        if app.commit(&place.tenant, &learned.with(change)).await? {
            app.remove_blobs(&place.tenant, &doomed).await;
            return Ok(answer);
        }
    }
    Err(Fault::Contention.into())
}
