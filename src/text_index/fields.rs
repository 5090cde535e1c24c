//! The fields of a document of the index: one document for each literal of a record.

use super::Text;
use super::analysis::{folded_word, joined, stems, words};
use super::language::{STEMMED, place, primary, stemmer};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

/// The form in which this program makes the index; another one for any change of the fields, of the analysis, or of
/// what is given to be indexed.
pub(super) const FORM: u32 = 1;

/// The fields by their names in the schema.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// The IRI of the record.
    pub record: Field,
    /// The IRI of the property.
    pub property: Field,
    /// The primary subtag of the language, to search in one language.
    pub primary: Field,
    language: Field,
    value: Field,
    /// What a hit in this literal is worth beside others.
    weight: Field,
    /// Words as they are, folded.
    pub words: Field,
    /// Stems, a field for each of [`STEMMED`].
    pub stems: Vec<Field>,
}

/// The name of the field of weights, by which its column is found.
pub(super) const WEIGHT: &str = "weight";

impl Fields {
    /// The schema, and the fields in it.
    pub(super) fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        // How often a word stands in a text, and how long that is, is what ranks it; where it stands is not asked for.
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs).set_tokenizer("raw");
        let indexed = TextOptions::default().set_indexing_options(indexing);
        let fields = Self {
            record: schema.add_text_field("record", STRING | STORED),
            property: schema.add_text_field("property", STRING | STORED),
            primary: schema.add_text_field("primary", STRING),
            language: schema.add_text_field("language", STORED),
            value: schema.add_text_field("value", STORED),
            weight: schema.add_f64_field(WEIGHT, NumericOptions::from(FAST)),
            words: schema.add_text_field("words", indexed.clone()),
            stems: STEMMED
                .iter()
                .filter_map(|(subtags, _)| subtags.first())
                .map(|subtag| schema.add_text_field(&format!("stems_{subtag}"), indexed.clone()))
                .collect(),
        };
        (schema.build(), fields)
    }

    /// The document of a literal of a record.
    pub(super) fn document(&self, record: &str, text: &Text, weight: f64) -> TantivyDocument {
        let primary = primary(&text.language);
        let mut document = TantivyDocument::default();
        document.add_text(self.record, record);
        document.add_text(self.property, &text.property);
        document.add_text(self.primary, &primary);
        document.add_text(self.language, &text.language);
        document.add_text(self.value, &text.value);
        document.add_f64(self.weight, weight);
        let words = words(&text.value);
        let folded = words.iter().map(|word| folded_word(word)).chain(joined(&text.value));
        document.add_pre_tokenized_text(self.words, tokens(folded));
        if let Some(place) = place(&primary)
            && let (Some(field), Some(stemmer)) = (self.stems.get(place), stemmer(place))
        {
            let stems = words.iter().flat_map(|word| stems(word, &stemmer));
            document.add_pre_tokenized_text(*field, tokens(stems));
        }
        document
    }

    /// The record that a document is of, and its literal.
    pub(super) fn read(&self, document: &TantivyDocument) -> (String, Text) {
        let text = |field| document.get_first(field).and_then(|value| value.as_str().map(str::to_owned));
        let [record, property, language, value] =
            [self.record, self.property, self.language, self.value].map(|field| text(field).unwrap_or_default());
        (record, Text { property, language, value })
    }
}

/// Words that need no tokenizer any more.
fn tokens(words: impl Iterator<Item = String>) -> PreTokenizedString {
    let tokens = words.enumerate().map(|(position, text)| Token { position, text, ..Token::default() });
    PreTokenizedString { text: String::new(), tokens: tokens.collect() }
}
