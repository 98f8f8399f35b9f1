//! A call as the server knows it: where it is routed, and what is published of it. Both are made of the
//! same endpoint, so no route goes undescribed.

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::routing::{MethodFilter, MethodRouter, on};
use schemars::JsonSchema;
use vestibule_protocol::endpoint::{Endpoint, Method};
use vestibule_protocol::problem::Code;

use super::error::Family;
use super::openapi::schemas::{SchemaOf, Schemas};
use crate::app::App;

/// What proves who calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// Nothing, or what stands in the body.
    Open,
    /// The secret key, by HTTP Basic.
    SecretKey,
    /// The token of a session, as a bearer token.
    SessionToken,
    /// The token that redeeming gave, as a bearer token.
    AccessToken,
    /// The key of the omni family, in a header of its own.
    ApiKey,
    /// The token of a session of the omni family, in a header of its own.
    OwnToken,
    /// The token that a backend made for a web page, as a bearer token.
    ClientToken,
}

/// In what form a body comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As JSON.
    Json,
    /// As `multipart/form-data`.
    Multipart,
}

impl Form {
    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Json => "application/json",
            Form::Multipart => "multipart/form-data",
        }
    }
}

/// What is published of a call.
#[derive(Clone, Debug)]
pub struct Description {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub about: &'static str,
    /// Its method.
    pub method: Method,
    /// Its path.
    pub path: &'static str,
    /// What proves who calls; by default what does so in its family.
    pub auth: Option<Auth>,
    /// The form of its body.
    pub form: Form,
    /// What stands in its query.
    pub query: Option<SchemaOf>,
    /// The schema of its body.
    pub request: SchemaOf,
    /// The schema of its answer.
    pub answer: SchemaOf,
    /// Whether its answer is a file, of one of the types that are kept.
    pub gives_file: bool,
    /// Why it may be refused, beside what its path, body and credentials say already.
    pub refusals: &'static [Code],
}

/// A call: its route and its description.
pub struct Call {
    route: MethodRouter<Arc<App>>,
    description: Description,
}

impl Call {
    /// The call of an endpoint, answered by `handler`.
    pub fn new<E: Endpoint, H, T>(_: E, handler: H) -> Self
    where
        E::Request: JsonSchema,
        E::Response: JsonSchema,
        H: Handler<T, Arc<App>>,
        T: 'static,
    {
        Self {
            route: on(filter(E::METHOD), handler),
            description: Description {
                name: E::NAME,
                about: E::ABOUT,
                method: E::METHOD,
                path: E::PATH,
                auth: None,
                form: Form::Json,
                query: None,
                request: Schemas::given::<E::Request>,
                answer: Schemas::answered::<E::Response>,
                gives_file: false,
                refusals: &[],
            },
        }
    }

    /// Says what proves who calls, where it is not what does so in the rest of the family.
    #[must_use]
    pub fn auth(mut self, auth: Auth) -> Self {
        self.description.auth = Some(auth);
        self
    }

    /// Says what stands in the query.
    #[must_use]
    pub fn query<Q: JsonSchema>(mut self) -> Self {
        self.description.query = Some(Schemas::given_whole::<Q>);
        self
    }

    /// Takes the body as a form with a file, which has limits of its own.
    #[must_use]
    pub fn multipart(mut self) -> Self {
        self.route = self.route.layer(DefaultBodyLimit::disable());
        self.description.form = Form::Multipart;
        self
    }

    /// Answers with a file.
    #[must_use]
    pub fn gives_file(mut self) -> Self {
        self.description.gives_file = true;
        self
    }

    /// Says why the call may be refused, beside what its path, body and credentials say already.
    #[must_use]
    pub fn refuses(mut self, codes: &'static [Code]) -> Self {
        self.description.refusals = codes;
        self
    }
}

fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}

/// The calls of a family.
pub struct Calls {
    family: Family,
    router: Router<Arc<App>>,
    descriptions: Vec<Description>,
}

impl Calls {
    /// None yet.
    pub fn of(family: Family) -> Self {
        Self { family, router: Router::new(), descriptions: Vec::new() }
    }

    /// Adds a call.
    #[must_use]
    pub fn with(mut self, call: Call) -> Self {
        self.router = self.router.route(call.description.path, call.route);
        self.descriptions.push(call.description);
        self
    }

    /// Where they lead.
    pub fn router(&self) -> Router<Arc<App>> {
        self.router.clone()
    }

    /// Their family, and what is published of each.
    pub fn described(&self) -> (Family, &[Description]) {
        (self.family, &self.descriptions)
    }
}
