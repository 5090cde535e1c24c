//! The catalogue of what is published, where harvesters come first: `/catalog`, a page of datasets at a time, and
//! `/catalog/{name}`, which is the IRI of a dataset.

mod material;

use super::answer::{Wanted, answer};
use super::asked::Asked;
use super::form::Form;
use super::problem::{Problem, ProblemType};
use super::representation::Made;
use super::state::App;
use crate::catalogue::Dataset;
use crate::harvest::dcat::{self, Part};
use crate::pages::{self, Alternate, CataloguePlace};
use crate::profile::Profile;
use crate::rdf::Syntax;
use axum::extract::{Path, State};
use axum::response::Response;
pub(super) use material::Material;

/// How many datasets stand on a page. Of an organisation that offers something of every type, a dataset has 1,500 public
/// services, each named twice: a page of such organisations has 15 MB as N-Triples, and harvesters stop at 50 MB.
const PAGE: usize = 25;

/// What of the catalogue is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Chosen {
    /// The page of this number, from 1.
    Page(usize),
    /// All datasets at once.
    All,
}

impl Chosen {
    /// Reads `?page=`: a number in the one way it is written, or `all`.
    fn read(asked: &Asked) -> Result<Self, Problem> {
        match asked.parameter("page") {
            None => Ok(Self::Page(1)),
            Some("all") => Ok(Self::All),
            Some(page) => {
                let number = page.parse().ok().filter(|number: &usize| *number > 0 && number.to_string() == page);
                number.map(Self::Page).ok_or_else(|| no_page(page))
            }
        }
    }

    /// The part of the address that asks for it.
    fn query(self) -> String {
        match self {
            Self::Page(1) => String::new(),
            Self::Page(number) => format!("?page={number}"),
            Self::All => "?page=all".to_owned(),
        }
    }
}

fn no_page(page: &str) -> Problem {
    Problem::new(ProblemType::NotFound, format!("the catalogue has no page {page:?}; its pages count from 1"))
}

/// `GET /catalog`, with an extension or without.
pub(super) async fn get_catalogue(app: App, asked: Asked, extension: Option<Form>) -> Result<Response, Problem> {
    let chosen = Chosen::read(&asked)?;
    let query = chosen.query();
    let wanted = Wanted {
        selection: query.clone(),
        part: query.clone(),
        is_large: chosen == Chosen::All,
        beside: dump_revision(&app),
        ..Wanted::new(dcat::PATH, Form::OF_ENTRY_POINTS, extension)
    };
    answer(app, asked, wanted, move |app, _, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let material = Material::new(app, &present)?;
        let cut = Cut::of(chosen, material.datasets.len())?;
        let datasets = cut.taken(&material.datasets);
        let datasets = material.described(app, &present, datasets)?;
        let told = material.catalogue(app);
        let body = match variant.form.syntax() {
            Some(syntax) => {
                let triples = told.triples(&datasets, cut.part(variant.form.extension()));
                app.write(&told.iri(), triples, syntax, Profile::Full)?
            }
            None => app
                .with_view(variant.language, |view| {
                    let page =
                        pages::catalogue_page(&told, &datasets, cut.place(), view, alternates(app, dcat::PATH, &query));
                    pages::catalogue(&app.site(variant.language, &format!("{}{query}", dcat::PATH)), &page)
                })?
                .into_bytes(),
        };
        Ok(Made::of_catalogue(body, &present))
    })
    .await
}

/// The datasets that stand on what is chosen.
#[derive(Clone, Copy, Debug)]
struct Cut {
    chosen: Chosen,
    pages: usize,
    datasets: usize,
}

impl Cut {
    /// Of so many datasets.
    ///
    /// # Errors
    /// 404 where there is no such page.
    fn of(chosen: Chosen, datasets: usize) -> Result<Self, Problem> {
        let pages = datasets.div_ceil(PAGE).max(1);
        match chosen {
            Chosen::Page(number) if number > pages => Err(no_page(&number.to_string())),
            Chosen::Page(_) | Chosen::All => Ok(Self { chosen, pages, datasets }),
        }
    }

    fn taken<'d>(&self, datasets: &'d [Dataset]) -> impl Iterator<Item = &'d Dataset> {
        let (skipped, taken) = match self.chosen {
            Chosen::Page(number) => (number.saturating_sub(1) * PAGE, PAGE),
            Chosen::All => (0, self.datasets),
        };
        datasets.iter().skip(skipped).take(taken)
    }

    fn part(self, extension: &str) -> Part<'_> {
        match self.chosen {
            Chosen::Page(number) => Part::Page { number, pages: self.pages, datasets: self.datasets, extension },
            Chosen::All => Part::Alone,
        }
    }

    fn place(self) -> CataloguePlace {
        let page = match self.chosen {
            Chosen::Page(number) => Some(number),
            Chosen::All => None,
        };
        CataloguePlace { page, pages: self.pages, datasets: self.datasets }
    }
}

/// `GET /catalog/{name}`: a dataset alone.
pub(super) async fn get_dataset(
    State(app): State<App>,
    Path(name): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let (name, extension) = Form::of_path(&name);
    let name = name.to_owned();
    let wanted = Wanted {
        beside: dump_revision(&app),
        ..Wanted::new(format!("{}/{name}", dcat::PATH), Form::OF_ENTRY_POINTS, extension)
    };
    answer(app, asked, wanted, move |app, path, variant| {
        let catalogue = app.catalogue()?;
        let present = catalogue.present()?;
        let dataset = present.dataset_named(&name)?.ok_or_else(|| no_dataset(app, &name))?;
        let material = Material::new(app, &present)?;
        let datasets = material.described(app, &present, [&dataset])?;
        let told = material.catalogue(app);
        let body = match (variant.form.syntax(), datasets.as_slice()) {
            (None, [described]) => app
                .with_view(variant.language, |view| {
                    let page = pages::dataset_page(&told, described, view, alternates(app, path, ""));
                    pages::catalogue(&app.site(variant.language, path), &page)
                })?
                .into_bytes(),
            (syntax, _) => {
                let triples = told.triples(&datasets, Part::Alone);
                app.write(&told.dataset_iri(&name), triples, syntax.unwrap_or(Syntax::Turtle), Profile::Full)?
            }
        };
        Ok(Made::of_catalogue(body, &present))
    })
    .await
}

/// The data that stands beside a page.
fn alternates(app: &App, path: &str, query: &str) -> Vec<Alternate> {
    let data: Vec<Form> = Form::OF_ENTRY_POINTS.iter().copied().filter(|form| form.is_data()).collect();
    Form::alternates_of(&data, &format!("{}{path}", app.settings.site), query)
}

fn no_dataset(app: &App, name: &str) -> Problem {
    let detail = format!("there is no dataset {name:?}; {}{} names those there are", app.settings.site, dcat::PATH);
    Problem::new(ProblemType::NotFound, detail)
}

/// The revision of the dump whose files the catalogue tells of: it comes after the commit that it shows.
pub(super) fn dump_revision(app: &App) -> u64 {
    app.dumps.manifest().map_or(0, |manifest| manifest.revision)
}
