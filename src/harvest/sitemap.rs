//! Sitemaps, for crawlers: <https://www.sitemaps.org/protocol.html>, with the languages of each page as search engines
//! read them (<https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap>).
//!
//! An entry is a page in English; its other languages stand beside it, and the address that chooses one for its reader
//! is `x-default`. Sitemap 0 has the pages of the site, the others the documents of records, ten thousand each.

use super::HarvestError;
use super::xml::Xml;
use crate::catalogue::Present;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The site that is crawled.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// Where documents answer; ends with `/`.
    pub address: &'a str,
    /// The tags of the languages that pages come in, with which their addresses begin; the first is listed.
    pub languages: &'a [&'a str],
    /// The paths of pages that are no documents of records.
    pub pages: &'a [&'a str],
}

impl Site<'_> {
    /// The index of all sitemaps.
    ///
    /// # Errors
    /// The register's.
    pub fn index(&self, present: &Present<'_>) -> Result<Vec<u8>, HarvestError> {
        let parts = present.parts_of_records()?;
        let address = |number: u64| format!("{}sitemap/{number}.xml", self.address);
        let mut xml = Xml::new()?;
        xml.within("sitemapindex", &[("xmlns", NAMESPACE)], |xml| {
            xml.within("sitemap", &[], |xml| xml.text("loc", &address(0)))?;
            for (number, shown) in &parts {
                xml.within("sitemap", &[], |xml| {
                    xml.text("loc", &address(*number))?;
                    xml.text("lastmod", &shown.timestamp)
                })?;
            }
            Ok::<_, HarvestError>(())
        })?;
        Ok(xml.finish())
    }

    /// A sitemap; nothing where there is none with the number.
    ///
    /// # Errors
    /// The register's.
    pub fn sitemap(&self, number: u64, present: &Present<'_>) -> Result<Option<Vec<u8>>, HarvestError> {
        let records = if number == 0 { Vec::new() } else { present.part_of_records(number)? };
        if number > 0 && records.is_empty() {
            return Ok(None);
        }
        let mut xml = Xml::new()?;
        let root = [("xmlns", NAMESPACE), ("xmlns:xhtml", "http://www.w3.org/1999/xhtml")];
        xml.within("urlset", &root, |xml| {
            if number == 0 {
                self.write_pages(xml)?;
            }
            for (name, shown) in &records {
                self.write_page(xml, &name.document_path(), Some(&shown.timestamp))?;
            }
            Ok::<_, HarvestError>(())
        })?;
        Ok(Some(xml.finish()))
    }

    fn write_pages(&self, xml: &mut Xml) -> Result<(), HarvestError> {
        for path in self.pages {
            self.write_page(xml, path, None)?;
        }
        Ok(())
    }

    /// A page in the first of its languages, with the others and when it last changed.
    fn write_page(&self, xml: &mut Xml, path: &str, changed: Option<&str>) -> Result<(), HarvestError> {
        let at = |language: &str| format!("{}{language}/{path}", self.address);
        let first = self.languages.first().map_or_else(|| format!("{}{path}", self.address), |first| at(first));
        xml.within("url", &[], |xml| {
            xml.text("loc", &first)?;
            if let Some(changed) = changed {
                xml.text("lastmod", changed)?;
            }
            for language in self.languages {
                alternate(xml, language, &at(language))?;
            }
            Ok(alternate(xml, "x-default", &format!("{}{path}", self.address))?)
        })
    }
}

fn alternate(xml: &mut Xml, language: &str, address: &str) -> std::io::Result<()> {
    xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", language), ("href", address)])
}
