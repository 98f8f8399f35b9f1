//! What becomes of uploads, asked through the receiver.

use std::convert::Infallible;
use std::time::Duration;

use futures_util::stream::{self, FuturesUnordered};
use vestibule_protocol::id::UploadId;
use vestibule_vision::report::Subject;

use super::*;
use crate::media::samples;
use crate::random::{SystemRandom, id};

struct House {
    folder: tempfile::TempDir,
    blobs: BlobStore,
    receiver: Receiver,
}

impl House {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let blobs = BlobStore::local(folder.path()).unwrap();
        Self { folder, blobs, receiver: Receiver::new(2) }
    }

    async fn receive(&self, file: &[u8], limits: &UploadLimits) -> Verdict {
        let parts: Vec<_> =
            file.chunks(8192).map(|part| Ok::<_, Infallible>(Bytes::copy_from_slice(part))).collect();
        let (name, key) = (name(), key());
        let to = Destination { blobs: &self.blobs, name: &name, key: &key, random: &SystemRandom };
        self.receiver.receive(stream::iter(parts), limits, None, to).await.unwrap()
    }

    async fn kept(&self) -> Vec<u8> {
        self.blobs.read(&name(), &key(), u64::MAX).await.unwrap()
    }

    fn is_empty(&self) -> bool {
        std::fs::read_dir(self.folder.path()).unwrap().next().is_none()
    }

    /// Waits for what is removed by a task of its own.
    async fn becomes_empty(&self) {
        for _ in 0..100 {
            if self.is_empty() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("something was left behind");
    }
}

fn name() -> BlobName {
    BlobName::from(&"up_0123456789abcdefghijkl".parse::<UploadId>().unwrap())
}

fn key() -> StreamKey {
    StreamKey::new([5; 32])
}

fn everything() -> UploadLimits {
    UploadLimits { accept: MediaType::ALL.to_vec(), ..UploadLimits::default() }
}

#[tokio::test]
async fn a_photo_is_kept_without_its_metadata() {
    let house = House::new();
    for media_type in [MediaType::Jpeg, MediaType::Png, MediaType::WebP] {
        let photo = samples::laden(media_type, &samples::picture(media_type, 240, 320), 6);
        let Verdict::Accepted(accepted) = house.receive(&photo, &everything()).await else {
            panic!("{media_type:?} was not accepted");
        };
        let kept = house.kept().await;
        assert_eq!(accepted.media_type, media_type);
        assert_eq!(accepted.size, Some(Size { width: 240, height: 320 }));
        assert_eq!(accepted.length, kept.len() as u64);
        assert_eq!(accepted.sha256, <[u8; 32]>::from(Sha256::digest(&kept)));
        assert!(!kept.windows(samples::SECRET.len()).any(|part| part == samples::SECRET));
    }
}

#[tokio::test]
async fn a_pdf_is_kept_where_it_is_allowed() {
    let house = House::new();
    assert_eq!(
        house.receive(&samples::pdf(), &UploadLimits::default()).await,
        Verdict::Unsupported { found: "a PDF" }
    );
    assert!(house.is_empty());
    let verdict = house.receive(&samples::pdf(), &everything()).await;
    assert!(matches!(verdict, Verdict::Accepted(Accepted { size: None, .. })));
    assert_eq!(house.kept().await, samples::pdf());
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_with_its_reason_and_nothing_is_left() {
    use RejectionReason::{Empty, TooManyPixels, TooSmall, Truncated, Unreadable};
    let house = House::new();
    let jpeg = samples::picture(MediaType::Jpeg, 240, 320);
    let png = samples::picture(MediaType::Png, 240, 320);
    let mut corrupt = png.clone();
    let middle = corrupt.len() / 2;
    corrupt[middle] ^= 0xff;
    for (what, file, reason) in [
        ("nothing", Vec::new(), Empty),
        ("two bytes", jpeg[..2].to_vec(), Truncated),
        ("half a photo", jpeg[..jpeg.len() / 2].to_vec(), Truncated),
        ("a photo without its end", jpeg[..jpeg.len() - 2].to_vec(), Truncated),
        ("half a PNG", png[..png.len() / 2].to_vec(), Truncated),
        ("a corrupt PNG", corrupt, Unreadable),
        ("a stamp", samples::picture(MediaType::Jpeg, 199, 400), TooSmall),
        ("a bomb", samples::bomb(60_000), TooManyPixels),
        ("no pixels", samples::bomb(0), Unreadable),
        ("a JPEG that is only its frame", b"\xff\xd8\xff\xd9".to_vec(), Unreadable),
    ] {
        assert_eq!(house.receive(&file, &everything()).await, Verdict::Rejected(reason), "{what}");
        assert!(house.is_empty(), "{what}");
    }
}

#[tokio::test]
async fn what_is_not_taken_is_named() {
    let house = House::new();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let verdict = house.receive(heic, &everything()).await;
    assert_eq!(verdict, Verdict::Unsupported { found: "an HEIC photo" });
    assert!(house.is_empty());
}

#[tokio::test]
async fn a_file_that_is_too_large_is_not_read_to_its_end() {
    let house = House::new();
    let limits = UploadLimits { max_bytes: 100_000, ..UploadLimits::default() };
    let photo = samples::picture(MediaType::Jpeg, 240, 320);
    // The size counts what is sent, also what is not kept; and before the type, whatever it is.
    for start in [&photo[..], b"GIF89a", b"\xff\xd8\xff\xe0\0\0", &[0xff; 100_001]] {
        let mut sent = 0;
        let upload = stream::iter(std::iter::once(Bytes::copy_from_slice(start)).chain(
            std::iter::repeat_with(|| {
                sent += 10_000;
                Bytes::from(vec![0; 10_000])
            }),
        ));
        let (name, key) = (name(), key());
        let to = Destination { blobs: &house.blobs, name: &name, key: &key, random: &SystemRandom };
        let verdict =
            house.receiver.receive(upload.map(Ok::<_, Infallible>), &limits, None, to).await.unwrap();
        assert_eq!(verdict, Verdict::TooLarge);
        assert!(sent <= 120_000, "{sent}");
        assert!(house.is_empty());
    }
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let house = House::new();
    let photo = samples::picture(MediaType::Jpeg, 600, 800);
    let parts = [Ok(Bytes::from(photo[..photo.len() / 2].to_vec())), Err("connection lost")];
    let (name, key) = (name(), key());
    let to = Destination { blobs: &house.blobs, name: &name, key: &key, random: &SystemRandom };
    let outcome = house.receiver.receive(stream::iter(parts), &everything(), None, to).await;
    assert!(matches!(outcome, Err(ReceiveError::Upload("connection lost"))));
    house.becomes_empty().await;
}

/// Twenty pictures wait to be decoded on a runtime that has one thread for each kind of work.
#[test]
fn pictures_that_wait_hold_no_thread() {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(1).max_blocking_threads(1).enable_all().build().unwrap();
    runtime.block_on(async {
        let house = House::new();
        let everybody = house.receiver.decodes.acquire_many(2).await.unwrap();
        let photo = Bytes::from(samples::picture(MediaType::Jpeg, 240, 320));
        let (key, limits) = (key(), everything());
        let expected = Expectation { subject: Subject::Passport, zone: true, barcode: true };
        let names: Vec<BlobName> = (0..20).map(|_| BlobName::from(&id::<UploadId>(&SystemRandom))).collect();
        let mut flood = names
            .iter()
            .map(|name| {
                let to = Destination { blobs: &house.blobs, name, key: &key, random: &SystemRandom };
                let upload = stream::iter([Ok::<_, Infallible>(photo.clone())]);
                house.receiver.receive(upload, &limits, Some(expected), to)
            })
            .collect::<FuturesUnordered<_>>();
        // All are stored, and none is decoded.
        while std::fs::read_dir(house.folder.path()).unwrap().count() < 20 {
            let first = tokio::time::timeout(Duration::from_millis(10), flood.next()).await;
            assert!(first.is_err(), "one was decoded without a permit");
        }
        assert_eq!(tokio::task::spawn_blocking(|| "other work").await.unwrap(), "other work");
        drop(everybody);
        while let Some(verdict) = flood.next().await {
            assert!(matches!(verdict.unwrap(), Verdict::Accepted(Accepted { report: Some(_), .. })));
        }
    });
}

/// A connection that is lost while the file is being decoded.
#[tokio::test]
async fn an_upload_that_is_given_up_before_the_verdict_leaves_nothing() {
    let house = House::new();
    let photo = Bytes::from(samples::picture(MediaType::Jpeg, 240, 320));
    let everybody = house.receiver.decodes.acquire_many(2).await.unwrap();
    let (name, key, limits) = (name(), key(), everything());
    let to = Destination { blobs: &house.blobs, name: &name, key: &key, random: &SystemRandom };
    let upload = stream::iter([Ok::<_, Infallible>(photo)]);
    let waiting = house.receiver.receive(upload, &limits, None, to);
    assert!(tokio::time::timeout(Duration::from_millis(200), waiting).await.is_err());
    drop(everybody);
    house.becomes_empty().await;
}
