//! By e-mail: what arrives, what is tried again, and what is never said in the clear.

use std::time::Duration;

use super::mail_server::{Deed, MailServer, Manner};
use super::{CODE, JANE, code, mail, nobody_else_knows, notice, settled, write};
use crate::actors::Tenant;
use crate::house::House;
use vestibule_server::notify::Address;

/// The settings by which a mail server on this machine is used.
fn plain(server: &MailServer) -> String {
    format!(
        "smtp_url = \"smtp://127.0.0.1:{}?tls=none\"\nmail_from = \"Harbour Bank <no-reply@harbour.example>\"\n\
         message_seconds = 2\nlog = \"trace\"\n",
        server.port()
    )
}

fn header<'a>(letter: &'a str, name: &str) -> &'a str {
    let head = letter.split_once("\n\n").unwrap().0;
    let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    line.unwrap_or_else(|| panic!("no {name} in {head}"))
}

#[tokio::test]
async fn a_code_arrives_in_two_forms_and_its_subject_keeps_it_to_itself() {
    let server = MailServer::that(&[]).await;
    let house = House::open_set(&plain(&server));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[mail()]).await;
    let letter = server.wait_for(1).await.remove(0);
    assert_eq!(header(&letter, "Subject"), "Your code for Harbour Bank");
    assert_eq!(header(&letter, "From"), "\"Harbour Bank\" <no-reply@harbour.example>");
    assert_eq!(header(&letter, "To"), JANE);
    assert_eq!(header(&letter, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(&letter, "Content-Language"), "en");
    assert!(header(&letter, "Message-ID").starts_with("<ltr_"), "{letter}");
    assert!(header(&letter, "Message-ID").ends_with("@harbour.example>"), "{letter}");
    assert!(header(&letter, "Date").ends_with("+0000"), "{letter}");
    assert!(header(&letter, "Content-Type").starts_with("multipart/alternative"), "{letter}");
    let (plain, html) = (letter.find("text/plain").unwrap(), letter.find("text/html").unwrap());
    assert!(plain < html, "the richer form is last (RFC 2046, section 5.1.4)");
    assert_eq!(letter.matches(CODE).count(), 2);
    assert!(!letter.contains("http") && !letter.contains("src="), "nothing is fetched: {letter}");
    settled(&house).await;
    nobody_else_knows(&house);
}

#[tokio::test]
async fn a_notice_comes_in_the_language_of_the_person_over_the_same_connection() {
    let server = MailServer::that(&[]).await;
    let house = House::open_set(&plain(&server));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[mail()]).await;
    server.wait_for(1).await;
    settled(&house).await;
    write(&house, &bank, &[notice(Address::Email(JANE.into()))]).await;
    let letter = server.wait_for(2).await.remove(1);
    assert_eq!(header(&letter, "Content-Language"), "de");
    assert!(letter.contains("Passkey") && letter.contains("lang=3D\"de\""), "{letter}");
    assert!(!letter.contains(CODE));
    assert_eq!(server.seen().connections, 1);
}

#[tokio::test]
async fn what_is_refused_for_now_is_sent_again_and_what_is_refused_for_good_is_not() {
    let server = MailServer::that(&[Deed::Refuses(451), Deed::Refuses(550)]).await;
    let house = House::open_set(&plain(&server));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[mail()]).await;
    tokio::time::sleep(Duration::from_millis(1_200)).await;
    assert_eq!(server.seen().letters.len(), 0);
    settled(&house).await;
    let asked = server.seen().lines.iter().filter(|line| line.starts_with("RCPT")).count();
    assert_eq!((asked, server.seen().letters.len()), (2, 0), "once for each refusal");
    nobody_else_knows(&house);
}

#[tokio::test]
async fn a_letter_that_was_under_way_when_the_server_was_killed_arrives() {
    let server = MailServer::that(&[Deed::Hangs]).await;
    let mut house = House::open_real(&plain(&server));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[mail()]).await;
    server.wait_for(1).await;
    nobody_else_knows(&house);
    house.crash();
    let letters = server.wait_for(2).await;
    let names = [0, 1].map(|nth| header(&letters[nth], "Message-ID").to_owned());
    assert_eq!(names[0], names[1], "a reader shows it once");
    settled(&house).await;
    nobody_else_knows(&house);
}

#[tokio::test]
async fn a_mail_server_that_says_nothing_is_given_up_for_the_time_being() {
    let server = MailServer::that(&[Deed::Hangs]).await;
    let house = House::open_set(&plain(&server));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[mail()]).await;
    server.wait_for(2).await;
    settled(&house).await;
    assert_eq!(server.seen().connections, 2, "a connection that was broken off is not used again");
}

#[tokio::test]
async fn what_is_past_its_use_is_not_sent() {
    let server = MailServer::that(&[Deed::Refuses(451)]).await;
    let house = House::open_set(&plain(&server));
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[mail()]).await;
    while server.seen().lines.iter().all(|line| !line.starts_with("RCPT")) {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    house.pass(601);
    settled(&house).await;
    assert_eq!(server.seen().letters.len(), 0);
}

#[tokio::test]
async fn nothing_is_said_before_the_connection_is_encrypted_with_whom_it_was_meant() {
    let folder = tempfile::tempdir().unwrap();
    let (pem, other) = (folder.path().join("own.pem"), folder.path().join("other.pem"));
    MailServer::encrypted(Manner::Direct, &other).await;
    for (manner, scheme) in [(Manner::Direct, "smtps"), (Manner::Upgraded, "smtp")] {
        let server = MailServer::encrypted(manner, &pem).await;
        for (roots, is_trusted) in [(&other, false), (&pem, true)] {
            let settings = format!(
                "smtp_url = \"{scheme}://harbour:p%40ss@localhost:{}\"\nmail_from = \"no-reply@harbour.example\"\n\
                 message_roots = \"{}\"\nmessage_seconds = 2\nlog = \"trace\"\n",
                server.port(),
                roots.display()
            );
            let house = House::open_set(&settings);
            let bank = Tenant::register(&house, &["--live"]);
            write(&house, &bank, &[mail()]).await;
            if is_trusted {
                server.wait_for(1).await;
                // NUL harbour NUL p@ss, in base64.
                let known = server.seen().lines.iter().any(|line| line == "AUTH PLAIN AGhhcmJvdXIAcEBzcw==");
                assert!(known, "{:?}", server.seen());
            } else {
                tokio::time::sleep(Duration::from_millis(1_500)).await;
                let said = server.seen().lines;
                assert!(server.seen().connections > 0, "it was tried");
                assert!(said.iter().all(|line| line.starts_with("EHLO") || line == "STARTTLS"), "{said:?}");
            }
            nobody_else_knows(&house);
        }
    }
    let server = MailServer::that(&[]).await;
    let settings = format!(
        "smtp_url = \"smtp://127.0.0.1:{}\"\nmail_from = \"no-reply@harbour.example\"\nmessage_seconds = 2\n",
        server.port()
    );
    let house = House::open_set(&settings);
    let bank = Tenant::register(&house, &["--live"]);
    write(&house, &bank, &[mail()]).await;
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    let said = server.seen().lines;
    assert!(
        said.iter().all(|line| line.starts_with("EHLO") || line == "QUIT") && !said.is_empty(),
        "{said:?}"
    );
}

#[tokio::test]
async fn an_address_cannot_smuggle_in_lines() {
    let server = MailServer::that(&[]).await;
    let house = House::open_set(&plain(&server));
    let bank = Tenant::register(&house, &["--live"]);
    let crooked = ["jane@post.example\r\nBcc: eve@post.example", "jane", "@", "a@b>\r\nDATA", ""];
    let letters: Vec<_> = crooked.iter().map(|to| code(Address::Email((*to).into()), None)).collect();
    write(&house, &bank, &letters).await;
    settled(&house).await;
    assert_eq!(server.seen().letters.len(), 0);
    assert!(server.seen().lines.iter().all(|line| !line.contains("eve")));
}
