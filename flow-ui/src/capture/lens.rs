//! Which of a device's lenses is the one for documents and faces.
//!
//! A phone may call six of them "back", and a laptop's infrared one comes first at times. Once a
//! camera has been allowed, browsers tell their labels: `Back Camera`, `Back Ultra Wide Camera`,
//! `camera2 0, facing back`, `Integrated IR Camera`.

/// Lenses that show no picture a person could use.
const BLIND: [&str; 5] = ["infrared", "ir camera", "depth", "tof", "virtual"];

/// Lenses that show one, but bent, blurred or from too far away.
const ODD: [&str; 7] = ["ultra wide", "ultra-wide", "ultrawide", "tele", "macro", "mono", "desk view"];

const REAR: [&str; 3] = ["back", "rear", "environment"];
const FRONT: [&str; 3] = ["front", "user", "facetime"];

/// Whether a lens is worth offering.
pub(super) fn sees(label: &str) -> bool {
    !has(label, &BLIND)
}

/// A better lens than the one called `current` for the side that was asked for: its place among
/// `labels`, or `None` to stay.
pub(super) fn better<'a>(rear: bool, current: &str, labels: impl Iterator<Item = &'a str>) -> Option<usize> {
    let (wanted, other) = if rear { (&REAR, &FRONT) } else { (&FRONT, &REAR) };
    let known = has(current, wanted);
    labels
        .enumerate()
        // Within a known side the choice stays on it; elsewhere any lens of no other side will do.
        .filter(|(_, label)| if known { has(label, wanted) } else { !has(label, other) })
        .map(|(place, label)| (rank(label), place))
        .min()
        .filter(|(best, _)| *best < rank(current))
        .map(|(_, place)| place)
}

/// Smaller is better. Android numbers its cameras from the main one on, so the number decides
/// among equals; labels that only name a product have no such number worth reading.
fn rank(label: &str) -> (bool, bool, u32) {
    let number = label.strip_prefix("camera2 ").and_then(|rest| rest.split(',').next()?.parse().ok());
    (!sees(label), has(label, &ODD), number.unwrap_or(0))
}

fn has(label: &str, words: &[&str]) -> bool {
    let label = label.to_ascii_lowercase();
    words.iter().any(|word| label.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_better(rear: bool, current: &str, labels: &[&str], expected: Option<&str>) {
        let place = better(rear, current, labels.iter().copied());
        assert_eq!(place.map(|place| labels[place]), expected);
    }

    #[test]
    fn the_main_lens_of_an_android_phone_has_the_lowest_number() {
        let labels = ["camera2 1, facing front", "camera2 3, facing back", "camera2 0, facing back"];
        assert_better(true, labels[1], &labels, Some(labels[2]));
        assert_better(true, labels[2], &labels, None);
        assert_better(false, labels[0], &labels, None);
    }

    #[test]
    fn an_ultra_wide_or_far_lens_gives_way() {
        let labels = ["Front Camera", "Back Ultra Wide Camera", "Back Telephoto Camera", "Back Camera"];
        assert_better(true, labels[1], &labels, Some("Back Camera"));
        assert_better(true, labels[2], &labels, Some("Back Camera"));
        assert_better(true, labels[3], &labels, None);
    }

    #[test]
    fn lenses_that_join_several_are_left_alone() {
        let labels = ["Back Camera", "Back Dual Wide Camera", "Back Triple Camera"];
        for current in labels {
            assert_better(true, current, &labels, None);
        }
    }

    #[test]
    fn an_infrared_camera_of_a_laptop_gives_way_on_either_side() {
        let labels = ["Integrated IR Camera", "Integrated Camera"];
        for rear in [true, false] {
            assert_better(rear, labels[0], &labels, Some("Integrated Camera"));
            assert_better(rear, labels[1], &labels, None);
        }
    }

    #[test]
    fn without_labels_nothing_changes() {
        assert_better(true, "", &["", ""], None);
        assert_better(true, "Back Ultra Wide Camera", &["", "Front Camera"], None);
    }

    #[test]
    fn what_sees_nothing_is_not_offered() {
        assert!(!sees("Windows Hello Infrared"));
        assert!(sees("Back Ultra Wide Camera"));
    }
}
