//! Decides when the next request may go out: one at a time, and to one host no more often than the
//! configuration says. Time, waiting and chance enter here and nowhere else in fetching, so that a
//! test runs through ten minutes of retries in no time and the same way every time.

#![expect(clippy::disallowed_methods, reason = "fetching is an edge: this is its clock")]

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use jiff::Timestamp;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Time, waiting and chance.
pub trait Pace: Send + Sync {
    /// The wall clock.
    fn now(&self) -> Timestamp;
    /// Time since some fixed moment; never goes back.
    fn elapsed(&self) -> Duration;
    /// Waits.
    fn sleep(&self, pause: Duration);
    /// A number drawn from 0 up to, not including, 1.
    fn chance(&self) -> f64;
}

/// The machine's own.
#[derive(Debug)]
pub struct SystemPace {
    start: Instant,
}

impl Default for SystemPace {
    fn default() -> Self {
        Self { start: Instant::now() }
    }
}

impl Pace for SystemPace {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn elapsed(&self) -> Duration {
        self.start.elapsed()
    }

    fn sleep(&self, pause: Duration) {
        std::thread::sleep(pause);
    }

    /// Every `RandomState` has keys of its own, which is chance enough for a pause.
    fn chance(&self) -> f64 {
        let drawn = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or(0);
        f64::from(drawn) / (f64::from(u32::MAX) + 1.0)
    }
}

/// A pace as the clock of the rate limiter.
#[derive(Clone)]
struct PaceClock(Arc<dyn Pace>);

impl Clock for PaceClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}

type Limiter = RateLimiter<String, HashMapStateStore<String>, PaceClock, NoOpMiddleware<Duration>>;

/// The turnstile of every host.
pub(super) struct Turnstile {
    pace: Arc<dyn Pace>,
    limiter: Option<Limiter>,
}

impl Turnstile {
    /// At most one request in each interval to one host; no limit for an interval of nothing.
    pub(super) fn new(pace: Arc<dyn Pace>, interval: Duration) -> Self {
        let quota = Quota::with_period(interval);
        let limiter = quota.map(|quota| {
            RateLimiter::new(quota, HashMapStateStore::default(), PaceClock(Arc::clone(&pace)))
        });
        Self { pace, limiter }
    }

    /// Waits until a request may go to the host.
    pub(super) fn pass(&self, host: &str) {
        let Some(limiter) = &self.limiter else { return };
        while let Err(not_yet) = limiter.check_key(&host.to_owned()) {
            let wait = not_yet.wait_time_from(self.pace.elapsed());
            // Never nothing, or rounding could make this turn for ever.
            self.pace.sleep(wait.max(Duration::from_millis(1)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Virtual(Mutex<Duration>);

    impl Pace for Virtual {
        fn now(&self) -> Timestamp {
            Timestamp::UNIX_EPOCH
        }
        fn elapsed(&self) -> Duration {
            *self.0.lock().unwrap()
        }
        fn sleep(&self, pause: Duration) {
            *self.0.lock().unwrap() += pause;
        }
        fn chance(&self) -> f64 {
            0.0
        }
    }

    #[test]
    fn each_host_is_asked_once_an_interval() {
        let pace = Arc::new(Virtual::default());
        let turnstile = Turnstile::new(Arc::clone(&pace) as Arc<dyn Pace>, Duration::from_secs(1));
        turnstile.pass("a.example");
        turnstile.pass("b.example");
        assert_eq!(pace.elapsed(), Duration::ZERO, "different hosts do not wait for each other");
        for second in 1..=3 {
            turnstile.pass("a.example");
            assert!(pace.elapsed() >= Duration::from_secs(second), "{:?}", pace.elapsed());
        }
        assert!(pace.elapsed() < Duration::from_millis(3100), "{:?}", pace.elapsed());
    }

    #[test]
    fn chance_is_a_share_and_not_always_the_same() {
        let pace = SystemPace::default();
        let drawn: Vec<f64> = (0..20).map(|_| pace.chance()).collect();
        assert!(drawn.iter().all(|share| (0.0..1.0).contains(share)), "{drawn:?}");
        assert!(drawn.iter().any(|share| (share - drawn[0]).abs() > 1e-9), "{drawn:?}");
    }
}
