//! How many queries run at once, in all and of one client, and who is next.
//!
//! A slot that is free goes to the client that has the fewest, and of these to who waits longest. So whoever sends many
//! queries waits behind those who send few, and cannot fill the places of those who wait.

#[cfg(test)]
mod tests;

use super::client::Client;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;
use tokio::time::timeout;

/// How long a query waits for its slot.
const TURN: Duration = Duration::from_secs(2);

/// How many queries of one client may wait.
const WAITING: usize = 16;

/// The slots of a server.
pub(in crate::http) struct Slots(Arc<Shared>);

struct Shared {
    at_once: usize,
    /// How many one client may have.
    per_client: usize,
    /// How long somebody waits.
    patience: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// How many slots are taken.
    taken: usize,
    /// How many of them each client has; who has none is not here.
    of_clients: HashMap<Client, usize>,
    /// Those who wait, in the order in which they came.
    waiting: BTreeMap<u64, Waiter>,
    came: u64,
}

struct Waiter {
    client: Client,
    turn: oneshot::Sender<()>,
}

/// Why there is no slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Busy {
    /// The client has as many as one may.
    Client,
    /// All are taken.
    All,
}

/// What a client may do beside what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) struct Quota {
    /// How many queries it may run at once.
    pub slots: usize,
    /// How many it may begin beside those that run and one more, as things are.
    pub left: usize,
}

impl Slots {
    /// So many slots, of which one client may have so many; 0 sets it no limit of its own.
    pub(in crate::http) fn new(at_once: usize, per_client: usize) -> Self {
        Self::with_patience(at_once, per_client, TURN)
    }

    fn with_patience(at_once: usize, per_client: usize, patience: Duration) -> Self {
        let per_client = if per_client == 0 { at_once } else { per_client.min(at_once) };
        Self(Arc::new(Shared { at_once, per_client, patience, state: Mutex::default() }))
    }

    /// Waits for a slot.
    ///
    /// # Errors
    /// None came in time, or too many of this client wait: see [`Busy`].
    pub(in crate::http) async fn take(&self, client: Client) -> Result<Slot, Busy> {
        let mut waiting = match self.0.enter(client) {
            Entry::Slot(slot) => return Ok(slot),
            Entry::Waiting(waiting) => waiting,
            Entry::Full => return Err(Busy::Client),
        };
        match timeout(self.0.patience, &mut waiting.turn).await {
            Ok(Ok(())) => Ok(waiting.into_slot()),
            _ => Err(self.0.busy(client)),
        }
    }

    /// What a client may do.
    pub(in crate::http) fn quota(&self, client: Client) -> Quota {
        let slots = self.0.limit(client);
        let state = self.0.lock();
        let own = slots.saturating_sub(state.slots_of(client));
        let left = own.min(self.0.at_once.saturating_sub(state.taken)).saturating_sub(1);
        Quota { slots, left }
    }
}

/// How somebody comes in.
enum Entry {
    Slot(Slot),
    Waiting(Waiting),
    Full,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How many slots a client may have.
    fn limit(&self, client: Client) -> usize {
        match client {
            Client::From(_) => self.per_client,
            Client::Untold => self.at_once,
        }
    }

    fn has_room(&self, state: &State, client: Client) -> bool {
        state.taken < self.at_once && state.slots_of(client) < self.limit(client)
    }

    /// Gives a slot that is free, or a place among those who wait. Nobody is overtaken: whoever waits while a slot is free
    /// waits for one of their own.
    fn enter(self: &Arc<Self>, client: Client) -> Entry {
        let mut state = self.lock();
        if self.has_room(&state, client) {
            state.give(client);
            return Entry::Slot(Slot { shared: Arc::clone(self), client });
        }
        let is_told = client != Client::Untold;
        if is_told && state.waiting.values().filter(|waiter| waiter.client == client).count() >= WAITING {
            return Entry::Full;
        }
        let (turn, its_turn) = oneshot::channel();
        let place = state.came;
        state.came += 1;
        state.waiting.insert(place, Waiter { client, turn });
        Entry::Waiting(Waiting { shared: Arc::clone(self), client, place, turn: its_turn, is_over: false })
    }

    /// Takes a slot back and gives what is free to those who wait.
    fn release(&self, client: Client) {
        let mut state = self.lock();
        state.take_back(client);
        while let Some(waiter) = self.next(&mut state) {
            state.give(waiter.client);
            if waiter.turn.send(()).is_err() {
                state.take_back(waiter.client);
            }
        }
    }

    /// Who is next, of those who may have a slot.
    fn next(&self, state: &mut State) -> Option<Waiter> {
        let ready = state.waiting.iter().filter(|(_, waiter)| self.has_room(state, waiter.client));
        let place =
            ready.min_by_key(|(place, waiter)| (state.slots_of(waiter.client), **place)).map(|(place, _)| *place);
        state.waiting.remove(&place?)
    }

    /// What keeps a client from a slot.
    fn busy(&self, client: Client) -> Busy {
        if self.lock().slots_of(client) >= self.limit(client) && client != Client::Untold {
            Busy::Client
        } else {
            Busy::All
        }
    }
}

impl State {
    fn slots_of(&self, client: Client) -> usize {
        self.of_clients.get(&client).copied().unwrap_or_default()
    }

    fn give(&mut self, client: Client) {
        self.taken += 1;
        *self.of_clients.entry(client).or_default() += 1;
    }

    fn take_back(&mut self, client: Client) {
        self.taken = self.taken.saturating_sub(1);
        match self.of_clients.get_mut(&client) {
            Some(slots) if *slots > 1 => *slots -= 1,
            _ => drop(self.of_clients.remove(&client)),
        }
    }
}

/// The right to run one query; it ends when this is dropped.
pub(in crate::http) struct Slot {
    shared: Arc<Shared>,
    client: Client,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.shared.release(self.client);
    }
}

/// A place among those who wait; it is given up when this is dropped, as it is when the client leaves.
struct Waiting {
    shared: Arc<Shared>,
    client: Client,
    place: u64,
    turn: oneshot::Receiver<()>,
    is_over: bool,
}

impl Waiting {
    /// The slot that was given.
    fn into_slot(mut self) -> Slot {
        self.is_over = true;
        Slot { shared: Arc::clone(&self.shared), client: self.client }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let waiter = self.shared.lock().waiting.remove(&self.place);
        // Who does not wait any more was given a slot in the very moment.
        if waiter.is_none() {
            self.shared.release(self.client);
        }
    }
}
