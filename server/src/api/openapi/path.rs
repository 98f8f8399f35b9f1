//! The names in paths, and what stands for each.

use serde_json::{Value, json};
use vestibule_protocol::id::{
    BusinessId, CredentialsId, DeliveryId, EndpointId, SessionId, SkillName, StepId, UserId,
};
use vestibule_protocol::problem::Code;

use super::schemas::Schemas;
use crate::api::path::InPath;

/// The parameters of a path, and the codes for what does not exist.
pub fn path_parameters(path: &str, schemas: &mut Schemas) -> (Vec<Value>, Vec<Code>) {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let parameter = |name: &str| {
        let (schema, missing) = named(name, schemas);
        (json!({ "name": name, "in": "path", "required": true, "schema": schema }), missing)
    };
    names.map(parameter).unzip()
}

/// What stands for a name: one name has one meaning in all paths.
fn named(name: &str, schemas: &mut Schemas) -> (Option<Value>, Code) {
    match name {
        "credentials_id" => (schemas.given::<CredentialsId>(), CredentialsId::MISSING),
        "delivery_id" => (schemas.given::<DeliveryId>(), DeliveryId::MISSING),
        "endpoint_id" => (schemas.given::<EndpointId>(), EndpointId::MISSING),
        "fp_bid" => (schemas.given::<BusinessId>(), BusinessId::MISSING),
        "fp_id" => (schemas.given::<UserId>(), UserId::MISSING),
        "name" => (schemas.given::<SkillName>(), SkillName::MISSING),
        "session_id" => (schemas.given::<SessionId>(), SessionId::MISSING),
        "step_id" => (schemas.given::<StepId>(), StepId::MISSING),
        _ => (None, Code::NotFound),
    }
}
