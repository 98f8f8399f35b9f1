//! The catalogue of published skills: those that are compiled in, and those of the operator's folder.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use thiserror::Error;
use vestibule_protocol::id::SkillName;
use vestibule_protocol::skill::{ImpossibleRule, ImpossibleSkill, Skill, SkillFile};

/// The skills that come with the server, by file name.
const SAMPLES: [(&str, &str); 9] = [
    ("kyb_business_1.0.toml", include_str!("../skills/kyb_business_1.0.toml")),
    ("kyc_basic_1.0.toml", include_str!("../skills/kyc_basic_1.0.toml")),
    ("kyc_by_country_1.0.toml", include_str!("../skills/kyc_by_country_1.0.toml")),
    ("kyc_document_1.0.toml", include_str!("../skills/kyc_document_1.0.toml")),
    ("kyc_us_1.0.toml", include_str!("../skills/kyc_us_1.0.toml")),
    ("login_1.0.toml", include_str!("../skills/login_1.0.toml")),
    ("xyz_aisp_sbx_1.0.toml", include_str!("../skills/xyz_aisp_sbx_1.0.toml")),
    ("xyz_sbx_3.0.toml", include_str!("../skills/xyz_sbx_3.0.toml")),
    ("xyz_sbx_3.1.toml", include_str!("../skills/xyz_sbx_3.1.toml")),
];

/// A skill and the text that defines it.
#[derive(Clone, Debug)]
pub struct Published {
    /// The skill.
    pub skill: Arc<Skill>,
    /// Its definition, which every session begun with it keeps.
    pub source: Arc<str>,
}

/// Why a catalogue was not loaded. The former one stays in force.
#[derive(Debug, Error)]
pub enum CatalogueError {
    /// The folder or a file in it cannot be read.
    #[error("{0}: {1}")]
    Unreadable(String, #[source] io::Error),
    /// A file is not TOML of the shape of a skill.
    #[error("{file}: line {line}: {reason}")]
    Malformed {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// No session could run the skill to its end.
    #[error("{file}: line {line}: {reason}")]
    Impossible {
        /// The file.
        file: String,
        /// The line on which the step begins, or the rule stands, from 1.
        line: usize,
        /// What is wrong.
        reason: ImpossibleSkill,
    },
    /// The owners of a business would be checked by a skill that is not there, or is about a business too.
    #[error("{skill}: its owner_skill {owner_skill} is not published, or is itself about a business")]
    OwnerSkill {
        /// The skill about the business.
        skill: SkillName,
        /// What it names.
        owner_skill: SkillName,
    },
    /// Two files of the folder define one skill.
    #[error("{file}: {name} is defined in another file too")]
    Twice {
        /// The second file.
        file: String,
        /// The skill.
        name: SkillName,
    },
}

/// The published skills. A reload replaces them all at once, or not at all.
#[derive(Debug)]
pub struct Catalogue {
    folder: Option<PathBuf>,
    published: RwLock<Arc<Vec<Published>>>,
}

impl Catalogue {
    /// The samples, and the skills of `folder`; one of the folder takes the place of a sample of its name.
    ///
    /// # Errors
    /// [`CatalogueError`] names the file, the line and the reason.
    pub fn load(folder: Option<PathBuf>) -> Result<Self, CatalogueError> {
        let published = RwLock::new(Arc::new(load(folder.as_deref())?));
        Ok(Self { folder, published })
    }

    /// Reads the folder again, and gives how many skills there are now.
    ///
    /// # Errors
    /// [`CatalogueError`]; nothing has changed then.
    pub fn reload(&self) -> Result<usize, CatalogueError> {
        let fresh = Arc::new(load(self.folder.as_deref())?);
        let count = fresh.len();
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(count)
    }

    /// Every skill, by name.
    pub fn all(&self) -> Arc<Vec<Published>> {
        Arc::clone(&self.published.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The skill of this name.
    pub fn find(&self, name: &SkillName) -> Option<Published> {
        self.all().iter().find(|published| published.skill.name == *name).cloned()
    }
}

/// The skill that a text defines. The file's name is for the error.
///
/// # Errors
/// [`CatalogueError::Malformed`] or [`CatalogueError::Impossible`].
pub fn parse(file: &str, source: &str) -> Result<Skill, CatalogueError> {
    let read: SkillFile = toml::from_str(source).map_err(|error| CatalogueError::Malformed {
        file: file.into(),
        line: error.span().map_or(1, |span| line_at(source, span.start)),
        reason: error.message().into(),
    })?;
    Skill::check(read).map_err(|reason| {
        let line = match &reason {
            ImpossibleSkill::Empty => 1,
            ImpossibleSkill::Step { number, .. } => line_of(source, "[[steps]]", *number),
            ImpossibleSkill::Business(_) => line_of(source, "[business]", 1),
            ImpossibleSkill::Rule(rule) => line_of_rule(source, rule),
        };
        CatalogueError::Impossible { file: file.into(), line, reason }
    })
}

fn load(folder: Option<&Path>) -> Result<Vec<Published>, CatalogueError> {
    let mut published: Vec<Published> = Vec::new();
    for (file, source) in folder.map(read).transpose()?.unwrap_or_default() {
        let skill = parse(&file, &source)?;
        if published.iter().any(|other| other.skill.name == skill.name) {
            return Err(CatalogueError::Twice { file, name: skill.name });
        }
        published.push(Published { skill: Arc::new(skill), source: source.into() });
    }
    for (file, source) in SAMPLES {
        let skill = parse(file, source)?;
        if published.iter().all(|other| other.skill.name != skill.name) {
            published.push(Published { skill: Arc::new(skill), source: source.into() });
        }
    }
    published.sort_by(|one, other| one.skill.name.cmp(&other.skill.name));
    check_owner_skills(&published)?;
    Ok(published)
}

fn check_owner_skills(published: &[Published]) -> Result<(), CatalogueError> {
    let checks_people = |name: &SkillName| {
        published.iter().any(|one| one.skill.name == *name && one.skill.business.is_none())
    };
    for Published { skill, .. } in published {
        if let Some(business) = &skill.business
            && !checks_people(&business.owner_skill)
        {
            let (skill, owner_skill) = (skill.name.clone(), business.owner_skill.clone());
            return Err(CatalogueError::OwnerSkill { skill, owner_skill });
        }
    }
    Ok(())
}

/// The `.toml` files of a folder and their texts, by name.
fn read(folder: &Path) -> Result<Vec<(String, String)>, CatalogueError> {
    let unreadable = |path: &Path| {
        let name = path.display().to_string();
        |error| CatalogueError::Unreadable(name, error)
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let source = std::fs::read_to_string(&path).map_err(unreadable(&path))?;
            files.push((path.display().to_string(), source));
        }
    }
    files.sort();
    Ok(files)
}

fn line_at(source: &str, offset: usize) -> usize {
    source.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// The line of a heading, of those that are alike the one of this `number`, counted from 1.
fn line_of(source: &str, heading: &str, number: usize) -> usize {
    let mut headings = source.lines().enumerate().filter(|(_, line)| line.trim() == heading);
    number.checked_sub(1).and_then(|before| headings.nth(before)).map_or(1, |(index, _)| index + 1)
}

/// The line on which a rule first stands in quotes.
fn line_of_rule(source: &str, rule: &ImpossibleRule) -> usize {
    let written = rule.written();
    let stands =
        |line: &str| line.contains(&format!("\"{written}\"")) || line.contains(&format!("'{written}'"));
    source.lines().position(stands).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = "name = \"own_#1.0\"\ntitle = \"Own\"\n\n[[steps]]\nname = \"yes\"\nkind = \"consent\"\n\
        consents = [{ name = \"terms\", version = \"1\", text = \"Yes.\" }]\n\n[[steps]]\nname = \"last\"\nkind = \"selfie\"\n";

    #[test]
    fn the_samples_can_be_run() {
        let names: Vec<_> = Catalogue::load(None)
            .unwrap()
            .all()
            .iter()
            .map(|published| published.skill.name.to_string())
            .collect();
        assert_eq!(
            names,
            [
                "kyb_business_#1.0",
                "kyc_basic_#1.0",
                "kyc_by_country_#1.0",
                "kyc_document_#1.0",
                "kyc_us_#1.0",
                "login_#1.0",
                "xyz_aisp_sbx_#1.0",
                "xyz_sbx_#3.0",
                "xyz_sbx_#3.1"
            ]
        );
    }

    #[test]
    fn a_faulty_file_is_named_with_line_and_reason() {
        let said = |source| parse("own.toml", source).unwrap_err().to_string();
        insta::assert_snapshot!(said(TWO), @"own.toml: line 9: step 2 (last): a session may end with this step: add one without 'when' after it, or let its files come 'after_token'");
        insta::assert_snapshot!(said("name = \"own_#1.0\"\ntitle = 5\n"), @"own.toml: line 2: invalid type: integer `5`, expected a string");
        insta::assert_snapshot!(said("name = \"own_#1.0\"\ntitle = \"Own\"\nsteps = []\n"), @"own.toml: line 1: a skill needs at least one step");
        let rules = "[rules]\nreview_if = [\n  \"mrz.warn\",\n  \"mzr.fail\",\n]\n\n[[steps]]";
        insta::assert_snapshot!(said(&TWO.replacen("[[steps]]", rules, 1)), @"own.toml: line 7: rules: 'mzr.fail' is no finding: write check.verdict, as in minimum_age.fail");
    }

    #[test]
    fn a_faulty_file_leaves_the_old_catalogue_in_force() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("own.toml");
        let good = TWO.replace("kind = \"selfie\"", "kind = \"review\"");
        std::fs::write(&file, &good).unwrap();
        let catalogue = Catalogue::load(Some(folder.path().into())).unwrap();
        assert_eq!(catalogue.all().len(), SAMPLES.len() + 1);

        std::fs::write(&file, TWO).unwrap();
        assert!(catalogue.reload().is_err());
        assert!(catalogue.find(&"own_#1.0".parse().unwrap()).is_some());

        std::fs::write(folder.path().join("copy.toml"), &good).unwrap();
        std::fs::write(&file, &good).unwrap();
        assert!(matches!(catalogue.reload(), Err(CatalogueError::Twice { .. })));

        std::fs::remove_file(&file).unwrap();
        assert_eq!(catalogue.reload().unwrap(), SAMPLES.len() + 1);
    }
}
