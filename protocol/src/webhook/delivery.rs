//! What has become of telling an endpoint of an event.

use serde::{Deserialize, Serialize};

use crate::date::Timestamp;
use crate::id::{DeliveryId, EndpointId};
use crate::upload::words;

words! {
    /// How a delivery stands.
    DeliveryState {
        /// It will be tried, or tried again.
        Pending = "pending",
        /// The receiver has acknowledged it.
        Delivered = "delivered",
        /// It was given up: it waits for somebody to send it again.
        Parked = "parked",
    }
}

words! {
    /// Why there was no answer.
    DeliveryProblem {
        /// The address leads into a network that webhooks may not reach.
        RefusedTarget = "refused_target",
        /// The name of the host leads nowhere.
        UnknownHost = "unknown_host",
        /// Nobody took the connection.
        Unreachable = "unreachable",
        /// The receiver's certificate was not accepted.
        Untrusted = "untrusted",
        /// The receiver took too long.
        TimedOut = "timed_out",
        /// The connection broke off, or what came was no HTTP.
        BrokenOff = "broken_off",
        /// This server could not send it: its log says why.
        Internal = "internal",
    }
}

/// One event on its way to one endpoint.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delivery {
    /// Its name, which the receiver gets as `webhook-id`.
    pub id: DeliveryId,
    /// The endpoint.
    pub endpoint_id: EndpointId,
    /// What has happened, as the body says it.
    pub event: String,
    /// How it stands.
    pub state: DeliveryState,
    /// When the event happened.
    pub created_at: Timestamp,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next. Null for one that is not pending, or waits behind an earlier one.
    pub next_attempt_at: Option<Timestamp>,
    /// What came of trying it last.
    pub last_attempt: Option<DeliveryAttempt>,
}

/// What came of trying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeliveryAttempt {
    /// When.
    pub at: Timestamp,
    /// The status of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why there was none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub problem: Option<DeliveryProblem>,
}

/// `GET /webhooks/deliveries`
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deliveries {
    /// Those of this page, the latest first.
    pub deliveries: Vec<Delivery>,
    /// What `cursor` has to be to get the next page; null on the last.
    pub next_cursor: Option<String>,
}
