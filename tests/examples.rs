//! Every example is a thing that the reader can run: here they are run.

use std::process::Command;

use super::support::{MINISH, example, run, text};

#[test]
fn every_program_runs() {
    for name in ["ps_grep", "zombies", "inherit"] {
        let output = run(&mut Command::new(example(name)));
        // `ps` need not be there, and then the program says so.
        assert!(matches!(output.status.code(), Some(0 | 1)), "{name}: {}", text(&output));
        assert!(!output.stdout.is_empty(), "{name} prints nothing");
    }
}

#[test]
fn every_script_runs() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["hello.sh", "fifo.sh"] {
        let script = format!("{}/examples/{name}", env!("CARGO_MANIFEST_DIR"));
        let output =
            run(Command::new(MINISH).args([&script]).current_dir(folder.path()).env("TMPDIR", folder.path()));
        assert!(output.status.success() && output.stderr.is_empty(), "{name}: {}", text(&output));
        assert!(!output.stdout.is_empty(), "{name} prints nothing");
    }
}
