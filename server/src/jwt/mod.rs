//! Session tokens of the omni family: JSON Web Tokens (RFC 7519) that name a session and an end.
//!
//! They are not kept: the signature says that this server issued one. The session that it names says
//! everything else, so an erased session has no tokens any more.

mod hs256;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};
use vestibule_protocol::date::Timestamp;
use vestibule_protocol::id::InterviewId;
use vestibule_protocol::secret::{SecretForm, SessionToken};

use crate::random::{Random, base62};
use crate::vault::MasterKey;

/// What a text says that claims to be a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// Nothing: it was not issued here.
    Forged,
    /// It was good once.
    Ended,
    /// It is good, and of this session.
    Of(InterviewId),
}

/// Whom the tokens are for. Should the same key ever sign others, none of them opens a session.
const AUDIENCE: &str = "vestibule session";

/// Issues and reads session tokens.
pub struct SessionTokens {
    signs: EncodingKey,
    reads: DecodingKey,
    rules: Validation,
}

/// What a token says. Times are whole seconds since 1970.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    sub: InterviewId,
    aud: String,
    iat: i64,
    exp: i64,
    /// Makes every token another one.
    jti: String,
}

impl SessionTokens {
    /// Tokens signed with a key of their own, which follows from the master key.
    pub fn new(master: &MasterKey) -> Self {
        // Refused where a provider is installed already: by this line, for another instance.
        hs256::PROVIDER.install_default().ok();
        let key = master.signing_key();
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_audience(&[AUDIENCE]);
        rules.set_required_spec_claims(&["sub", "aud", "exp"]);
        // The crate would ask the system for the time: `read` compares with the caller's.
        rules.validate_exp = false;
        Self { signs: EncodingKey::from_secret(&*key), reads: DecodingKey::from_secret(&*key), rules }
    }

    /// A token of this session that ends with it.
    pub fn issue(
        &self,
        interview: InterviewId,
        now: Timestamp,
        end: Timestamp,
        random: &dyn Random,
    ) -> SessionToken {
        let claims = Claims {
            sub: interview,
            aud: AUDIENCE.into(),
            iat: now.millis() / 1000,
            exp: end.millis() / 1000,
            jti: base62(random, 22),
        };
        let text = encode(&Header::new(Algorithm::HS256), &claims, &self.signs);
        SessionToken::from_text(&text.expect("these claims are JSON, and the key is one for HMAC"))
    }

    /// What a token says now.
    pub fn read(&self, text: &str, now: Timestamp) -> Claim {
        match decode::<Claims>(text, &self.reads, &self.rules) {
            Ok(token) if now.millis() < token.claims.exp.saturating_mul(1000) => Claim::Of(token.claims.sub),
            Ok(_) => Claim::Ended,
            Err(_) => Claim::Forged,
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::{Value, json};
    use vestibule_protocol::secret::Reveal;

    use super::*;
    use crate::random::tests::Sequence;

    const INTERVIEW: &str = "664283755e0f8e1b87fcc2ce";
    const NOW: i64 = 1_700_000_000;
    const END: i64 = NOW + 86_400;

    fn tokens(random: &Sequence) -> SessionTokens {
        let folder = tempfile::tempdir().unwrap();
        SessionTokens::new(&MasterKey::load(&folder.path().join("key"), false, random).unwrap())
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_millis(second * 1000)
    }

    fn claims() -> Value {
        json!({"sub": INTERVIEW, "aud": AUDIENCE, "iat": NOW, "exp": END, "jti": "x"})
    }

    fn signed(tokens: &SessionTokens, header: &Value, claims: &Value) -> String {
        let part = |json: &Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let text = [part(header), part(claims)].join(".");
        let mac = jsonwebtoken::crypto::sign(text.as_bytes(), &tokens.signs, Algorithm::HS256).unwrap();
        [text, mac].join(".")
    }

    #[test]
    fn a_token_names_its_session_until_it_ends() {
        let random = Sequence::default();
        let tokens = tokens(&random);
        let token = tokens.issue(INTERVIEW.parse().unwrap(), at(NOW), at(END), &random);
        let read = |second| tokens.read(token.reveal(), at(second));
        assert_eq!(read(NOW), Claim::Of(INTERVIEW.parse().unwrap()));
        assert_eq!(read(END - 1), Claim::Of(INTERVIEW.parse().unwrap()));
        assert_eq!(read(END), Claim::Ended, "not a second of leeway");
        let again = tokens.issue(INTERVIEW.parse().unwrap(), at(NOW), at(END), &random);
        assert_ne!(token.reveal(), again.reveal());
    }

    #[test]
    fn forged_tokens_name_nothing() {
        let random = Sequence::default();
        let (ours, theirs) = (tokens(&random), tokens(&random));
        let header = json!({"alg": "HS256", "typ": "JWT"});
        let good = signed(&ours, &header, &claims());
        assert_eq!(ours.read(&good, at(NOW)), Claim::Of(INTERVIEW.parse().unwrap()));
        assert_eq!(theirs.read(&good, at(NOW)), Claim::Forged, "another key");

        for alg in ["none", "None", "HS384", "HS512", "RS256", "EdDSA", ""] {
            let forged = signed(&ours, &json!({"alg": alg, "typ": "JWT"}), &claims());
            assert_eq!(ours.read(&forged, at(NOW)), Claim::Forged, "{alg}");
            let bare = [forged.rsplit_once('.').unwrap().0, "."].concat();
            assert_eq!(ours.read(&bare, at(NOW)), Claim::Forged, "{alg} without a signature");
        }
        for (claim, value) in [
            ("aud", json!("another")),
            ("aud", json!(null)),
            ("aud", json!([])),
            ("sub", json!("obtok_x")),
            ("sub", json!(null)),
            ("exp", json!("1800000000")),
            ("exp", json!(null)),
            ("exp", json!(-1)),
            ("role", json!("admin")),
        ] {
            let mut other = claims();
            other[claim] = value.clone();
            let forged = signed(&ours, &header, &other);
            assert_eq!(ours.read(&forged, at(NOW)), Claim::Forged, "{claim}: {value}");
        }
        let mut far = claims();
        far["exp"] = json!(i64::MAX);
        let far = ours.read(&signed(&ours, &header, &far), at(NOW));
        assert!(matches!(far, Claim::Of(_)), "no number overflows");

        let (text, mac) = good.rsplit_once('.').unwrap();
        for broken in ["", ".", "..", "...", text, &good[1..], &[text, ".", &mac[1..]].concat(), "ü.ü.ü"] {
            assert_eq!(ours.read(broken, at(NOW)), Claim::Forged, "{broken}");
        }
    }
}
