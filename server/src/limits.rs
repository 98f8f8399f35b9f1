//! How often one network may do something: who guesses tokens, or starts sessions in heaps, is told to
//! come again later.
//!
//! The generic cell rate algorithm (ITU-T I.371, annex A): one instant is kept per network, the
//! theoretical arrival time of its next event.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use vestibule_protocol::date::Timestamp;

/// From this many networks on, those that are forgiven are forgotten.
const CROWD: usize = 10_000;

/// Who sends: an IPv4 address, or an IPv6 /64, which is what one customer of a provider gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)).into(),
            v4 => v4,
        })
    }
}

/// Counts events by network.
#[derive(Debug)]
pub struct Allowance {
    interval: i64,
    tolerance: i64,
    arrivals: Mutex<HashMap<Network, i64>>,
}

impl Allowance {
    /// Allows `at_once` events, and `per_minute` more with time.
    pub fn new(at_once: u32, per_minute: u32) -> Self {
        let interval = 60_000 / i64::from(per_minute.max(1));
        Self { interval, tolerance: interval * i64::from(at_once.max(1)), arrivals: Mutex::default() }
    }

    /// In how many seconds the network may come again; `None` if it may now.
    pub fn retry_after(&self, network: Network, now: Timestamp) -> Option<u32> {
        let arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        let debt = arrivals.get(&network)? - now.millis();
        let wait = debt + self.interval - self.tolerance;
        (wait > 0).then(|| u32::try_from(wait.div_euclid(1000) + 1).unwrap_or(u32::MAX))
    }

    /// Notes an event, if the network may have one now; otherwise says in how many seconds it may.
    ///
    /// # Errors
    /// The seconds to wait.
    pub fn take(&self, network: Network, now: Timestamp) -> Result<(), u32> {
        self.retry_after(network, now).map_or(Ok(()), Err)?;
        self.count(network, now);
        Ok(())
    }

    /// Notes an event that was not to be prevented.
    pub fn count(&self, network: Network, now: Timestamp) {
        let mut arrivals = self.arrivals.lock().unwrap_or_else(PoisonError::into_inner);
        if arrivals.len() >= CROWD {
            arrivals.retain(|_, arrival| *arrival > now.millis());
        }
        let arrival = arrivals.entry(network).or_insert(now.millis());
        *arrival = now.millis().max(*arrival) + self.interval;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str) -> Network {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn who_guesses_waits_and_nobody_else_does() {
        let refusals = Allowance::new(3, 60);
        let (guesser, other) = (network("192.0.2.1"), network("192.0.2.2"));
        let at = Timestamp::from_millis;
        for _ in 0..3 {
            assert_eq!(refusals.retry_after(guesser, at(0)), None);
            refusals.count(guesser, at(0));
        }
        assert_eq!(refusals.retry_after(guesser, at(0)), Some(2));
        assert_eq!(refusals.retry_after(other, at(0)), None);
        assert_eq!(refusals.retry_after(guesser, at(1000)), None);
        refusals.count(guesser, at(1000));
        assert!(refusals.retry_after(guesser, at(1000)).is_some());
        assert_eq!(refusals.retry_after(guesser, at(60_000)), None);
    }

    #[test]
    fn what_is_taken_is_counted_and_what_is_refused_is_not() {
        let starts = Allowance::new(2, 60);
        let (crowd, at) = (network("192.0.2.1"), Timestamp::from_millis);
        let taken: Vec<_> = (0..4).map(|_| starts.take(crowd, at(0))).collect();
        assert_eq!(taken, [Ok(()), Ok(()), Err(2), Err(2)]);
        assert_eq!(starts.take(crowd, at(1000)), Ok(()));
    }

    #[test]
    fn a_network_is_an_ipv4_address_or_an_ipv6_64() {
        assert_eq!(network("2001:db8::1"), network("2001:db8::ffff:2"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }
}
