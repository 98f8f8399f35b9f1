//! Whom to believe that they are who they say: the public authorities, and those of the operator.

use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use thiserror::Error;
use tokio_rustls::TlsConnector;

/// The file of certificates cannot be used.
#[derive(Debug, Error)]
#[error("the certificates in {0} cannot be used: {1}")]
pub struct RootsError(String, String);

/// What encrypts connections to receivers whose certificates come from the public authorities, or from
/// those in the file `own`.
///
/// # Errors
/// [`RootsError`] when the file cannot be read, or holds no certificate.
pub fn trust(own: Option<&Path>) -> Result<TlsConnector, RootsError> {
    let mut roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(file) = own {
        let failed = |error: String| RootsError(file.display().to_string(), error);
        let public = roots.len();
        for certificate in CertificateDer::pem_file_iter(file).map_err(|error| failed(error.to_string()))? {
            let certificate = certificate.map_err(|error| failed(error.to_string()))?;
            roots.add(certificate).map_err(|error| failed(error.to_string()))?;
        }
        if roots.len() == public {
            return Err(failed("there is none".into()));
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks every version of TLS that is safe")
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}
