//! Slots without queries.

use super::*;
use std::net::{IpAddr, Ipv4Addr};
use tokio::task::JoinHandle;

fn client(number: u32) -> Client {
    Client::From(IpAddr::V4(Ipv4Addr::from_bits(number)))
}

/// Slots for which people wait as long as it takes.
fn slots(at_once: usize, per_client: usize) -> Arc<Slots> {
    Arc::new(Slots::with_patience(at_once, per_client, Duration::from_hours(1)))
}

/// Slots for which nobody waits.
fn hasty_slots(at_once: usize, per_client: usize) -> Slots {
    Slots::with_patience(at_once, per_client, Duration::ZERO)
}

/// Lets all others go on as far as they can.
async fn settle() {
    for _ in 0..10 {
        tokio::task::yield_now().await;
    }
}

/// Somebody who wants a slot and tells when they have it.
async fn waits(slots: &Arc<Slots>, client: Client) -> JoinHandle<Result<Slot, Busy>> {
    let slots = Arc::clone(slots);
    let waits = tokio::spawn(async move { slots.take(client).await });
    settle().await;
    waits
}

async fn slot_of(waits: JoinHandle<Result<Slot, Busy>>) -> Slot {
    settle().await;
    assert!(waits.is_finished(), "it still waits");
    waits.await.unwrap().ok().unwrap()
}

fn waiting(slots: &Slots) -> usize {
    slots.0.lock().waiting.len()
}

#[tokio::test]
async fn a_client_that_has_as_many_as_one_may_waits_and_is_then_told_so() {
    let slots = hasty_slots(4, 2);
    let _held = [slots.take(client(1)).await.ok().unwrap(), slots.take(client(1)).await.ok().unwrap()];
    assert_eq!(slots.take(client(1)).await.err(), Some(Busy::Client));
    assert!(slots.take(client(2)).await.is_ok(), "another has its own");
    assert_eq!(waiting(&slots), 0, "who gave up waits no more");
}

#[tokio::test]
async fn where_all_are_taken_nobody_is_told_that_it_is_their_doing() {
    let slots = hasty_slots(1, 1);
    let _held = slots.take(Client::Untold).await;
    assert_eq!(slots.take(client(1)).await.err(), Some(Busy::All));
    assert_eq!(slots.take(Client::Untold).await.err(), Some(Busy::All));
}

#[tokio::test]
async fn whoever_floods_waits_behind_those_who_send_few() {
    let slots = slots(2, 2);
    let first = slots.take(client(1)).await.ok().unwrap();
    let _second = slots.take(client(1)).await.ok().unwrap();
    let mut flood = Vec::new();
    for _ in 0..8 {
        flood.push(waits(&slots, client(1)).await);
    }
    let other = waits(&slots, client(2)).await;
    drop(first);
    let _other = slot_of(other).await;
    assert!(flood.iter().all(|waits| !waits.is_finished()), "the slot went to who had none");
}

#[tokio::test]
async fn of_clients_that_have_as_many_who_waits_longest_is_next() {
    let slots = slots(1, 0);
    let held = slots.take(client(9)).await.ok().unwrap();
    let early = waits(&slots, client(1)).await;
    let late = waits(&slots, client(2)).await;
    drop(held);
    let early = slot_of(early).await;
    assert!(!late.is_finished());
    drop(early);
    slot_of(late).await;
}

#[tokio::test]
async fn one_client_cannot_fill_the_places_of_those_who_wait() {
    let slots = slots(1, 1);
    let _held = slots.take(client(1)).await;
    let mut flood = Vec::new();
    for _ in 0..WAITING {
        flood.push(waits(&slots, client(1)).await);
    }
    assert_eq!(slots.take(client(1)).await.err(), Some(Busy::Client), "it is told without a wait");
    let _other = waits(&slots, client(2)).await;
    assert_eq!(waiting(&slots), WAITING + 1);
}

#[tokio::test]
async fn who_leaves_while_waiting_leaves_nothing_behind() {
    let slots = slots(1, 1);
    let held = slots.take(client(1)).await.ok().unwrap();
    let gone = waits(&slots, client(2)).await;
    let stays = waits(&slots, client(3)).await;
    gone.abort();
    settle().await;
    assert_eq!(waiting(&slots), 1);
    drop(held);
    drop(slot_of(stays).await);
    assert!(slots.0.lock().of_clients.is_empty());
}

#[tokio::test]
async fn a_slot_that_is_given_in_the_moment_in_which_somebody_leaves_is_given_on() {
    let slots = slots(1, 1);
    let held = slots.take(client(1)).await.ok().unwrap();
    let gone = waits(&slots, client(2)).await;
    // Both happen before the one who waits is asked again.
    drop(held);
    gone.abort();
    settle().await;
    assert_eq!(slots.0.lock().taken, 0);
    assert!(slots.take(client(3)).await.is_ok());
}

#[tokio::test]
async fn a_quota_tells_what_may_begin_beside_one_more() {
    let slots = slots(4, 3);
    assert_eq!(slots.quota(client(1)), Quota { slots: 3, left: 2 });
    assert_eq!(slots.quota(Client::Untold), Quota { slots: 4, left: 3 });
    let _held = [slots.take(client(1)).await, slots.take(client(1)).await, slots.take(client(1)).await];
    assert_eq!(slots.quota(client(1)), Quota { slots: 3, left: 0 });
    assert_eq!(slots.quota(client(2)), Quota { slots: 3, left: 0 }, "one is free in all");
    assert_eq!(Slots::new(2, 9).quota(client(1)).slots, 2, "one client has no more than all");
    assert_eq!(Slots::new(2, 0).quota(client(1)).slots, 2);
}
