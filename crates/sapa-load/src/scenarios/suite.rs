//! `suite`: the scenarios of `make bench`, one after the other, each as if it had been called by hand. Absent: `desk`,
//! which needs a browser.

use clap::{Args, Parser};

use super::Scenario;

/// Half an hour on a quiet machine.
const FULL: [&str; 14] = [
    "limits",
    "start",
    "steady --rate 100",
    "steady --rate 1000",
    "max",
    "max --in-flight 8",
    "burst",
    "idle",
    "reconnect",
    "lists",
    "search",
    "thread",
    "kill",
    "flush-order",
];
/// Four minutes, for every change.
const QUICK: [&str; 9] = [
    "start --times 5",
    "steady --rate 100 --seconds 5 --idle 400",
    "steady --rate 1000 --seconds 5 --idle 400",
    "max --seconds 5",
    "idle --sockets 5000 --seconds 5",
    "reconnect --sockets 1000 --seconds 9",
    "lists --requests 300 --conversations 20000",
    "kill --times 5",
    "flush-order",
];

#[derive(Args, Clone, Debug)]
pub struct Arguments {
    /// Shorter runs, for every change.
    #[arg(long)]
    pub quick: bool,
}

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    scenario: Scenario,
}

pub fn scenarios(arguments: &Arguments) -> Vec<Scenario> {
    let lines: &[&str] = if arguments.quick { &QUICK } else { &FULL };
    lines.iter().map(|line| scenario(line)).collect()
}

fn scenario(line: &str) -> Scenario {
    let words = std::iter::once("sapa-load").chain(line.split(' '));
    Line::try_parse_from(words).expect("a test parses every line").scenario
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_can_be_parsed() {
        assert_eq!(scenarios(&Arguments { quick: false }).len(), FULL.len());
        assert_eq!(scenarios(&Arguments { quick: true }).len(), QUICK.len());
    }
}
