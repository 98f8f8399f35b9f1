//! Envelope encryption: a master key wraps one data key per record, and the data key seals what the
//! record holds.
//!
//! **Invariant:** whoever has the database and not the key file reads nothing personal, and whoever
//! erases a record's wrapped data key has erased the record, in every copy.
//!
//! A sealed text is a random 96-bit nonce followed by the output of AES-256-GCM, with the id of the
//! record as associated data, so that one record cannot be put in the place of another.

use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::blob::StreamKey;
use crate::digest::Digest;
use crate::random::Random;
use vestibule_protocol::id::{TenantId, UploadId};

const NONCE: usize = 12;

/// The key is wrong, or the sealed text is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a sealed record cannot be opened: it was changed, or this is not its key")]
pub struct Unopenable;

/// Why there is no master key to work with.
#[derive(Debug, Error)]
pub enum KeyFileError {
    /// The file cannot be read or written.
    #[error("the key file {0} cannot be used: {1}")]
    Io(String, #[source] io::Error),
    /// The file is not 32 bytes long.
    #[error("the key file {0} does not hold 32 bytes")]
    Length(String),
    /// Others may read the file.
    #[error("the key file {0} can be read by others: set its mode to 0600")]
    Open(String),
    /// There are data, but no key.
    #[error("the key file {0} is missing, but there are data sealed with it: put it back")]
    Missing(String),
}

/// The key that wraps all others. It never leaves the process.
pub struct MasterKey(Zeroizing<[u8; 32]>);

/// The key of one record and of what belongs to it.
pub struct DataKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// The key in `file`. It is made there, with mode 0600, unless `expected` says that there are
    /// data which an earlier key has sealed.
    ///
    /// # Errors
    /// [`KeyFileError`] when there is no such key, or not for this process alone.
    pub fn load(file: &Path, expected: bool, random: &dyn Random) -> Result<Self, KeyFileError> {
        let name = || file.display().to_string();
        let failed = |error| KeyFileError::Io(name(), error);
        match std::fs::File::open(file) {
            Ok(mut open) => {
                if open.metadata().map_err(failed)?.permissions().mode() & 0o077 != 0 {
                    return Err(KeyFileError::Open(name()));
                }
                let mut bytes = Zeroizing::new(Vec::with_capacity(33));
                Read::by_ref(&mut open).take(33).read_to_end(&mut bytes).map_err(failed)?;
                let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| KeyFileError::Length(name()))?;
                Ok(Self(Zeroizing::new(key)))
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(error)),
            Err(_) if expected => Err(KeyFileError::Missing(name())),
            Err(_) => {
                let key = fresh(random);
                write_private(file, &*key).map_err(failed)?;
                Ok(Self(key))
            }
        }
    }

    /// The key by which session tokens are signed. It follows from this one and does not give it away.
    pub fn signing_key(&self) -> Zeroizing<[u8; 32]> {
        derive(&*self.0, b"session tokens")
    }

    /// A fresh data key for the record `id`, and the same wrapped.
    pub fn new_data_key(&self, id: &str, random: &dyn Random) -> (DataKey, Vec<u8>) {
        let key = fresh(random);
        let wrapped = seal(&self.0, id, &*key, random);
        (DataKey(key), wrapped)
    }

    /// The key of what is recorded of a tenant's doings.
    pub fn tenant_key(&self, tenant: &TenantId) -> DataKey {
        DataKey(derive(&*self.0, ["tenant ", tenant.as_str()].concat().as_bytes()))
    }

    /// The data key of the record `id`.
    ///
    /// # Errors
    /// [`Unopenable`] when it was wrapped for another record, or by another master key.
    pub fn unwrap(&self, id: &str, wrapped: &[u8]) -> Result<DataKey, Unopenable> {
        let bytes = open(&self.0, id, wrapped)?;
        let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| Unopenable)?;
        Ok(DataKey(Zeroizing::new(key)))
    }

    /// A digest of `text` that nobody can make or compare without this key, and that is another one for
    /// each `purpose`: for what is guessed too easily to be kept as a plain digest.
    pub fn digest(&self, purpose: &str, text: &str) -> Digest {
        let key = derive(&*self.0, ["digest ", purpose].concat().as_bytes());
        let mut mac = Hmac::<Sha256>::new_from_slice(&*key).expect("HMAC takes keys of any length");
        mac.update(text.as_bytes());
        Digest::from_stored(mac.finalize().into_bytes().into())
    }
}

impl DataKey {
    /// Seals what the record `id` holds.
    pub fn seal(&self, id: &str, plain: &[u8], random: &dyn Random) -> Vec<u8> {
        seal(&self.0, id, plain, random)
    }

    /// Opens it again.
    ///
    /// # Errors
    /// [`Unopenable`] when it is another record's, or was changed.
    pub fn open(&self, id: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopenable> {
        open(&self.0, id, sealed)
    }

    /// The key of one uploaded file.
    pub fn stream(&self, upload: &UploadId) -> StreamKey {
        StreamKey::new(*derive(&*self.0, ["blob ", upload.as_str()].concat().as_bytes()))
    }
}

/// Seals `plain` so that only who knows `secret`, which has high entropy, opens it again.
pub fn seal_under(secret: &str, id: &str, plain: &[u8], random: &dyn Random) -> Vec<u8> {
    seal(&derive(secret.as_bytes(), b"answer"), id, plain, random)
}

/// Opens what [`seal_under`] sealed.
///
/// # Errors
/// [`Unopenable`] when the secret is another one.
pub fn open_under(secret: &str, id: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopenable> {
    open(&derive(secret.as_bytes(), b"answer"), id, sealed)
}

/// Writes a new file that its owner alone may read, and makes sure that it stays.
///
/// # Errors
/// As the file system says; [`io::ErrorKind::AlreadyExists`] when there is such a file.
pub fn write_private(file: &Path, content: &[u8]) -> io::Result<()> {
    let mut open = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    open.write_all(content)?;
    open.sync_all()?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

/// Makes a folder that its owner alone may enter; one that is there already is closed to others.
///
/// # Errors
/// As the file system says.
pub fn create_private_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    std::fs::set_permissions(folder, PermissionsExt::from_mode(0o700))
}

fn fresh(random: &dyn Random) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    random.fill(&mut *key);
    key
}

fn derive(secret: &[u8], purpose: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(b"vestibule"), secret)
        .expand(purpose, &mut *key)
        .expect("32 bytes are within the reach of HKDF-SHA256");
    key
}

fn seal(key: &[u8; 32], id: &str, plain: &[u8], random: &dyn Random) -> Vec<u8> {
    let mut nonce = [0; NONCE];
    random.fill(&mut nonce);
    let payload = Payload { msg: plain, aad: id.as_bytes() };
    let text = Aes256Gcm::new(key.into())
        .encrypt(&Nonce::from(nonce), payload)
        .expect("AES-GCM seals anything shorter than 64 GiB");
    [&nonce, text.as_slice()].concat()
}

fn open(key: &[u8; 32], id: &str, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unopenable> {
    let (nonce, text) = sealed.split_first_chunk::<NONCE>().ok_or(Unopenable)?;
    let payload = Payload { msg: text, aad: id.as_bytes() };
    Aes256Gcm::new(key.into())
        .decrypt(&Nonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| Unopenable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::tests::Sequence;

    #[test]
    fn a_key_file_is_made_once_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        let random = Sequence::default();
        let first = MasterKey::load(&file, false, &random).unwrap();
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let (key, wrapped) = first.new_data_key("session", &random);
        let sealed = key.seal("session", b"Jane", &random);

        let again = MasterKey::load(&file, true, &random).unwrap();
        let key = again.unwrap("session", &wrapped).unwrap();
        assert_eq!(key.open("session", &sealed).unwrap().as_slice(), b"Jane");
    }

    #[test]
    fn a_key_file_that_is_missing_short_or_open_to_others_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("master.key");
        let random = Sequence::default();
        assert!(matches!(MasterKey::load(&file, true, &random), Err(KeyFileError::Missing(_))));
        std::fs::write(&file, [7; 32]).unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        assert!(matches!(MasterKey::load(&file, true, &random), Err(KeyFileError::Open(_))));
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
        std::fs::write(&file, [7; 31]).unwrap();
        assert!(matches!(MasterKey::load(&file, true, &random), Err(KeyFileError::Length(_))));
    }

    #[test]
    fn a_digest_is_that_of_its_key_and_purpose_only() {
        let random = Sequence::default();
        let (one, other) = (MasterKey(fresh(&random)), MasterKey(fresh(&random)));
        assert_eq!(one.digest("documents", "L898902C3"), one.digest("documents", "L898902C3"));
        assert_ne!(one.digest("documents", "L898902C3"), one.digest("documents", "L898902C4"));
        assert_ne!(one.digest("documents", "L898902C3"), one.digest("licences", "L898902C3"));
        assert_ne!(one.digest("documents", "L898902C3"), other.digest("documents", "L898902C3"));
        assert_ne!(one.digest("documents", "L898902C3"), Digest::of(b"L898902C3"));
    }

    #[test]
    fn a_record_opens_under_its_own_id_and_key_only() {
        let random = Sequence::default();
        let key = DataKey(fresh(&random));
        let mut sealed = key.seal("one", b"Jane", &random);
        assert!(key.open("one", &sealed).is_ok());
        assert_eq!(key.open("two", &sealed), Err(Unopenable));
        assert_eq!(DataKey(fresh(&random)).open("one", &sealed), Err(Unopenable));
        *sealed.last_mut().unwrap() ^= 1;
        assert_eq!(key.open("one", &sealed), Err(Unopenable));
        assert_eq!(key.open("one", b"short"), Err(Unopenable));
        assert_ne!(key.seal("one", b"Jane", &random), key.seal("one", b"Jane", &random));
    }

    #[test]
    fn a_folder_that_is_there_already_is_closed_to_others() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), PermissionsExt::from_mode(0o755)).unwrap();
        create_private_folder(folder.path()).unwrap();
        assert_eq!(std::fs::metadata(folder.path()).unwrap().permissions().mode() & 0o777, 0o700);
    }

    #[test]
    fn an_answer_opens_under_its_nonce_only() {
        let random = Sequence::default();
        let sealed = seal_under("nonce", "session", b"answer", &random);
        assert_eq!(open_under("nonce", "session", &sealed).unwrap().as_slice(), b"answer");
        assert_eq!(open_under("another", "session", &sealed), Err(Unopenable));
    }
}
