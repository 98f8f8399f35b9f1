//! Pictures to look at, and films for the camera of a browser under test:
//! `cargo run --release -p vestibule-vision-bench -- shots --out FOLDER`.

mod measure;

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::time::Duration;

use vestibule_vision_bench::arguments::Arguments;
use vestibule_vision_bench::film::{Film, Shooting};
use vestibule_vision_bench::{Picture, Studio};

use self::measure::{Bench, Part, Set, stream};

const USAGE: &str = "\
vestibule-vision-bench shots --out FOLDER [--count 12] [--from 0] [--seeds train|tuning|held-out]
    [--conditions usual|hard|good|empty] [--size 720|1080] [--kind passport|…]
    Draws pictures as PNG, and says what is true of each.
vestibule-vision-bench film card-arrives|empty|passport|licence-back --out FILE.mjpeg
    [--index 0 [--seeds train|tuning|held-out]] [--held across|upright] [--mark yes]
    Draws a film for Chromium's --use-file-for-fake-video-capture, which plays it again and again; says what
    its zone or its barcode says. Each index has another document and desk. The mark is a square in the upper
    left corner, which is white while the document is steady.
vestibule-vision-bench measure [--documents 300] [--minutes 10] [--only outlines|quality|zones|barcodes|faces]
    --out FILE.json
    Measures the readers on held-out pictures, on the first ones of each set where time is short, and writes
    what is known after each part. `npm run bench:vision` does so with their peers.
vestibule-vision-bench stream SET [--count 100] [--part frame|zone]
    Writes held-out pictures with their truth, for readers in other languages: vision/bench/src/measure/stream.rs.";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments = Arguments::read(std::env::args().skip(1));
    match arguments.command.as_str() {
        "shots" => shots(&arguments),
        "film" => film(&arguments),
        "measure" => measure(&arguments),
        "stream" => {
            let name = arguments.what.as_deref().ok_or(USAGE)?;
            let set = Set::named(name).ok_or_else(|| format!("there is no set {name}"))?;
            let part = if arguments.get("part") == Some("zone") { Part::Zone } else { Part::Frame };
            let mut out = BufWriter::new(std::io::stdout().lock());
            Ok(stream(&Studio::open()?, &set, part, arguments.number("count", 100)?, &mut out)?)
        }
        _ => Err(USAGE.into()),
    }
}

fn shots(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let studio = Studio::open()?;
    let folder = Path::new(arguments.needed("out")?);
    fs::create_dir_all(folder)?;
    let conditions = arguments.conditions()?;
    let seeds = arguments.seeds()?;
    let from: u64 = arguments.number("from", 0)?;
    for index in from..from + arguments.number("count", 12)? {
        let started = clock();
        let shot = studio.shot(seeds.seed(index), &conditions);
        let took = started.elapsed();
        png(&shot.picture, &folder.join(format!("{index:05}.png")))?;
        say(&match shot.truth {
            None => format!("{index:05}  {took:>6.0?}  no document"),
            Some(truth) => format!(
                "{index:05}  {took:>6.0?}  {:?} turn {} tilt {:.0} blur {:.2} motion {:.1?} glare {:.3} light {:.2} cut {} {:.1?}\n{}",
                truth.kind,
                truth.turn,
                truth.tilt,
                truth.blur,
                truth.motion,
                truth.glare,
                truth.lighting.strength,
                truth.cut,
                truth.corners.0.map(|corner| (corner.x, corner.y)),
                truth.zone.unwrap_or_default(),
            ),
        });
    }
    Ok(())
}

fn film(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let name = arguments.what.as_deref().ok_or(USAGE)?;
    let film = Film::named(name).ok_or_else(|| format!("there is no film {name}"))?;
    let mut file = BufWriter::new(File::create(arguments.needed("out")?)?);
    let index = arguments.get("index").map(str::parse).transpose()?;
    let seeds = arguments.seeds()?;
    let shooting = Shooting {
        seed: index.map(|index| seeds.seed(index)),
        upright: arguments.get("held") == Some("upright"),
        marked: arguments.get("mark").is_some(),
    };
    let document = film.shoot(shooting, &Studio::open()?, &mut file)?;
    file.flush()?;
    let (zone, barcode) = document.map(|shown| (shown.zone, shown.barcode)).unwrap_or_default();
    zone.iter().for_each(|zone| say(&zone.lines));
    barcode.iter().for_each(|barcode| say(&barcode.text));
    Ok(())
}

fn measure(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let out = Path::new(arguments.needed("out")?);
    let only = arguments.get("only");
    if only.is_some_and(|name| !measure::is_stage(name)) {
        return Err(USAGE.into());
    }
    let time = Duration::from_secs(60 * arguments.number("minutes", 10)?);
    let bench = Bench::new(Studio::open()?, arguments.number("documents", 300)?, time, say);
    out.parent().map_or(Ok(()), fs::create_dir_all)?;
    Ok(bench.run(only, |report| fs::write(out, format!("{report:#}\n")))?)
}

fn png(picture: &Picture, path: &Path) -> Result<(), Box<dyn Error>> {
    let file = BufWriter::new(File::create(path)?);
    let mut encoder = png::Encoder::new(file, picture.width as u32, picture.height as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_compression(png::Compression::Fast);
    encoder.write_header()?.write_image_data(&picture.rgba)?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a tool says how long it took")]
fn clock() -> std::time::Instant {
    std::time::Instant::now()
}

#[expect(clippy::print_stdout, reason = "the answer of a command line")]
fn say(line: &str) {
    println!("{line}");
}
