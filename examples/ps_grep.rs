//! `ps aux | grep bash` with the library, and what its Report tells.
//!
//! `cargo run --example ps_grep -- PATTERN`

use std::io::Write;

use minish::{Command, Pipeline, Report};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let pattern = std::env::args().nth(1).unwrap_or_else(|| "bash".to_owned());
    let pipeline = Pipeline::new(["ps", "aux"]).pipe(Command::new("grep").arg(pattern));
    print!("what will run:\n{}\n", pipeline.plan());
    let (report, output) = pipeline.capture()?;
    println!("what it wrote:");
    std::io::stdout().write_all(&output)?;
    print_report(&report);
    Ok(())
}

fn print_report(report: &Report) {
    println!("\nwhat happened:");
    println!(
        "{:>5} {:>8}  {:<24} {:>8} {:>9} {:>9} {:>9}  what",
        "stage", "pid", "outcome", "status", "time", "user", "system"
    );
    for (index, (stage, happened)) in report.iter().enumerate() {
        println!(
            "{:>5} {:>8}  {:<24} {:>#8x} {:>9.1?} {:>9.1?} {:>9.1?}  {}",
            index + 1,
            happened.pid.map_or_else(|| "-".to_owned(), |pid| pid.to_string()),
            happened.outcome.sentence(),
            happened.outcome.wait_status(),
            happened.duration(),
            happened.usage.user,
            happened.usage.system,
            String::from_utf8_lossy(&stage.name()),
        );
    }
    println!("status of the pipeline: {}", report.status().0);
}
