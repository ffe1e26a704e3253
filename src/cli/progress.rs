//! Shows how far long work is, on stderr, when that is a terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::sync::Mutex;

/// A bar that changes its title when the step changes.
#[derive(Debug)]
pub(super) struct Bar {
    bar: ProgressBar,
    step: Mutex<&'static str>,
}

impl Bar {
    /// A bar; a hidden one when `quiet` or stderr is no terminal.
    pub(super) fn new(quiet: bool) -> Self {
        let bar = if quiet { ProgressBar::hidden() } else { ProgressBar::no_length() };
        if let Ok(style) =
            ProgressStyle::with_template("{msg:>10} [{bar:40}] {human_pos}/{human_len} {eta}")
        {
            bar.set_style(style.progress_chars("=> "));
        }
        Self { bar, step: Mutex::new("") }
    }

    /// Tells the bar where the work is.
    pub(super) fn tell(&self, step: &'static str, done: usize, of: usize) {
        if let Ok(mut current) = self.step.lock()
            && *current != step
        {
            *current = step;
            self.bar.set_message(step);
        }
        if self.bar.length() != Some(of as u64) {
            self.bar.set_length(of as u64);
        }
        self.bar.set_position(done as u64);
    }

    /// Takes the bar away.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}
