//! Where webhooks may lead. A tenant names an address and the server calls it, from inside the operator's
//! network: what only insiders reach must not be reached in this way.
//!
//! The tables are IANA's registries of special-purpose addresses, for IPv4 and IPv6.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Where webhooks may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// To public addresses, by https.
    Public,
    /// To this machine and private networks as well, by http too: for development and tests. Not to
    /// link-local addresses, where a cloud tells whoever asks the secrets of the machine.
    Nearby,
}

/// IPv4 networks that are not public: an address within, and how many bits are the network's.
const NOT_PUBLIC_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // shared by carriers
    ([127, 0, 0, 0], 8),     // loopback
    LINK_LOCAL_V4,           // where clouds keep their secrets
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 31, 196, 0], 24), // AS112
    ([192, 52, 193, 0], 24), // AMT
    ([192, 88, 99, 0], 24),  // relays of 6to4
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 3),     // multicast, reserved, broadcast
];

/// What no reach includes, RFC 3927.
const LINK_LOCAL_V4: ([u8; 4], u32) = ([169, 254, 0, 0], 16);

/// What no reach includes: link-local (RFC 4291), and where Amazon's cloud keeps its secrets in IPv6.
const NEVER_V6: [([u16; 8], u32); 2] =
    [([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), ([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0], 32)];

/// IPv6 networks within 2000::/3 that are not public.
const NOT_PUBLIC_V6: [([u16; 8], u32); 6] = [
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), // protocol assignments, with Teredo
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), // documentation
    ([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), // 6to4, which leads to any IPv4 address
    ([0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0], 48), // AS112
    ([0x3ffe, 0, 0, 0, 0, 0, 0, 0], 16), // the former 6bone
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), // documentation
];

/// All public IPv6 addresses are within.
const GLOBAL_UNICAST: ([u16; 8], u32) = ([0x2000, 0, 0, 0, 0, 0, 0, 0], 3);

/// Leads to the IPv4 address in its last 32 bits (RFC 6052).
const NAT64: ([u16; 8], u32) = ([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96);

impl Reach {
    /// Whether a connection may be made to this address.
    pub fn permits(self, address: IpAddr) -> bool {
        match (self, address) {
            (Reach::Public, IpAddr::V4(address)) => is_public_v4(address),
            (Reach::Public, IpAddr::V6(address)) => is_public_v6(address),
            (Reach::Nearby, IpAddr::V4(address)) => !within_v4(address, LINK_LOCAL_V4),
            (Reach::Nearby, IpAddr::V6(address)) => match within_it(address) {
                Some(address) => !within_v4(address, LINK_LOCAL_V4),
                None => !NEVER_V6.into_iter().any(|network| within_v6(address, network)),
            },
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    !NOT_PUBLIC_V4.into_iter().any(|network| within_v4(address, network))
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match within_it(address) {
        Some(address) => is_public_v4(address),
        None => {
            within_v6(address, GLOBAL_UNICAST)
                && !NOT_PUBLIC_V6.into_iter().any(|network| within_v6(address, network))
        }
    }
}

/// The IPv4 address to which an IPv6 address leads.
fn within_it(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., a, b, c, d] = address.octets();
    let translated = within_v6(address, NAT64).then(|| Ipv4Addr::new(a, b, c, d));
    address.to_ipv4_mapped().or(translated)
}

fn within_v4(address: Ipv4Addr, (network, bits): ([u8; 4], u32)) -> bool {
    (address.to_bits() ^ Ipv4Addr::from(network).to_bits()) >> (32 - bits) == 0
}

fn within_v6(address: Ipv6Addr, (network, bits): ([u16; 8], u32)) -> bool {
    (address.to_bits() ^ Ipv6Addr::from(network).to_bits()) >> (128 - bits) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn permits(address: &str) -> bool {
        Reach::Public.permits(address.parse().unwrap())
    }

    #[test]
    fn what_is_not_public_is_not_reached_in_whatever_form() {
        for refused in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.0.170",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
        ] {
            let v4: Ipv4Addr = refused.parse().unwrap();
            assert!(!permits(refused), "{refused}");
            let forms = [format!("::ffff:{refused}"), format!("::{refused}"), format!("64:ff9b::{refused}")];
            for form in forms {
                assert!(!permits(&form), "{form}");
            }
            let [a, b, c, d] = v4.octets();
            assert!(!permits(&format!("2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1")), "{refused} by 6to4");
        }
        for refused in [
            "::",
            "::1",
            "::8.8.8.8",
            "64:ff9b:1::808:808",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:808:808::1",
            "3ffe::1",
            "3fff::1",
            "3fff:fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "4000::1",
        ] {
            assert!(!permits(refused), "{refused}");
        }
    }

    #[test]
    fn what_is_public_is_reached() {
        for permitted in [
            "1.1.1.1",
            "8.8.8.8",
            "9.255.255.255",
            "11.0.0.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.0.1",
            "192.169.0.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.1",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2001:200::1",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00:1450::1",
            "3ffd::1",
        ] {
            assert!(permits(permitted), "{permitted}");
        }
    }

    #[test]
    fn an_operator_may_allow_what_is_nearby_but_no_secrets_of_a_cloud() {
        for permitted in ["127.0.0.1", "::1", "10.0.0.1", "::ffff:192.168.1.1", "fd12:3456::1", "8.8.8.8"] {
            assert!(Reach::Nearby.permits(permitted.parse().unwrap()), "{permitted}");
        }
        for refused in [
            "169.254.169.254",
            "169.254.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::169.254.169.254",
            "fe80::1",
            "fd00:ec2::254",
        ] {
            assert!(!Reach::Nearby.permits(refused.parse().unwrap()), "{refused}");
        }
    }
}
