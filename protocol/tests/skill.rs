//! Skills as an operator writes them: what is taken, and every reason for which one is refused.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]

use vestibule_protocol::field::{FieldName, Format};
use vestibule_protocol::skill::{
    ImpossibleBusiness, ImpossibleCondition, ImpossibleSkill, ImpossibleStep, Skill, SkillFile, StepKind,
};
use vestibule_protocol::upload::{MediaType, UploadName};

/// The skill of a whole file, which is of the right shape.
fn check(toml: &str) -> Result<Skill, ImpossibleSkill> {
    Skill::check(toml::from_str::<SkillFile>(toml).unwrap())
}

/// A skill that begins with the steps given and could else run.
fn with_steps(steps: &str) -> Result<Skill, ImpossibleSkill> {
    check(&format!("name = \"test_#1.0\"\ntitle = \"Test\"\n{steps}\n{LAST}"))
}

/// A step that may stand at the end.
const LAST: &str = "
    [[steps]]
    name = \"agree\"
    kind = \"consent\"
    consents = [{ name = \"terms\", version = \"1\", text = \"I agree.\" }]
";

/// Why the first step is refused.
fn refusal(step: &str) -> ImpossibleStep {
    match with_steps(&format!("[[steps]]\nname = \"first\"\n{step}")) {
        Err(ImpossibleSkill::Step { number: 1, name, reason }) if name.as_str() == "first" => reason,
        other => panic!("the first step should be refused: {other:?}"),
    }
}

/// Why a form with this one field is refused.
fn field_refusal(field: &str) -> ImpossibleStep {
    refusal(&format!("kind = \"form\"\nfields = [{{ {field} }}]"))
}

fn field(name: &str) -> FieldName {
    name.parse().unwrap()
}

#[test]
fn a_whole_skill_is_read_with_its_defaults() {
    let skill = check(
        "
        name = \"kyc_#1.2\"
        title = \"Identity check\"
        rules = { minimum_age = 18 }

        [[steps]]
        name = \"about_you\"
        kind = \"form\"
        fields = [
          { name = \"id.first_name\" },
          { name = \"period\", format = { integer = { min = 1, max = 60 } }, required = false, label = \"Months\" },
        ]
        uploads = [{ name = \"file\", label = \"A bill\", limits = { accept = [\"application/pdf\"], max_bytes = 5 } }]

        [[steps]]
        name = \"passport\"
        kind = \"document\"
        documents = [\"passport\", \"id_card\"]

        [[steps]]
        name = \"portrait\"
        kind = \"selfie\"
        limits = { attempts = 3 }

        [[steps]]
        name = \"look_again\"
        kind = \"review\"
        ",
    )
    .unwrap();

    assert_eq!((skill.name.as_str(), skill.minutes, skill.rules.minimum_age), ("kyc_#1.2", 3, Some(18)));
    let names: Vec<_> = skill.fields().map(|field| (field.name.as_str(), field.required)).collect();
    assert_eq!(names, [("id.first_name", true), ("period", false)]);

    let bill = &skill.steps[0].uploads[0];
    assert_eq!((bill.name, bill.limits.accept.as_slice()), (UploadName::File, &[MediaType::Pdf][..]));
    assert_eq!((bill.limits.max_bytes, bill.limits.attempts), (5, 10));
    let StepKind::Selfie { limits } = &skill.steps[2].kind else { panic!("a selfie comes third") };
    assert_eq!((limits.max_bytes, limits.attempts), (10_000_000, 3));
    assert_eq!(skill.step(&"look_again".parse().unwrap()).unwrap().kind, StepKind::Review);
    assert_eq!(skill.step(&"elsewhere".parse().unwrap()), None);
}

#[test]
fn a_key_that_no_skill_has_is_refused_by_name() {
    for (toml, key) in [
        ("name = \"a_#1.0\"\ntitle = \"A\"\nsteps = []\ncolour = \"red\"", "colour"),
        ("name = \"a_#1.0\"\ntitle = \"A\"\nsteps = []\nrules = { maximum_age = 99 }", "maximum_age"),
        (
            "name = \"a_#1.0\"\ntitle = \"A\"\n[[steps]]\nname = \"s\"\nkind = \"form\"\n\
             fields = [{ name = \"x\", format = { line = { max = 9, most = 9 } } }]",
            "most",
        ),
    ] {
        let refused = toml::from_str::<SkillFile>(toml).unwrap_err().to_string();
        assert!(refused.contains(key), "{refused}");
    }
}

#[test]
fn a_provider_is_asked_about_pictures_that_some_step_takes() {
    let said = |checks: &str, steps: &[&str]| {
        let steps: Vec<_> = steps.iter().map(|step| format!("[[steps]]\n{step}\n")).collect();
        let review = "[[steps]]\nname = \"review\"\nkind = \"review\"\n";
        let source = format!(
            "name = \"a_#1.0\"\ntitle = \"A\"\nrules = {{ provider_checks = [{checks}] }}\n{}{review}",
            steps.concat()
        );
        Skill::check(toml::from_str::<SkillFile>(&source).unwrap()).err().map(|refused| refused.to_string())
    };
    let paper = "name = \"paper\"\nkind = \"document\"\ndocuments = [\"passport\"]";
    let selfie = "name = \"portrait\"\nkind = \"selfie\"";
    assert_eq!(said("\"face_match\", \"liveness\", \"document_authenticity\"", &[paper, selfie]), None);
    for (check, steps, lacks) in [
        ("face_match", [paper], "selfie"),
        ("face_match", [selfie], "document"),
        ("liveness", [paper], "selfie"),
        ("document_authenticity", [selfie], "document"),
    ] {
        let refused = format!("rules: '{check}' takes pictures of a {lacks} step, and there is none");
        assert_eq!(said(&format!("\"{check}\""), &steps), Some(refused));
    }
}

#[test]
fn a_skill_without_steps_is_empty() {
    assert_eq!(check("name = \"a_#1.0\"\ntitle = \"A\"\nsteps = []"), Err(ImpossibleSkill::Empty));
}

#[test]
fn two_steps_of_one_name_are_refused_at_the_second() {
    let twice = with_steps(LAST).unwrap_err();
    assert_eq!(twice.to_string(), "step 2 (agree): another step has this name");
}

#[test]
fn a_key_of_another_kind_of_step_is_foreign() {
    let form = "kind = \"form\"\nfields = [{ name = \"id.email\" }]";
    let selfie = "kind = \"selfie\"";
    for (step, key) in [
        (format!("{selfie}\nfields = []"), "fields"),
        (format!("{form}\nconsents = []"), "consents"),
        (format!("{selfie}\ndocuments = [\"passport\"]"), "documents"),
        (format!("{form}\nlimits = {{}}"), "limits"),
        (format!("{selfie}\nuploads = []"), "uploads"),
        (format!("{form}\nafter_token = true"), "after_token"),
    ] {
        assert_eq!(refusal(&step), ImpossibleStep::ForeignKey(key));
    }
}

#[test]
fn the_list_that_makes_a_step_must_be_there_and_not_be_empty() {
    for (kind, list) in [("form", "fields"), ("consent", "consents"), ("document", "documents")] {
        assert_eq!(refusal(&format!("kind = \"{kind}\"")), ImpossibleStep::Missing(list));
        assert_eq!(refusal(&format!("kind = \"{kind}\"\n{list} = []")), ImpossibleStep::Missing(list));
    }
}

#[test]
fn nothing_occurs_twice_in_a_list() {
    let terms = "{ name = \"terms\", version = \"1\", text = \"I agree.\" }";
    let bill = "{ name = \"file\" }";
    for (step, item) in [
        ("kind = \"form\"\nfields = [{ name = \"id.email\" }, { name = \"id.email\" }]".into(), "id.email"),
        (format!("kind = \"consent\"\nconsents = [{terms}, {terms}]"), "terms"),
        ("kind = \"document\"\ndocuments = [\"passport\", \"passport\"]".into(), "passport"),
        (format!("kind = \"form\"\nfields = [{{ name = \"id.email\" }}]\nuploads = [{bill}, {bill}]"), "file"),
        (
            "kind = \"form\"\nfields = [{ name = \"period\", format = { choice = { options = [\"6\", \"6\"] } } }]".into(),
            "6",
        ),
    ] {
        assert_eq!(refusal(&step), ImpossibleStep::DuplicateItem(item.into()));
    }
}

#[test]
fn a_field_has_one_format_either_fixed_or_said() {
    assert_eq!(field_refusal("name = \"period\""), ImpossibleStep::NoFormat(field("period")));
    assert_eq!(field_refusal("name = \"custom.size\""), ImpossibleStep::NoFormat(field("custom.size")));
    let fixed = field_refusal("name = \"id.email\", format = \"email\"");
    assert_eq!(fixed, ImpossibleStep::FixedFormat(field("id.email")));
}

#[test]
fn a_choice_has_options_that_can_be_chosen() {
    for options in ["[]", "[\"6\", \"\"]", "[\" 6\"]"] {
        let refused =
            field_refusal(&format!("name = \"period\", format = {{ choice = {{ options = {options} }} }}"));
        assert_eq!(refused, ImpossibleStep::NoOptions(field("period")), "{options}");
    }
}

#[test]
fn the_stakes_of_all_owners_are_asked_in_one_step() {
    let form = |step: &str, fields: &[&str]| {
        let fields: Vec<_> = fields.iter().map(|name| format!("{{ name = \"business.{name}\" }}")).collect();
        format!("[[steps]]\nname = \"{step}\"\nkind = \"form\"\nfields = [{}]\n", fields.join(", "))
    };
    for [one, other] in
        [["primary_owner_stake", "secondary_owners"], ["secondary_owners", "primary_owner_stake"]]
    {
        assert!(with_steps(&form("all", &[one, other])).is_ok());
        assert!(with_steps(&form("alone", &[one])).is_ok());
        let apart = with_steps(&[form("first", &[one]), form("second", &[other])].concat());
        let Err(ImpossibleSkill::Step { number: 2, reason, .. }) = apart else {
            panic!("{one}, then {other}")
        };
        assert_eq!(reason, ImpossibleStep::StakesApart);
    }
}

#[test]
fn bounds_that_no_value_fits_are_refused() {
    for format in [
        "{ line = { max = 0 } }",
        "{ integer = { min = 5, max = 4 } }",
        "{ amount = { min = 5, max = 4 } }",
        "{ amount = { max = -1 } }",
    ] {
        let refused = field_refusal(&format!("name = \"period\", format = {format}"));
        assert_eq!(refused, ImpossibleStep::NothingFits(field("period")), "{format}");
    }
    let one = with_steps(
        "[[steps]]\nname = \"first\"\nkind = \"form\"\n\
         fields = [{ name = \"period\", format = { integer = { min = 5, max = 5 } } }]",
    );
    assert_eq!(one.unwrap().fields().next().unwrap().format, Format::Integer { min: Some(5), max: Some(5) });
}

#[test]
fn upload_limits_allow_something() {
    for limits in ["accept = []", "max_bytes = 0", "attempts = 0"] {
        assert_eq!(
            refusal(&format!("kind = \"selfie\"\nlimits = {{ {limits} }}")),
            ImpossibleStep::NothingAllowed
        );
        let form = format!(
            "kind = \"form\"\nfields = [{{ name = \"id.email\" }}]\nuploads = [{{ name = \"file\", limits = {{ {limits} }} }}]"
        );
        assert_eq!(refusal(&form), ImpossibleStep::NothingAllowed);
    }
}

#[test]
fn files_cannot_be_asked_for_on_the_last_step() {
    for last in [
        "kind = \"selfie\"",
        "kind = \"document\"\ndocuments = [\"passport\"]",
        "kind = \"form\"\nfields = [{ name = \"id.email\" }]\nuploads = [{ name = \"file\" }]",
    ] {
        let alone = check(&format!("name = \"a_#1.0\"\ntitle = \"A\"\n[[steps]]\nname = \"only\"\n{last}"));
        let Err(ImpossibleSkill::Step { reason, .. }) = alone else { panic!("it should be refused: {last}") };
        assert_eq!(reason, ImpossibleStep::UploadsOnLastStep);
        let late = format!(
            "name = \"a_#1.0\"\ntitle = \"A\"\n[[steps]]\nname = \"only\"\nafter_token = true\n{last}"
        );
        assert!(check(&late).is_ok_and(|skill| skill.steps[0].after_token), "they may come later");
    }
}

#[test]
fn a_review_comes_after_something() {
    assert_eq!(refusal("kind = \"review\""), ImpossibleStep::NothingToReview);
}

const IDENTIFY: &str = "[[steps]]\nname = \"who\"\nkind = \"identify\"\n";

#[test]
fn a_person_logs_in_first_or_not_at_all_and_by_something_that_a_newcomer_has() {
    let refusal = |step: &str| match with_steps(step) {
        Err(ImpossibleSkill::Step { reason, .. }) => Some(reason),
        _ => None,
    };
    assert_eq!(refusal(IDENTIFY), None);
    assert_eq!(refusal(&[IDENTIFY, "methods = [\"passkey\"]"].concat()), Some(ImpossibleStep::NoAddress));
    assert_eq!(refusal(&[IDENTIFY, "methods = []"].concat()), Some(ImpossibleStep::Missing("methods")));
    assert_eq!(
        refusal(&[IDENTIFY, "methods = [\"email\", \"email\"]"].concat()),
        Some(ImpossibleStep::DuplicateItem("email".into()))
    );
    let again = IDENTIFY.replace("who", "who_else");
    assert_eq!(refusal(&[IDENTIFY, &again].concat()), Some(ImpossibleStep::NotFirst));
    for kind in ["passkey", "login_methods"] {
        let step = format!("[[steps]]\nname = \"more\"\nkind = \"{kind}\"\n");
        assert_eq!(refusal(&step), Some(ImpossibleStep::NobodyLoggedIn), "{kind}");
        let alone = ["name = \"a_#1.0\"\ntitle = \"A\"\n", IDENTIFY, &step].concat();
        assert!(!check(&alone).unwrap().is_judged(), "{kind}");
    }
}

#[test]
fn whoever_logs_in_to_the_whole_logs_in_to_a_part() {
    let form = "[[steps]]\nname = \"mail\"\nkind = \"form\"\nfields = [{ name = \"id.email\" }]\n";
    let skill = with_steps(&[IDENTIFY, form].concat()).unwrap();
    assert!(skill.is_judged());
    assert_eq!(part(&skill, &["mail"]), Some(vec!["who".into(), "mail".into(), "review".into()]));
    assert_eq!(part(&skill, &["who"]), None);
}

/// Two steps, of which the first is a form of this name that asks for a file.
fn with_file(form: &str) -> Skill {
    with_steps(&format!(
        "[[steps]]\nname = \"{form}\"\nkind = \"form\"\nfields = [{{ name = \"id.email\" }}]\n\
         uploads = [{{ name = \"file\" }}]"
    ))
    .unwrap()
}

/// The names of the steps of a part of it.
fn part(skill: &Skill, asked: &[&str]) -> Option<Vec<String>> {
    let asked: Vec<_> = asked.iter().map(|name| name.parse().unwrap()).collect();
    let part = skill.only(&asked)?;
    assert_eq!((&part.name, &part.rules), (&skill.name, &skill.rules));
    assert_eq!(part.steps.last().unwrap().kind, StepKind::Review);
    Some(part.steps.iter().map(|step| step.name.to_string()).collect())
}

#[test]
fn a_part_of_a_skill_is_in_order_and_ends_with_a_review() {
    let skill = with_file("bill");
    assert_eq!(part(&skill, &["bill"]).unwrap(), ["bill", "review"]);
    assert_eq!(part(&skill, &["agree", "bill", "agree"]).unwrap(), ["bill", "agree", "review"]);
    assert_eq!(part(&with_file("review"), &["review"]).unwrap(), ["review", "review_"]);
    let reviewed = with_steps(
        "[[steps]]\nname = \"mail\"\nkind = \"form\"\nfields = [{ name = \"id.email\" }]\n\
         [[steps]]\nname = \"look_again\"\nkind = \"review\"",
    )
    .unwrap();
    assert_eq!(part(&reviewed, &["agree", "mail"]).unwrap(), ["mail", "agree", "look_again"]);
}

#[test]
fn a_part_of_a_skill_asks_for_something_that_there_is() {
    let skill = with_file("bill");
    for asked in [&[][..], &["review"], &["bill", "elsewhere"]] {
        assert_eq!(part(&skill, asked), None, "{asked:?}");
    }
}

/// Two steps to ask about, and this condition on a third, which is followed by a last one.
fn with_condition(condition: &str) -> Result<Skill, ImpossibleSkill> {
    with_steps(&format!(
        "
        [[steps]]
        name = \"about_you\"
        kind = \"form\"
        fields = [
          {{ name = \"id.country\" }},
          {{ name = \"id.phone_number\", required = false }},
          {{ name = \"period\", format = {{ choice = {{ options = [\"6\", \"12\"] }} }} }},
          {{ name = \"public_office\", format = \"checkbox\" }},
        ]

        [[steps]]
        name = \"paper\"
        kind = \"document\"
        documents = [\"passport\", \"id_card\"]

        [[steps]]
        name = \"more\"
        kind = \"form\"
        fields = [{{ name = \"id.nationality\" }}]
        when = {{ {condition} }}
        "
    ))
}

/// Why it is refused.
fn condition_refusal(condition: &str) -> ImpossibleCondition {
    match with_condition(condition) {
        Err(ImpossibleSkill::Step { number: 3, reason: ImpossibleStep::Condition(reason), .. }) => reason,
        other => panic!("the condition should be refused: {other:?}"),
    }
}

#[test]
fn a_condition_asks_about_what_was_given_before() {
    for condition in [
        "field = \"id.country\", is = [\"US\", \"CA\"]",
        "field = \"id.country\", is_not = [\"US\"]",
        "field = \"id.phone_number\", given = true",
        "field = \"period\", is = [\"12\"]",
        "field = \"public_office\", is = [true]",
        "step = \"paper\", is = [\"passport\"]",
        "all = [{ field = \"period\", given = true }, { any = [{ step = \"paper\", given = false }] }]",
    ] {
        assert!(with_condition(condition).is_ok(), "{condition}");
    }
    let skill = with_condition("field = \"id.country\", is = [\"us\"]").unwrap();
    let written = serde_json::to_string(&skill.steps[2].when).unwrap();
    assert_eq!(written, r#"{"field":"id.country","is":["US"]}"#, "as the field holds it");
}

#[test]
fn a_condition_has_one_of_its_forms() {
    for condition in [
        "",
        "field = \"period\"",
        "is = [\"12\"]",
        "field = \"period\", is = [\"6\"], is_not = [\"12\"]",
        "field = \"period\", step = \"paper\", given = true",
        "field = \"period\", given = true, all = [{ field = \"period\", given = true }]",
        "any = [{ field = \"period\", given = true }], all = [{ field = \"period\", given = true }]",
    ] {
        assert_eq!(condition_refusal(condition), ImpossibleCondition::Form, "{condition}");
    }
    assert_eq!(condition_refusal("field = \"period\", is = []"), ImpossibleCondition::Empty("is"));
    assert_eq!(condition_refusal("all = []"), ImpossibleCondition::Empty("all"));
}

#[test]
fn a_condition_that_nobody_could_meet_is_refused() {
    use ImpossibleCondition::{FieldNotAsked, FieldNotChosen, NoDocument, NotAnOption};
    for (condition, reason) in [
        ("field = \"id.nationality\", given = true", FieldNotAsked(field("id.nationality"))),
        ("any = [{ field = \"id.email\", given = true }]", FieldNotAsked(field("id.email"))),
        ("field = \"id.phone_number\", is = [\"1\"]", FieldNotChosen(field("id.phone_number"))),
        ("field = \"id.country\", is = [\"XX\"]", NotAnOption("XX".into())),
        ("field = \"period\", is = [\"7\"]", NotAnOption("7".into())),
        ("field = \"period\", is = [true]", NotAnOption("true".into())),
        ("field = \"public_office\", is = [\"true\"]", NotAnOption("true".into())),
        ("step = \"about_you\", given = true", NoDocument("about_you".parse().unwrap())),
        ("step = \"more\", given = true", NoDocument("more".parse().unwrap())),
        ("step = \"paper\", is = [\"drivers_license\"]", NotAnOption("drivers_license".into())),
    ] {
        assert_eq!(condition_refusal(condition), reason, "{condition}");
    }
    let first = refusal("kind = \"selfie\"\nwhen = { field = \"id.email\", given = true }");
    assert_eq!(first, ImpossibleStep::Condition(FieldNotAsked(field("id.email"))));
}

#[test]
fn files_cannot_be_asked_for_where_a_session_may_end() {
    let skill = |end: &str| {
        check(&format!(
            "
            name = \"a_#1.0\"
            title = \"A\"
            [[steps]]
            name = \"office\"
            kind = \"form\"
            fields = [{{ name = \"public_office\", format = \"checkbox\" }}]
            [[steps]]
            name = \"portrait\"
            kind = \"selfie\"
            {end}"
        ))
    };
    let perhaps = LAST.to_owned() + "when = { field = \"public_office\", is = [true] }";
    let Err(ImpossibleSkill::Step { number: 2, reason, .. }) = skill(&perhaps) else {
        panic!("the portrait may be last")
    };
    assert_eq!(reason, ImpossibleStep::UploadsOnLastStep);
    assert!(skill(LAST).is_ok());
}

/// A skill about a business with these lines of its own.
fn about_business(business: &str, fields: &str) -> Result<Skill, ImpossibleSkill> {
    check(&format!(
        "name = \"kyb_#1.0\"\ntitle = \"Business\"\n[business]\n{business}\n[[steps]]\nname = \"business\"\n\
         kind = \"form\"\nfields = [{fields}]\n{LAST}"
    ))
}

#[test]
fn a_skill_about_a_business_asks_for_its_name_and_the_share_of_who_acts_for_it() {
    const OWNERS: &str = "owner_skill = \"kyc_#1.0\"";
    const ASKED: &str = "{ name = \"business.name\" }, { name = \"business.primary_owner_stake\" }";
    let spec = about_business(OWNERS, ASKED).unwrap().business.unwrap();
    assert_eq!((spec.owner_skill.as_str(), spec.required_stake), ("kyc_#1.0", 25));
    let spec = about_business(&format!("{OWNERS}\nrequired_stake = 10"), ASKED).unwrap().business.unwrap();
    assert_eq!(spec.required_stake, 10);

    let refused = |business: &str, fields: &str| about_business(business, fields).unwrap_err();
    let not_asked = |name| ImpossibleSkill::Business(ImpossibleBusiness::NotAsked(name));
    assert_eq!(refused(OWNERS, "{ name = \"business.primary_owner_stake\" }"), not_asked("business.name"));
    let optional = ASKED.replace("stake\"", "stake\", required = false");
    assert_eq!(refused(OWNERS, &optional), not_asked("business.primary_owner_stake"));
    for stake in ["0", "101"] {
        let refused = refused(&format!("{OWNERS}\nrequired_stake = {stake}"), ASKED);
        assert_eq!(refused, ImpossibleSkill::Business(ImpossibleBusiness::NoSuchStake));
    }
    let own = refused("owner_skill = \"kyb_#1.0\"", ASKED);
    assert_eq!(own, ImpossibleSkill::Business(ImpossibleBusiness::OwnSkill));
}
