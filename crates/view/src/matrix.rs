//! The matrix: a row for each permission, a column for each layer that has a say.

use crate::path::{self, Track};
use crate::plain::plain;
use crate::style::{self, DIM, NORMAL};
use crate::words::{self, ENGLISH};
use crate::wrap::{Page, Span, length};
use locksmith_core::diagnosis::{Cause, Diagnosis, Permission};
use locksmith_core::evaluate::Layer;

/// Columns between two columns.
const GAP: usize = 2;
/// The widest that a permission's name is without need.
const NAME: usize = 26;

/// The matrix of a diagnosis.
pub(crate) struct Matrix<'a> {
    /// The layers that have a say in some row.
    pub(crate) columns: Vec<Layer>,
    /// The permissions.
    pub(crate) rows: Vec<Track<'a>>,
    causes: &'a [Cause],
}

impl<'a> Matrix<'a> {
    /// Leaves out the layers that have no say.
    pub(crate) fn new(diagnosis: &'a Diagnosis) -> Self {
        let rows = path::tracks(diagnosis);
        let has_say = |layer: &Layer| rows.iter().any(|row| row.station(*layer).is_some());
        Self {
            columns: Layer::ALL.into_iter().filter(has_say).collect(),
            rows,
            causes: &diagnosis.causes,
        }
    }

    /// What no cell shows: for each permission that the resource itself is in the way of, the numbers of
    /// those causes, such as that of a disabled key.
    pub(crate) fn beside(&self) -> impl Iterator<Item = (&'a Permission, String)> {
        let number = |cause: &Cause| self.causes.iter().position(|one| core::ptr::eq(one, cause));
        self.rows.iter().filter(|row| !row.at_resource.is_empty()).map(move |row| {
            let causes = row.at_resource.iter();
            let numbers: Vec<_> = causes.filter_map(|cause| Some(number(cause)? + 1)).collect();
            (row.permission, words::beside(&numbers))
        })
    }

    /// Prints it: as it is where it fits, else turned, so that it gets longer instead of wider.
    pub(crate) fn print(&self, page: &mut Page) {
        let table = self.upright();
        if table.width() <= page.width() {
            table.print(page);
        } else {
            self.turned(page.width()).print(page);
        }
        for (Permission { action, decision, .. }, note) in self.beside() {
            let label = format!("{} {}: ", words::mark(*decision), plain(action));
            page.paragraph(INDENT, (style::answer(*decision), label), &[(NORMAL, note)]);
        }
    }

    /// A row for each permission, its resource below its name.
    fn upright(&self) -> Table {
        let mut table = Table::default();
        let heads = self.columns.iter().map(|layer| (DIM, words::head(*layer).to_owned()));
        table.rows.push(core::iter::once((DIM, "needed".to_owned())).chain(heads).collect());
        for row in &self.rows {
            let cells = self.columns.iter().map(|layer| shown(row, *layer));
            table.rows.push(core::iter::once(name(row)).chain(cells).collect());
            let resource = words::target(ENGLISH, row.permission, NAME - 2);
            table.rows.push(vec![(DIM, format!("  {resource}"))]);
        }
        table
    }

    /// A row for each layer.
    fn turned(&self, width: usize) -> Table {
        let mut table = Table::default();
        let layers = self.columns.iter().map(|layer| length(&ENGLISH.layer(*layer)));
        let left = layers.max().unwrap_or(0) + GAP + 2;
        let each = width.saturating_sub(left) / self.rows.len().max(1);
        let each = each.saturating_sub(GAP).clamp(10, NAME);
        let names = self.rows.iter().map(name);
        let resources = self.rows.iter();
        let resources = resources.map(|row| (DIM, words::target(ENGLISH, row.permission, each)));
        table.rows.push(core::iter::once(blank()).chain(names).collect());
        table.rows.push(core::iter::once(blank()).chain(resources).collect());
        for layer in &self.columns {
            let cells = self.rows.iter().map(|row| shown(row, *layer));
            let head = (DIM, ENGLISH.layer(*layer));
            table.rows.push(core::iter::once(head).chain(cells).collect());
        }
        table
    }
}

fn blank() -> Span {
    (NORMAL, String::new())
}

fn name(row: &Track<'_>) -> Span {
    let Permission { action, decision, .. } = row.permission;
    (style::answer(*decision), format!("{} {}", words::mark(*decision), plain(action)))
}

fn shown(row: &Track<'_>, layer: Layer) -> Span {
    match row.station(layer) {
        Some(station) => {
            let mark = words::signal_mark(station.signal);
            (style::signal(station.signal), format!("{mark} {}", station.says(ENGLISH)))
        }
        None => (DIM, "·".to_owned()),
    }
}

/// Cells in columns.
#[derive(Default)]
struct Table {
    rows: Vec<Vec<Span>>,
}

/// How far tables are indented.
const INDENT: usize = 2;

impl Table {
    fn widths(&self) -> Vec<usize> {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell =
            |row: &Vec<Span>, column: usize| row.get(column).map_or(0, |(_, text)| length(text));
        let widest = |column| self.rows.iter().map(|row| cell(row, column)).max();
        (0..columns).map(|column| widest(column).unwrap_or(0)).collect()
    }

    fn width(&self) -> usize {
        let widths = self.widths();
        INDENT + widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
    }

    fn print(&self, page: &mut Page) {
        let widths = self.widths();
        for row in &self.rows {
            let mut spans: Vec<Span> = Vec::new();
            for (place, ((style, text), width)) in row.iter().zip(&widths).enumerate() {
                spans.push((*style, text.clone()));
                let rest = width.saturating_sub(length(text)) + GAP;
                if place + 1 < row.len() {
                    spans.push((NORMAL, " ".repeat(rest)));
                }
            }
            page.line(INDENT, &spans);
        }
    }
}
