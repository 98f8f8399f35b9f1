//! What the blob store promises, asked through its public functions.

use proptest::prelude::*;

use super::seal::PIECE;
use super::*;
use crate::random::SystemRandom;

fn key(byte: u8) -> StreamKey {
    StreamKey::new([byte; 32])
}

fn name(tail: char) -> BlobName {
    let id: UploadId = format!("up_{}", tail.to_string().repeat(22)).parse().unwrap();
    BlobName::from(&id)
}

async fn write(store: &BlobStore, name: &BlobName, content: &[u8]) {
    let mut writer = store.create(name, &key(1), &SystemRandom).await.unwrap();
    for part in content.chunks(10_000) {
        writer.write(part).await.unwrap();
    }
    assert_eq!(writer.length(), content.len() as u64);
    writer.finish().await.unwrap();
}

fn files(folder: &FilePath) -> Vec<String> {
    let mut names: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn what_is_written_is_read_back_at_every_length_around_a_piece() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::local(folder.path()).unwrap();
    for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 5] {
        let content: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        write(&store, &name('a'), &content).await;
        assert_eq!(store.read(&name('a'), &key(1), u64::MAX).await.unwrap(), content, "{length}");
    }
}

#[tokio::test]
async fn the_folder_shows_nothing_of_the_content() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::local(folder.path()).unwrap();
    let content = b"MUSTERMANN<<ERIKA".repeat(10_000);
    write(&store, &name('a'), &content).await;
    let sealed = std::fs::read(folder.path().join(name('a').to_string())).unwrap();
    assert!(!sealed.windows(10).any(|part| part == b"MUSTERMANN"));
    assert!(sealed.len() > content.len());
}

#[tokio::test]
async fn no_blob_opens_under_another_name_or_key() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::local(folder.path()).unwrap();
    write(&store, &name('a'), b"front").await;
    std::fs::copy(folder.path().join(name('a').to_string()), folder.path().join(name('b').to_string()))
        .unwrap();
    assert!(matches!(store.read(&name('b'), &key(1), 100).await, Err(BlobError::Tampered)));
    assert!(matches!(store.read(&name('a'), &key(2), 100).await, Err(BlobError::Tampered)));
    assert!(matches!(store.read(&name('c'), &key(1), 100).await, Err(BlobError::Missing)));
    assert!(matches!(store.read(&name('a'), &key(1), 4).await, Err(BlobError::TooLong(4))));
}

#[tokio::test]
async fn a_blob_that_is_given_up_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::local(folder.path()).unwrap();
    let mut writer = store.create(&name('a'), &key(1), &SystemRandom).await.unwrap();
    writer.write(&[1; 3 * PIECE]).await.unwrap();
    assert!(matches!(store.read(&name('a'), &key(1), 100).await, Err(BlobError::Missing)));
    writer.abort().await.unwrap();
    assert!(files(folder.path()).is_empty());

    let mut writer = store.create(&name('a'), &key(1), &SystemRandom).await.unwrap();
    writer.write(&[1; 3 * PIECE]).await.unwrap();
    drop(writer);
    // The file is removed by a thread of its own.
    for _ in 0..100 {
        if files(folder.path()).is_empty() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("left behind: {:?}", files(folder.path()));
}

#[tokio::test]
async fn what_a_crash_left_half_written_is_removed_when_the_store_opens() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::local(folder.path()).unwrap();
    write(&store, &name('a'), b"kept").await;
    std::fs::write(folder.path().join(format!("{}#1", name('b'))), b"half").unwrap();
    let store_again = BlobStore::local(folder.path()).unwrap();
    assert_eq!(files(folder.path()), [name('a').to_string()]);
    assert_eq!(store_again.read(&name('a'), &key(1), 100).await.unwrap(), b"kept");
}

#[tokio::test]
async fn a_deleted_blob_is_gone_and_may_be_deleted_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = BlobStore::local(folder.path()).unwrap();
    write(&store, &name('a'), b"front").await;
    store.delete(&name('a')).await.unwrap();
    store.delete(&name('a')).await.unwrap();
    assert!(files(folder.path()).is_empty());
}

#[test]
fn a_key_is_never_shown() {
    assert_eq!(format!("{:?}", key(9)), "StreamKey[redacted]");
}

/// Seals in one go, opens in parts of `step` bytes.
fn open(sealed: &[u8], step: usize) -> Result<Vec<u8>, BlobError> {
    let mut opener = seal::Opener::new(&key(1), "up_x");
    let mut content = Vec::new();
    for part in sealed.chunks(step) {
        opener.push(part);
        while let Some(piece) = opener.next()? {
            content.extend(piece);
        }
    }
    content.extend(opener.finish()?);
    Ok(content)
}

fn seal_whole(content: &[u8]) -> Vec<u8> {
    let mut sealer = seal::Sealer::new(&key(1), &SystemRandom, "up_x");
    let mut sealed = sealer.push(content).unwrap();
    sealed.extend(sealer.finish().unwrap());
    sealed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_change_and_no_cut_goes_unnoticed(
        length in 0usize..150_000, at in any::<prop::sample::Index>(), flip in 1u8.., step in 1usize..100_000,
    ) {
        let content = vec![5; length];
        let sealed = seal_whole(&content);
        prop_assert_eq!(open(&sealed, step).unwrap(), content);

        let at = at.index(sealed.len());
        prop_assert!(matches!(open(&sealed[..at], step), Err(BlobError::Tampered)));
        let mut changed = sealed;
        changed[at] ^= flip;
        prop_assert!(matches!(open(&changed, step), Err(BlobError::Tampered)));
        changed[at] ^= flip;
        changed.push(0);
        prop_assert!(matches!(open(&changed, step), Err(BlobError::Tampered)));
    }

    #[test]
    fn pieces_cannot_be_left_out_or_moved(first in 0usize..3, second in 0usize..3) {
        prop_assume!(first != second);
        let sealed = seal_whole(&vec![5; 3 * PIECE + 1]);
        let piece = |at: usize| &sealed[8 + at * (PIECE + 16)..8 + (at + 1) * (PIECE + 16)];
        let mut swapped = sealed.clone();
        swapped[8 + first * (PIECE + 16)..8 + (first + 1) * (PIECE + 16)].copy_from_slice(piece(second));
        prop_assert!(matches!(open(&swapped, PIECE), Err(BlobError::Tampered)));
        let without = [&sealed[..8 + first * (PIECE + 16)], &sealed[8 + (first + 1) * (PIECE + 16)..]].concat();
        prop_assert!(matches!(open(&without, PIECE), Err(BlobError::Tampered)));
    }
}
