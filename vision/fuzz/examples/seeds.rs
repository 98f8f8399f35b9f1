//! What fuzzing begins with: `seeds CORPUS` writes pictures of made-up documents, and what their zones and barcodes
//! say, into a folder for each target.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use vestibule_vision_bench::{Conditions, Seeds, Studio};
use vestibule_vision_fuzz::Input;

/// So many pictures of each document: enough that all kinds are there.
const COUNT: u64 = 24;

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = PathBuf::from(std::env::args().nth(1).ok_or("seeds CORPUS")?);
    let studio = Studio::open()?;
    let conditions = Conditions::good().sized(640, 400);
    for index in 0..COUNT {
        let shot = studio.shot(Seeds::Train.seed(index), &conditions);
        let truth = shot.truth.ok_or("every picture has a document")?;
        let bytes = Input { plane: shot.picture.frame().luma(), place: truth.corners }.bytes();
        for target in ["frame", "flat", "zone", "barcode"] {
            write(&corpus.join(target), index, &bytes)?;
        }
        for text in [truth.zone, truth.barcode].into_iter().flatten() {
            write(&corpus.join("texts"), index, text.as_bytes())?;
        }
    }
    Ok(())
}

fn write(folder: &Path, index: u64, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    Ok(fs::write(folder.join(format!("made-{index}")), bytes)?)
}
