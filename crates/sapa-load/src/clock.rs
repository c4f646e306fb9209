//! Time inside one run.
//!
//! Lives here: the run's own monotonic clock, the schedule of an open loop, and a timer that wakes within some tens of
//! microseconds. Must stay true: every time of a run comes from one `Clock`, so that a send and a receipt can be
//! subtracted. Absent on purpose: the runtime's own timers for schedules; they round up to whole milliseconds, which is
//! more than the latency that is measured.

use std::io;
use std::os::fd::OwnedFd;
use std::time::Instant;

use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};
use tokio::io::unix::AsyncFd;

const NANOSECONDS_PER_MICROSECOND: u64 = 1_000;
const MICROSECONDS_PER_SECOND: u64 = 1_000_000;

/// Microseconds since the start of the run.
pub type Micros = u64;

/// The one clock of a run.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }

    pub fn now_us(self) -> Micros {
        u64::try_from(self.start.elapsed().as_micros()).unwrap_or(Micros::MAX)
    }
}

/// A stretch of time with one rate of sends.
#[derive(Clone, Copy, Debug)]
pub struct Stretch {
    /// Messages per second over all visitors.
    pub rate_per_s: f64,
    pub seconds: f64,
}

/// The times at which an open loop sends, fixed before the first send, so that a slow answer cannot thin out the load.
pub fn schedule(stretches: &[Stretch], start_us: Micros) -> Vec<Micros> {
    let mut times = Vec::new();
    let mut stretch_start_us = start_us as f64;
    for stretch in stretches {
        let count = (stretch.rate_per_s * stretch.seconds).round() as u64;
        let gap_us = MICROSECONDS_PER_SECOND as f64 / stretch.rate_per_s;
        times.extend((0..count).map(|index| (stretch_start_us + index as f64 * gap_us) as Micros));
        stretch_start_us += stretch.seconds * MICROSECONDS_PER_SECOND as f64;
    }
    times
}

/// Waits for moments of the run's clock on a kernel timer.
pub struct Alarm {
    clock: Clock,
    timer: AsyncFd<OwnedFd>,
}

impl Alarm {
    #[expect(deprecated, reason = "unsound only for types that lend out a file they do not own; ours owns its timer")]
    pub fn new(clock: Clock) -> io::Result<Self> {
        let timer = timerfd_create(TimerfdClockId::Monotonic, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC)?;
        Ok(Self { clock, timer: AsyncFd::new(timer)? })
    }

    /// Returns at or shortly after `moment_us`; at once when it has passed.
    pub async fn until(&mut self, moment_us: Micros) -> io::Result<()> {
        let now_us = self.clock.now_us();
        if moment_us <= now_us {
            return Ok(());
        }
        timerfd_settime(self.timer.get_ref(), TimerfdTimerFlags::empty(), &once_after(moment_us - now_us))?;
        let mut ready = self.timer.readable().await?;
        ready.clear_ready();
        Ok(())
    }
}

fn once_after(wait_us: Micros) -> Itimerspec {
    Itimerspec {
        it_interval: Timespec { tv_sec: 0, tv_nsec: 0 },
        it_value: Timespec {
            tv_sec: i64::try_from(wait_us / MICROSECONDS_PER_SECOND).unwrap_or(i64::MAX),
            tv_nsec: ((wait_us % MICROSECONDS_PER_SECOND) * NANOSECONDS_PER_MICROSECOND) as _,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_even_and_its_stretches_follow_each_other() {
        let times = schedule(
            &[Stretch { rate_per_s: 10.0, seconds: 1.0 }, Stretch { rate_per_s: 1000.0, seconds: 0.5 }],
            5_000_000,
        );
        assert_eq!(times.len(), 510);
        assert_eq!(&times[..3], &[5_000_000, 5_100_000, 5_200_000]);
        assert_eq!(&times[10..12], &[6_000_000, 6_001_000]);
    }

    #[tokio::test]
    async fn an_alarm_never_rings_early() {
        let clock = Clock::start();
        let mut alarm = Alarm::new(clock).expect("timer");
        for wait_us in [0, 300, 1_700] {
            let moment_us = clock.now_us() + wait_us;
            alarm.until(moment_us).await.expect("alarm");
            assert!(clock.now_us() >= moment_us);
        }
    }
}
