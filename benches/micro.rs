//! Micro-benchmarks: parsing, planning, and launching pipelines. `cargo bench --bench micro`

use divan::Bencher;
use divan::counter::BytesCount;
use minish::{Pipeline, syntax};

fn main() {
    divan::main();
}

const LINE: &str = "ps aux | grep \"$name\" >out 2>&1 && echo 'done' || { cd ~/x; x=1 make -k; } # comment\n";

#[divan::bench(args = [1, 1000])]
fn parse_lines(bencher: Bencher<'_, '_>, lines: usize) {
    let text = LINE.repeat(lines);
    bencher.counter(BytesCount::of_str(&text)).bench(|| syntax::parse(text.as_bytes()));
}

fn pipeline(stages: usize) -> Pipeline {
    (1..stages).fold(Pipeline::new(["true"]), |pipeline, _| pipeline.pipe(["true"]))
}

#[divan::bench(args = [1, 2, 8])]
fn plan_pipeline(bencher: Bencher<'_, '_>, stages: usize) {
    let pipeline = pipeline(stages);
    bencher.bench_local(|| pipeline.plan());
}

#[divan::bench(args = [1, 2, 8])]
fn launch_and_wait(bencher: Bencher<'_, '_>, stages: usize) {
    let pipeline = pipeline(stages);
    bencher.bench_local(|| pipeline.run());
}
