//! `eusl serve`: open, say where, answer, end in order.

use super::options::{Serve, SettingOptions};
use super::{Ending, hand_over, report, writer};
use crate::config::Settings;
use crate::dump::{Dumps, Limits};
use crate::graph::Graph;
use crate::http::{self, App, HttpSettings, Router, router, scratch_router};
use crate::list;
use crate::register::Location;
use crate::worker::PoolSettings;
use anyhow::{Result, bail};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How many documents are made at once: more would take memory, not be sooner.
const RENDERING: usize = 8;

pub(super) fn run(settings: SettingOptions, serve: &Serve) -> Result<Ending> {
    if serve.demo && settings.name_data() {
        bail!("--demo keeps nothing, so that invented towns never stay in a register; leave out --data");
    }
    let mut settings = settings.resolve()?;
    if serve.demo {
        settings.data = Location::Memory;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().max_blocking_threads(RENDERING).build()?;
    // The port first: a taken one is told before a long load.
    let listener = runtime.block_on(http::bind(settings.listen))?;
    let routes = {
        // It will wait for the workers.
        let _inside = runtime.enter();
        if serve.scratch.is_empty() {
            of_register(&settings, serve.demo)?
        } else {
            of_files(&settings, &serve.scratch)?
        }
    };
    if let Some(warning) = settings.warning() {
        report::note(&format!("warning: {warning}"));
    }
    report::line(&format!("listening on {}, serving {}", listener.local_addr()?, settings.site));
    runtime.block_on(http::serve(listener, routes))?;
    // Queries that cannot be stopped do not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    Ok(Ending::Done)
}

fn of_register(settings: &Settings, demo: bool) -> Result<Router> {
    let catalogue = Arc::new(writer::open(settings)?);
    if demo {
        let outcome = catalogue.submit(list::demo(&settings.base)?)?;
        if let Some(rejection) = outcome.rejected.first() {
            bail!("the demonstration is not taken: {}: {}", rejection.place, rejection.reason);
        }
        report::note("a demonstration with two invented towns; nothing is kept");
    }
    catalogue.keep_text_index();
    if let Some(directory) = catalogue.directory() {
        hand_over::listen(directory, Arc::clone(&catalogue))?;
    }
    let dumps = if settings.dumps { Dumps::keep(Arc::clone(&catalogue), Limits::default())? } else { Dumps::off() };
    Ok(router(App::with_dumps(catalogue, dumps, http_settings(settings)?)?))
}

fn of_files(settings: &Settings, files: &[PathBuf]) -> Result<Router> {
    let bar = report::progress("triples read");
    let shown = bar.clone();
    let graph = Graph::scratch(settings.graph, files, move |read| shown.set_position(read))?;
    bar.finish_and_clear();
    report::note(&format!("{} triples from {} files; read-only, kept nowhere", graph.triple_count()?, files.len()));
    Ok(scratch_router(App::of_scratch(graph, http_settings(settings)?)?))
}

fn http_settings(settings: &Settings) -> Result<HttpSettings> {
    Ok(HttpSettings {
        site: settings.site.clone(),
        publisher: settings.publisher.name.clone(),
        publisher_type: settings.publisher.kind,
        publisher_homepage: settings.publisher.homepage.clone(),
        publisher_contact: settings.publisher.contact.clone(),
        licence: settings.publisher.licence.clone(),
        licence_label: settings.licence_label(),
        cache: settings.cache,
        queries: settings.queries,
        kept_answers: settings.kept_answers,
        proxies: settings.proxies.clone(),
        services: settings.services.clone(),
        workers: match settings.workers {
            0 => None,
            workers => Some(PoolSettings::of_this_program(workers, settings.query_memory)?),
        },
        clock: std::time::SystemTime::now,
    })
}
