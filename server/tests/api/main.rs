//! The server from outside: a real process, real HTTP, and the data folder under the eyes of a thief.

#![cfg(test)]

mod abuse;
mod actors;
mod audit;
mod authenticator;
mod bootstrap;
mod branches;
mod business_vault;
mod businesses;
mod client_tokens;
mod documents;
mod durability;
mod house;
mod kyb;
mod late;
mod login;
mod mailbox;
mod names;
mod nonces;
mod notify;
mod omni;
mod onboarding;
mod operator;
mod owners;
mod passkey;
mod people;
mod pictures;
mod provider;
mod rest;
mod reuse;
mod review;
mod samples;
mod seeds;
mod settings;
mod step_up;
mod tenancy;
mod uploads;
mod users;
mod vault;
mod walk;
mod webhooks;
