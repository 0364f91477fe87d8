//! Times minish beside the other shells that are installed, on the same scripts in one run.
//!
//! ```sh
//! cargo bench --bench beside                        # every case
//! cargo bench --bench beside -- pipeline            # cases with "pipeline" in their name
//! cargo bench --bench beside -- --rounds 3          # as many rounds for each case
//! MINISH=/path/to/minish cargo bench --bench beside # another binary in the first column
//! ```
//!
//! Rounds are interleaved: each runs every shell once, and each begins with another shell, so that a noisy second hits
//! all of them alike. The target is for the median, since what a shell starts is scheduled in more than one way, some of
//! them twice as slow as others; the minimum shows the best that it can be. `cpu` is the user and system time of the shell and of all that it waited for, the least of all rounds.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};
use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// A row of the table. To add one: a name, a function that makes the script, the ratio to dash's time that minish may
/// not exceed, and the number of rounds.
struct Case {
    name: &'static str,
    work: fn() -> io::Result<Work>,
    target: f64,
    rounds: usize,
}

const CASES: &[Case] = &[
    Case { name: "start", work: start, target: 0.90, rounds: 9 },
    Case { name: "400 programs", work: programs, target: 1.00, rounds: 9 },
    Case { name: "400 two-stage pipelines", work: short_pipelines, target: 1.00, rounds: 9 },
    Case { name: "400-stage pipeline", work: long_pipeline, target: 1.00, rounds: 9 },
    Case { name: "builtin into a pipe", work: builtin_into_pipe, target: 0.70, rounds: 9 },
    Case { name: "while loop, 200,000 turns", work: while_loop, target: 0.50, rounds: 9 },
    Case { name: "100,000 function calls with case", work: function_calls, target: 0.50, rounds: 9 },
    Case { name: "field splitting", work: field_splitting, target: 0.50, rounds: 9 },
    Case { name: "${p##*/} and the like", work: trimming, target: 0.50, rounds: 9 },
    Case { name: "a text that grows to 200 kB", work: growing_text, target: 0.50, rounds: 5 },
    Case { name: "3,000 times $(echo)", work: substitution, target: 0.10, rounds: 5 },
    Case { name: "3,000 times ( x=$i )", work: subshell, target: 0.10, rounds: 5 },
    Case { name: "400 times $(basename)", work: program_output, target: 1.00, rounds: 9 },
    Case { name: "while read, 60,000 lines of a file", work: read_file, target: 0.50, rounds: 9 },
    Case { name: "while read, 20,000 lines of a pipe", work: read_pipe, target: 0.50, rounds: 9 },
    Case { name: "glob of 5,000 files", work: glob, target: 0.60, rounds: 9 },
    Case { name: "parsing 2 MB", work: parsing, target: 0.70, rounds: 9 },
    Case { name: "3 GB through head -c | cat | wc -c", work: three_gigabytes, target: 0.75, rounds: 5 },
];

/// What each shell is given in a round.
enum Work {
    /// `-c` with this text, so many times.
    Command(&'static str, u32),
    /// A file with this text, once.
    File(String),
}

// Programs are written with their whole path: by name alone busybox and ksh93 may run a version of their own inside
// the shell, which would time something else.

fn start() -> io::Result<Work> {
    Ok(Work::Command(":", 200))
}

fn programs() -> io::Result<Work> {
    Ok(Work::File(format!("{}\n", path_of("true")?).repeat(400)))
}

fn short_pipelines() -> io::Result<Work> {
    Ok(Work::File(format!("{} hi | {} >/dev/null\n", path_of("echo")?, path_of("cat")?).repeat(400)))
}

fn long_pipeline() -> io::Result<Work> {
    let (echo, cat) = (path_of("echo")?, path_of("cat")?);
    Ok(Work::File(format!("{echo} hi{} >/dev/null\n", format!(" | {cat}").repeat(399))))
}

fn builtin_into_pipe() -> io::Result<Work> {
    Ok(Work::File(format!("echo hi | {} >/dev/null\n", path_of("cat")?).repeat(400)))
}

fn while_loop() -> io::Result<Work> {
    Ok(Work::File("i=0\nwhile [ \"$i\" -lt 200000 ]; do i=$((i+1)); done\n".into()))
}

fn function_calls() -> io::Result<Work> {
    let text = "f() { case $1 in *5*) x=${1%5*};; *) x=$1;; esac; }\n\
                i=0\nwhile [ \"$i\" -lt 100000 ]; do f \"a$i\"; i=$((i+1)); done\n";
    Ok(Work::File(text.into()))
}

fn field_splitting() -> io::Result<Work> {
    let text = "s='the quick brown fox jumps over the lazy dog and runs away'\ni=0\n\
                while [ \"$i\" -lt 20000 ]; do set -- $s; for w in \"$@\"; do :; done; i=$((i+1)); done\n";
    Ok(Work::File(text.into()))
}

fn trimming() -> io::Result<Work> {
    let text = "p=/usr/local/lib/some/where/file.tar.gz\ni=0\nwhile [ \"$i\" -lt 50000 ]; do\n\
                a=${p##*/} b=${p%/*} c=${a%%.*} d=${a#*.} e=${#p}; i=$((i+1)); done\n";
    Ok(Work::File(text.into()))
}

fn growing_text() -> io::Result<Work> {
    let text = "i=0 x=\nwhile [ \"$i\" -lt 20000 ]; do x=\"$x line $i\"; i=$((i+1)); done\n";
    Ok(Work::File(text.into()))
}

fn substitution() -> io::Result<Work> {
    let text = "i=0\nwhile [ \"$i\" -lt 3000 ]; do x=$(echo \"hi $i\"); i=$((i+1)); done\n";
    Ok(Work::File(text.into()))
}

fn subshell() -> io::Result<Work> {
    Ok(Work::File("i=0\nwhile [ \"$i\" -lt 3000 ]; do ( x=$i ); i=$((i+1)); done\n".into()))
}

fn program_output() -> io::Result<Work> {
    let basename = path_of("basename")?;
    let text = format!("i=0\nwhile [ \"$i\" -lt 400 ]; do x=$({basename} /a/b); i=$((i+1)); done\n");
    Ok(Work::File(text))
}

/// The text has to be somewhere: the script is followed by its own input.
fn read_file() -> io::Result<Work> {
    let lines: String = (0..60_000).map(|number| format!("line {number} with words\n")).collect();
    Ok(Work::File(format!("n=0\nwhile read -r a b; do n=$((n+1)); done <<'END'\n{lines}END\n")))
}

fn read_pipe() -> io::Result<Work> {
    let seq = path_of("seq")?;
    Ok(Work::File(format!("{seq} 100000 120000 | while read -r a; do :; done\n")))
}

fn glob() -> io::Result<Work> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("glob");
    fs::create_dir_all(&folder)?;
    for number in 0..5000 {
        fs::write(folder.join(format!("file{number}.txt")), "")?;
    }
    let text = format!("cd {} || exit 1\n", folder.display());
    Ok(Work::File(text + "for i in 1 2 3 4 5 6 7 8 9 10; do set -- *.txt; done\n"))
}

fn parsing() -> io::Result<Work> {
    let piece = "build_one() {\n    # what is built, and where\n    for file in \"$@\"; do\n        \
                 case ${file##*.} in\n        c | h) cc -c \"$file\" -o \"${file%.c}.o\" || return 1 ;;\n        \
                 *) echo \"unknown: $file\" >&2 ;;\n        esac\n    done\n    \
                 if test -n \"$name\" && [ \"$count\" -gt 0 ]; then\n        total=$((count + 1))\n        \
                 result=$(printf '%s\\n' \"$name\" | sed 's/a/b/')\n    fi\n}\n";
    Ok(Work::File(format!("set -n\n{}", piece.repeat(2_000_000 / piece.len() + 1))))
}

fn three_gigabytes() -> io::Result<Work> {
    let (head, cat, wc) = (path_of("head")?, path_of("cat")?, path_of("wc")?);
    Ok(Work::File(format!("{head} -c 3000000000 /dev/zero | {cat} | {wc} -c\n")))
}

struct Options {
    filter: String,
    rounds: Option<usize>,
}

struct Shell {
    name: &'static str,
    program: PathBuf,
    /// What stands before the script's own arguments: busybox must be told which of its programs to be.
    before: &'static [&'static str],
}

/// The times of one shell in one case, a round each.
#[derive(Default)]
struct Times {
    wall: Vec<Duration>,
    cpu: Vec<Duration>,
    /// How a run ended that did not end well; its time means nothing.
    failure: Option<String>,
}

fn main() -> io::Result<ExitCode> {
    let options = options()?;
    let shells = shells();
    let folder = tempfile::tempdir()?;
    println!("{}", heading(&shells));
    let mut failures = Vec::new();
    for case in CASES.iter().filter(|case| case.name.contains(&options.filter)) {
        let times = race(case, &shells, options.rounds.unwrap_or(case.rounds), folder.path())?;
        print_rows(case, &shells, &times);
        for (shell, times) in shells.iter().zip(times) {
            failures.extend(times.failure.map(|how| format!("{}: {}: {how}", case.name, shell.name)));
        }
    }
    for failure in &failures {
        println!("FAILED  {failure}");
    }
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn options() -> io::Result<Options> {
    let mut options = Options { filter: String::new(), rounds: None };
    let mut words = env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--bench" => {} // cargo adds it
            "--rounds" => {
                let rounds = words.next().and_then(|word| word.parse().ok()).filter(|&rounds| rounds > 0);
                let wanted = || io::Error::other("--rounds wants a number above 0");
                options.rounds = Some(rounds.ok_or_else(wanted)?);
            }
            option if option.starts_with('-') => {
                return Err(io::Error::other(format!("{option}: no such option; there is --rounds N")));
            }
            _ => options.filter = word,
        }
    }
    Ok(options)
}

/// minish first, then those of the others that are installed; dash, the measure, before the rest.
fn shells() -> Vec<Shell> {
    let minish = env::var_os("MINISH").unwrap_or_else(|| env!("CARGO_BIN_EXE_minish").into());
    let mut shells = vec![Shell { name: "minish", program: minish.into(), before: &[] }];
    for name in ["dash", "bash", "mksh", "ksh", "busybox"] {
        let before: &[&str] = if name == "busybox" { &["sh"] } else { &[] };
        shells.extend(found(name).map(|program| Shell { name, program, before }));
    }
    shells
}

fn found(name: &str) -> Option<PathBuf> {
    let executable = |path: &PathBuf| {
        path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
    };
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(executable)
}

fn path_of(name: &str) -> io::Result<String> {
    let path = found(name).ok_or_else(|| io::Error::other(format!("{name}: not on PATH")))?;
    path.to_str().map(str::to_owned).ok_or_else(|| io::Error::other(format!("{name}: its path is not UTF-8")))
}

/// Runs every shell once a round, in an order that is rotated from round to round.
fn race(case: &Case, shells: &[Shell], rounds: usize, folder: &Path) -> io::Result<Vec<Times>> {
    let work = (case.work)()?;
    let file = folder.join("script");
    if let Work::File(text) = &work {
        fs::write(&file, text)?;
    }
    let mut times: Vec<Times> = shells.iter().map(|_| Times::default()).collect();
    for round in 0..rounds {
        let first = round % shells.len();
        let order = (0..shells.len()).cycle().skip(first).take(shells.len());
        for index in order {
            if let (Some(shell), Some(times)) = (shells.get(index), times.get_mut(index)) {
                run(shell, &work, &file, times)?;
            }
        }
    }
    Ok(times)
}

/// One shell's part of a round.
fn run(shell: &Shell, work: &Work, file: &Path, times: &mut Times) -> io::Result<()> {
    let mut command = Command::new(&shell.program);
    command.args(shell.before).stdin(Stdio::null()).stdout(Stdio::null());
    // Nobody's start-up file, and nobody's locale tables.
    command.env_remove("ENV").env_remove("BASH_ENV").env("LC_ALL", "C");
    let repeat = match work {
        Work::Command(text, repeat) => {
            command.args(["-c", text]);
            *repeat
        }
        Work::File(_) => {
            command.arg(file);
            1
        }
    };
    let (cpu, began) = (children_cpu()?, Instant::now());
    for _ in 0..repeat {
        match command.status() {
            Ok(status) if status.success() => {}
            Ok(status) => times.failure = Some(status.to_string()),
            Err(error) => times.failure = Some(error.to_string()),
        }
    }
    times.wall.push(began.elapsed());
    times.cpu.push(children_cpu()?.saturating_sub(cpu));
    Ok(())
}

/// User and system time of all children waited for so far, and of theirs.
fn children_cpu() -> io::Result<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let duration = |time: TimeVal| Duration::from_micros(time.num_microseconds().unsigned_abs());
    Ok(duration(usage.user_time()) + duration(usage.system_time()))
}

fn heading(shells: &[Shell]) -> String {
    let names: String = shells.iter().map(|shell| format!("{:>10}", shell.name)).collect();
    format!("{:<36}{:<7}{names}{:>13}", "case", "ms", "minish/dash")
}

/// Three rows a case, with the ratios of wall times.
fn print_rows(case: &Case, shells: &[Shell], times: &[Times]) {
    let row = |name, measured, measure| format!("{name:<36}{measured:<7}{}", cells(times, measure));
    let wall = |measure: fn(&[Duration]) -> Duration| ratio(shells, times, measure);
    let (best, usual) = (wall(least), wall(median));
    println!("{}{}", row(case.name, "min", |times| least(&times.wall)), shown(best));
    println!("{}{}{}", row("", "median", |times| median(&times.wall)), shown(usual), verdict(case, usual));
    println!("{}", row("", "cpu", |times| least(&times.cpu)));
}

fn cells(times: &[Times], measure: fn(&Times) -> Duration) -> String {
    let cell = |times: &Times| match times.failure {
        Some(_) => format!("{:>10}", "FAILED"),
        None => format!("{:>10.1}", measure(times).as_secs_f64() * 1e3),
    };
    times.iter().map(cell).collect()
}

/// The ratio to dash, where both have a time.
fn ratio(shells: &[Shell], times: &[Times], measure: fn(&[Duration]) -> Duration) -> Option<f64> {
    let time_of = |name: &str| {
        let (_, times) = shells.iter().zip(times).find(|(shell, _)| shell.name == name)?;
        times.failure.is_none().then(|| measure(&times.wall).as_secs_f64())
    };
    Some(time_of("minish")? / time_of("dash")?)
}

fn shown(ratio: Option<f64>) -> String {
    ratio.map_or_else(|| format!("{:>13}", "-"), |ratio| format!("{ratio:>13.2}"))
}

fn verdict(case: &Case, ratio: Option<f64>) -> String {
    let mark = |ratio: f64| if ratio <= case.target { "ok" } else { "OVER" };
    ratio.map_or_else(String::new, |ratio| format!("  target {:.2} {}", case.target, mark(ratio)))
}

fn least(times: &[Duration]) -> Duration {
    times.iter().min().copied().unwrap_or_default()
}

/// The upper one of the two in the middle where the number of rounds is even.
fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}
