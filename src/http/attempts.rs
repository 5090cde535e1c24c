//! Attempts to write with tokens that cannot be used, in leaky buckets: so many at once, then so many in a while.
//!
//! A secret of 256 bits is not found by guessing, at whatever rate. The buckets tell whoever tries to stop, and bound
//! what such attempts write into the log. They never stand before a token that can be used: a guess locks nobody
//! out, not even from the address that it came from.

use super::queries::network;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A bucket's size, and how fast it leaks.
#[derive(Clone, Copy, Debug)]
struct Bucket {
    /// How many attempts it holds.
    slots: u32,
    /// How long each takes to leak.
    leak: Duration,
}

/// The bucket of one peer: ten attempts at once, ten a minute.
const OF_A_PEER: Bucket = Bucket { slots: 10, leak: Duration::from_secs(6) };

/// The bucket of all together: two hundred at once, twenty a second.
const OF_ALL: Bucket = Bucket { slots: 200, leak: Duration::from_millis(50) };

/// From how many buckets of peers on the empty ones are thrown away. The bucket of all lets no more than some 1,400
/// attempts through in the minute that a full one takes to leak, so there are never many more than this.
const PEERS: usize = 2_048;

impl Bucket {
    /// Puts one attempt into the bucket that will be empty at a moment; gives the moment at which it will be empty
    /// with this one.
    ///
    /// # Errors
    /// It is full: how long until it has a slot again.
    fn put(self, empty: Option<Instant>, now: Instant) -> Result<Instant, Duration> {
        let empty = empty.map_or(now, |empty| empty.max(now)) + self.leak;
        match (empty - now).checked_sub(self.leak * self.slots) {
            Some(wait) if !wait.is_zero() => Err(wait),
            _ => Ok(empty),
        }
    }
}

/// The attempts that failed.
#[derive(Debug, Default)]
pub(super) struct Attempts(Mutex<Buckets>);

/// When each bucket will be empty; one that has no moment is.
#[derive(Debug, Default)]
struct Buckets {
    of_all: Option<Instant>,
    of_peers: HashMap<IpAddr, Instant>,
}

impl Attempts {
    /// Counts an attempt that failed.
    ///
    /// # Errors
    /// There were too many: how long to wait.
    pub(super) fn count(&self, peer: Option<IpAddr>, now: Instant) -> Result<(), Duration> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Buckets { of_all, of_peers } = &mut *buckets;
        let all = OF_ALL.put(*of_all, now);
        let Some(peer) = peer.map(network) else {
            *of_all = Some(all?);
            return Ok(());
        };
        let one = OF_A_PEER.put(of_peers.get(&peer).copied(), now);
        // What is refused by either fills neither.
        let (all, one) = match (all, one) {
            (Ok(all), Ok(one)) => (all, one),
            (Err(all), Err(one)) => return Err(all.max(one)),
            (Err(wait), _) | (_, Err(wait)) => return Err(wait),
        };
        *of_all = Some(all);
        if of_peers.len() >= PEERS {
            of_peers.retain(|_, empty| *empty > now);
        }
        of_peers.insert(peer, one);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    fn peer(address: &str) -> IpAddr {
        address.parse().unwrap()
    }

    /// How many of a number of attempts are taken.
    fn taken(attempts: &Attempts, peer: Option<IpAddr>, count: usize, now: Instant) -> usize {
        (0..count).filter(|_| attempts.count(peer, now).is_ok()).count()
    }

    #[test]
    fn a_peer_has_ten_attempts_at_once_and_ten_a_minute() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        assert_eq!(taken(&attempts, Some(peer("192.0.2.1")), 30, now), 10);
        assert_eq!(attempts.count(Some(peer("192.0.2.1")), now), Err(Duration::from_secs(6)));
        assert_eq!(taken(&attempts, Some(peer("192.0.2.1")), 30, now + Duration::from_secs(5)), 0);
        assert_eq!(taken(&attempts, Some(peer("192.0.2.1")), 30, now + Duration::from_secs(6)), 1);
        assert_eq!(taken(&attempts, Some(peer("192.0.2.1")), 30, now + Duration::from_secs(66)), 10);
        let other = Some(peer("192.0.2.2"));
        assert_eq!(taken(&attempts, other, 30, now + Duration::from_secs(66)), 10, "another peer has its own");
    }

    #[test]
    fn addresses_of_one_network_of_ipv6_are_one_peer_and_a_mapped_address_is_that_of_ipv4() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        assert_eq!(taken(&attempts, Some(peer("2001:db8:1:2::1")), 10, now), 10);
        assert_eq!(taken(&attempts, Some(peer("2001:db8:1:2:ffff::9")), 1, now), 0);
        assert_eq!(taken(&attempts, Some(peer("2001:db8:1:3::1")), 1, now), 1);
        assert_eq!(taken(&attempts, Some(peer("192.0.2.1")), 10, now), 10);
        assert_eq!(taken(&attempts, Some(peer("::ffff:192.0.2.1")), 1, now), 0);
    }

    #[test]
    fn all_together_have_two_hundred_attempts_at_once_and_twenty_a_second() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        let peers = |from: u32| (from..from + 100).map(|number| Some(IpAddr::V4(Ipv4Addr::from_bits(number))));
        let sum = |from, now| peers(from).map(|peer| taken(&attempts, peer, 5, now)).sum::<usize>();
        assert_eq!(sum(1_000, now), 200);
        assert_eq!(sum(2_000, now + Duration::from_secs(1)), 20);
        assert_eq!(taken(&attempts, None, 5, now + Duration::from_secs(1)), 0, "without an address it counts too");
    }

    #[test]
    fn what_is_refused_to_one_peer_takes_nothing_from_the_others() {
        let (attempts, now) = (Attempts::default(), Instant::now());
        assert_eq!(taken(&attempts, Some(peer("192.0.2.1")), 1_000, now), 10);
        assert_eq!(taken(&attempts, None, 1_000, now), 190);
    }

    #[test]
    fn no_number_of_peers_takes_more_memory_than_is_set_and_no_full_bucket_is_forgotten_for_it() {
        let (attempts, mut now) = (Attempts::default(), Instant::now());
        for number in 0..20_000 {
            now += OF_ALL.leak;
            attempts.count(Some(IpAddr::V4(Ipv4Addr::from_bits(number))), now).unwrap();
            assert!(attempts.0.lock().unwrap().of_peers.len() <= PEERS);
            // One peer is always at its bound.
            if number % 120 == 0 {
                let taken = taken(&attempts, Some(peer("255.0.0.1")), 11, now);
                assert!(if number == 0 { taken == 10 } else { taken == 1 }, "{number}: {taken}");
            }
        }
    }
}
