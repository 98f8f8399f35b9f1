//! The further owners of a business: a list that grows and shrinks, each owner with a few fields.

use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner as Scope;
use vestibule_protocol::field::{
    FieldProblem, MOST_OWNERS, OWNER_MEMBERS, Owner, PRIMARY_STAKE, Raw, first_beyond_whole,
};
use vestibule_protocol::message::Message;
use vestibule_protocol::step::FieldView;
use web_sys::Event;

use super::field::{self, Field};
use super::{button, focus};
use crate::flow::Flow;
use crate::state::State;
use crate::view::{self, El, View, el, watch};

/// The owners while they are named. Copies are the same list.
#[derive(Clone, Copy)]
pub struct Owners {
    flow: Flow,
    /// The list as a field of its form: its label, its hint and what is wrong with it as a whole.
    field: Field,
    /// The primary owner's share, where the form asks for it.
    primary: Option<Field>,
    rows: State<Vec<Row>>,
    /// What was done last, for those who do not see it.
    said: State<String>,
    /// Where the keyboard goes once the list is drawn anew.
    go_to: State<Option<String>>,
}

/// One owner.
#[derive(Clone, Copy)]
struct Row {
    /// Tells it from the others, whatever its place; no two of a list have the same.
    mark: u32,
    fields: [Field; OWNER_MEMBERS.len()],
}

impl Row {
    fn id(self) -> String {
        ["owner-", &self.mark.to_string()].concat()
    }

    fn stake(self) -> Field {
        self.fields[OWNER_MEMBERS.len() - 1]
    }
}

impl Owners {
    /// The list that `field` asks for, with the owners that are known. `others` are the fields of its form.
    pub fn new(flow: Flow, field: Field, known: Vec<Owner>, others: &[Field]) -> Self {
        let owners = Self {
            flow,
            field,
            primary: others.iter().copied().find(|field| field.name() == PRIMARY_STAKE),
            rows: State::new(Vec::new()),
            said: State::new(String::new()),
            go_to: State::new(None),
        };
        for owner in known {
            owners.push(Some(owner));
        }
        // A share that was too much may be right once another one is less.
        watch(move || {
            owners.beyond();
            for row in owners.rows.now() {
                if row.stake().problem() == Some(FieldProblem::StakesExceed) {
                    row.stake().look();
                }
            }
        });
        owners
    }

    fn push(self, known: Option<Owner>) -> Row {
        let mark = self.rows.with_now(|rows| rows.last().map_or(0, |last| last.mark + 1));
        let mut known = known.map_or_else(Vec::new, |owner| {
            vec![owner.ownership_stake.to_string(), owner.email, owner.last_name, owner.first_name]
        });
        let mut ask = |place: usize| {
            let (name, format) = OWNER_MEMBERS[place].clone();
            let view = FieldView {
                name: name.parse().expect("a member of an owner is a word"),
                format,
                required: true,
                label: None,
                hint: None,
                value: known.pop(),
                masked: None,
                owners: None,
            };
            Field::of_owner(self.flow, view, mark)
        };
        let fields = [ask(0), ask(1), ask(2), ask(3)];
        let row = Row { mark, fields };
        row.stake().rule(move || {
            let beyond = self.beyond().and_then(|place| self.rows.with_now(|rows| rows.get(place).copied()));
            (beyond.map(|row| row.mark) == Some(mark)).then_some(FieldProblem::StakesExceed)
        });
        self.rows.update(|rows| rows.push(row));
        row
    }

    fn add(self) {
        let row = self.push(None);
        self.go_to.set(Some(row.fields[0].id()));
        self.say(Message::OwnersAdded, self.rows.with_now(Vec::len));
    }

    /// The keyboard goes to the owner who takes the place, else to the last one, else to where one is
    /// added: always to what is there, and never to another button that removes.
    fn remove(self, mark: u32) {
        let Some(place) = self.rows.with_now(|rows| rows.iter().position(|row| row.mark == mark)) else {
            return;
        };
        let near = self.rows.update(|rows| {
            rows.remove(place);
            rows.get(place).or(rows.last()).map(|row| row.id())
        });
        self.go_to.set(Some(near.unwrap_or_else(|| self.field.id())));
        self.say(Message::OwnersRemoved, place + 1);
    }

    fn say(self, message: Message, number: usize) {
        self.said.set(self.flow.filled(message, &[("number", &number.to_string())]));
    }

    /// The place of the first owner who takes the sum past the whole. Watched.
    fn beyond(self) -> Option<usize> {
        let stakes = self.rows.get().into_iter().map(|row| percent(row.stake()));
        first_beyond_whole(self.primary.map(percent), stakes)
    }

    /// What all own together, in percent. Watched.
    fn sum(self) -> i64 {
        let others: i64 = self.rows.get().into_iter().map(|row| percent(row.stake())).sum();
        others + self.primary.map_or(0, percent)
    }

    fn fields(self) -> Vec<Field> {
        self.rows.with_now(|rows| rows.iter().flat_map(|row| row.fields).collect())
    }

    /// Looks at every owner, and shows what is wrong.
    pub fn look(self) {
        self.field.accept();
        self.fields().into_iter().for_each(Field::look);
    }

    /// The id of the first input with a problem.
    pub fn wrong(self) -> Option<String> {
        self.fields().into_iter().chain([self.field]).find(|field| field.is_wrong()).map(Field::id)
    }

    /// Shows a problem that the server found, at the input of this path, as in
    /// `business.secondary_owners.1.email`.
    pub fn refuse(self, path: &str, problem: FieldProblem) {
        let mut parts = match path.strip_prefix(&self.field.name()) {
            Some(within) if within.is_empty() || within.starts_with('.') => within.split('.').skip(1),
            _ => return,
        };
        let place = parts.next().and_then(|place| place.parse::<usize>().ok());
        let row = place.and_then(|place| self.rows.with_now(|rows| rows.get(place).copied()));
        let member = parts.next().unwrap_or_default();
        let field = row.and_then(|row| row.fields.into_iter().find(|field| field.name() == member));
        field.unwrap_or(self.field).refuse(problem);
    }

    /// The name of the list in the submission, and what is submitted of it.
    pub fn value(self) -> (String, Raw) {
        let record = |row: &Row| {
            let members =
                row.fields.into_iter().filter_map(|field| Some((field.name(), field.value().ok()??)));
            Raw::Record(members.collect())
        };
        (self.field.name(), Raw::List(self.rows.with_now(|rows| rows.iter().map(record).collect())))
    }

    /// Draws the list.
    pub fn draw(self) -> View {
        // An owner who is added later lives as long as this screen, too.
        let scope = Scope::current().unwrap_or_default();
        let count = move || self.rows.with(Vec::len);
        let add = el("button")
            .set("type", "button")
            .class("secondary")
            .set("id", self.field.id())
            .set_while("hidden", move || (count() >= MOST_OWNERS).then(String::new))
            .on("mousedown", stay)
            .on("click", move |_| scope.with(|| self.add()))
            .child(el("span").text(self.flow.text(Message::OwnersAdd)));
        let said = el("p").class("unseen").set("role", "status");
        let inputs = el("div")
            .class("owners")
            .live(move || {
                let rows = self.rows.get();
                Some(untrack(|| self.list(&rows).draw()))
            })
            .live(move || (count() > 0).then(|| self.total().draw()))
            .child(add)
            .child(said.live(move || Some(view::text(self.said.get()))));
        field::group(self.field, inputs.draw())
    }

    fn list(self, rows: &[Row]) -> El {
        if let Some(id) = self.go_to.update(Option::take) {
            watch(move || focus::by_id(self.flow, &id));
        }
        let drawn = rows.iter().enumerate().map(|(place, row)| self.one(place + 1, *row).draw());
        el("div").class("owners").children(drawn)
    }

    fn one(self, number: usize, row: Row) -> El {
        let words = self.flow.filled(Message::OwnersOwner, &[("number", &number.to_string())]);
        let remove = self.flow.text(Message::OwnersRemove);
        let remove =
            button::named("quiet", remove, &words, move || self.remove(row.mark)).on("mousedown", stay);
        el("fieldset")
            .class("owner")
            .set("id", row.id())
            .set("tabindex", "-1")
            .child(el("legend").text(words))
            .children(row.fields.map(field::draw))
            .child(remove)
    }

    fn total(self) -> El {
        let words = move || self.flow.filled(Message::OwnersTotal, &[("percent", &self.sum().to_string())]);
        el("p")
            .class_while("total", "problem", move || self.beyond().is_some())
            .live(move || Some(view::text(words())))
    }
}

/// The keyboard stays in its input while a button is being pressed: a problem that were shown as it leaves
/// would push the button away from under the finger.
fn stay(event: Event) {
    event.prevent_default();
}

/// The share that stands in a field; 0 as long as none does. Watched.
fn percent(field: Field) -> i64 {
    field.raw();
    match field.value() {
        Ok(Some(Raw::Integer(percent))) => percent,
        _ => 0,
    }
}
